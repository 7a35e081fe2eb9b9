package io.aeromesh.mesh;

import io.aeromesh.fake.ForwardingMemory;
import io.aeromesh.fake.ForwardingMemoryProvider;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.spi.SharedRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.DirectBuffer;

/** Memory of a node, and what it has attached, so that a test can write over it. */
final class KeptRegions extends ForwardingMemoryProvider
{
    /** Where blocks have their states, one for each 128 bytes; bits 12 to 15 say held or offered. */
    private static final int STATES_OFFSET = 128;
    private static final long PHASE_MASK = 15 << 12;
    private static final long HELD = 1 << 12;
    private static final long OFFERED = 2 << 12;
    private static final long LATER_GENERATION = 1L << 32;

    private final List<SharedRegion> attached = new CopyOnWriteArrayList<>(); // agents attach

    KeptRegions(final SharedMemoryProvider provider)
    {
        super(provider);
    }

    @Override
    protected SharedMemory change(final SharedMemory memory)
    {
        return new ForwardingMemory(memory)
        {
            @Override
            public SharedRegion attach(final String creator, final long id, final int length)
            {
                final SharedRegion region = super.attach(creator, id, length);
                attached.add(region);
                return region;
            }
        };
    }

    /**
     * Whether a message lies in memory that was attached: a lease does that was handed over, and was not copied.
     */
    boolean holds(final DirectBuffer buffer, final int offset)
    {
        final long address = buffer.addressOffset() + offset;
        return attached.stream().map(SharedRegion::buffer).anyMatch(
            region -> address >= region.addressOffset() && address < region.addressOffset() + region.capacity());
    }

    /**
     * Writes a word of ours into all that was attached.
     */
    void overwrite(final int offset, final long word)
    {
        attached.forEach(region -> region.buffer().putLong(offset, word));
    }

    /**
     * Makes all offers other ones.
     *
     * @return what makes them good again.
     */
    Runnable spoilOffers()
    {
        return spoil(OFFERED);
    }

    /**
     * Makes all blocks that somebody holds those of another.
     *
     * @return what gives them back.
     */
    Runnable spoilHeld()
    {
        return spoil(HELD);
    }

    private Runnable spoil(final long phase)
    {
        final List<Runnable> restore = new ArrayList<>();
        for (final SharedRegion region : attached)
        {
            for (int offset = STATES_OFFSET; offset < 32 * STATES_OFFSET; offset += STATES_OFFSET)
            {
                final int at = offset;
                final long word = region.buffer().getLong(at);
                if ((word & PHASE_MASK) == phase && word >>> 16 < LATER_GENERATION)
                {
                    region.buffer().putLong(at, word + (LATER_GENERATION << 16));
                    restore.add(() -> region.buffer().putLong(at, word));
                }
            }
        }
        if (restore.isEmpty())
        {
            throw new AssertionError("nothing of that kind in " + attached.size() + " regions");
        }
        return () -> restore.forEach(Runnable::run);
    }
}
