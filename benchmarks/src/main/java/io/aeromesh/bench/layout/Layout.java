package io.aeromesh.bench.layout;

import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What is compared; names are those of the parameter of the benchmarks.
 */
public enum Layout
{
    /** One line for both directions, written by the end that last received in it; else a packed stamped ring. */
    SHARED_LINE(SharedLine::new),
    /** A line for each direction, used when the reader has read all; else a packed stamped ring. */
    LINE_EACH_WAY(LineEachWay::new),
    /** A packed ring alone, whose headers carry the position of the record. */
    STAMPED_RING((memory, isFirst) -> new Ring(memory, isFirst, Ring.Kind.STAMPED)),
    /** A packed ring alone, with the number of records written and read beside it. */
    COUNTED_RING((memory, isFirst) -> new Ring(memory, isFirst, Ring.Kind.COUNTED)),
    /** A ring of lines of 64 bytes, a stamped record in each. */
    SLOTS((memory, isFirst) -> new Ring(memory, isFirst, Ring.Kind.SLOTS));

    /** Of the ring of one direction. */
    static final int RING_LENGTH = 64 * 1024;
    /** Whatever two threads write is this far apart. */
    static final int APART = 256;

    private static final int ALIGNMENT = 128;

    private final BiFunction<UnsafeBuffer, Boolean, End> maker;

    Layout(final BiFunction<UnsafeBuffer, Boolean, End> maker)
    {
        this.maker = maker;
    }

    /**
     * Both ends, over new memory.
     */
    End[] ends()
    {
        final UnsafeBuffer memory = new UnsafeBuffer(memory());
        return new End[] {maker.apply(memory, true), maker.apply(memory, false)};
    }

    /**
     * Zeroed, for both ends.
     */
    static ByteBuffer memory()
    {
        return BufferUtil.allocateDirectAligned(2 * Ring.LENGTH + 4 * APART, ALIGNMENT);
    }
}
