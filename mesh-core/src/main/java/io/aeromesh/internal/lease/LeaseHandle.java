package io.aeromesh.internal.lease;

import io.aeromesh.Lease;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What travels instead of a block, little-endian, in bytes:
 * <pre>
 *    0   instance of the arena's creator, high
 *    8   instance of the arena's creator, low
 *   16   id of the arena's directory
 *   24   segment, 16 bits
 *   26   generation, 48 bits
 *   32   block in the segment, 32 bits
 *   36   length in bytes, 32 bits
 *   40   end
 * </pre>
 * A handle comes from another process: each field is read once, and good for nothing before it is checked.
 */
final class LeaseHandle
{
    static final int LENGTH = Lease.HANDLE_LENGTH;

    private static final int LOW_OFFSET = 8;
    private static final int DIRECTORY_OFFSET = 16;
    private static final int GENERATION_OFFSET = 24;
    private static final int BLOCK_OFFSET = 32;
    private static final int LENGTH_OFFSET = 36;
    private static final int SEGMENT_BITS = 16;
    private static final int SEGMENT_MASK = (1 << SEGMENT_BITS) - 1;
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private LeaseHandle()
    {
    }

    static void encode(
        final MutableDirectBuffer buffer,
        final int offset,
        final Arena arena,
        final int segment,
        final int block,
        final long word,
        final int length)
    {
        buffer.putLong(offset, arena.creatorHigh(), ORDER);
        buffer.putLong(offset + LOW_OFFSET, arena.creatorLow(), ORDER);
        buffer.putLong(offset + DIRECTORY_OFFSET, arena.directoryId(), ORDER);
        buffer.putLong(offset + GENERATION_OFFSET, BlockWord.generation(word) << SEGMENT_BITS | segment, ORDER);
        buffer.putInt(offset + BLOCK_OFFSET, block, ORDER);
        buffer.putInt(offset + LENGTH_OFFSET, length, ORDER);
    }

    static long creatorHigh(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset, ORDER);
    }

    static long creatorLow(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + LOW_OFFSET, ORDER);
    }

    static long directoryId(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + DIRECTORY_OFFSET, ORDER);
    }

    /**
     * Generation and segment together, to be read once.
     */
    static long stamp(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + GENERATION_OFFSET, ORDER);
    }

    static int segment(final long stamp)
    {
        return (int)stamp & SEGMENT_MASK;
    }

    static long generation(final long stamp)
    {
        return stamp >>> SEGMENT_BITS;
    }

    static int block(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset + BLOCK_OFFSET, ORDER);
    }

    static int length(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset + LENGTH_OFFSET, ORDER);
    }
}
