package io.aeromesh.internal.session;

import io.aeromesh.Lease;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.MutableDirectBuffer;

/**
 * Ranges of a stream whose bytes are those of leases, read where they lie, and the leases until the peer has consumed
 * them. Nothing of a range is in the stream's ring; behind the lease's bytes it has zeros up to a multiple of 8. A
 * lease that only goes as a handle to many has an empty range: it is kept until all have consumed that.
 * <p>
 * <b>Threading:</b> the application's thread adds; the agent's reads and frees, as with the stream itself; what is left
 * when the channel ends is released by either, under a lock. <b>Allocation:</b> none after construction.
 */
final class LeaseRanges
{
    /** Ranges outstanding at most. */
    static final int RANGES_MAX = 64;
    private static final int MASK = RANGES_MAX - 1;

    private final Lease[] leases = new Lease[RANGES_MAX];
    private final long[] begins = new long[RANGES_MAX];
    private final long[] ends = new long[RANGES_MAX];
    private final AtomicInteger added = new AtomicInteger();
    private final AtomicInteger freed = new AtomicInteger();

    LeaseRanges()
    {
        for (int i = 0; i < RANGES_MAX; i++)
        {
            leases[i] = new Lease();
        }
    }

    boolean hasRoom()
    {
        return added.getPlain() - freed.getAcquire() < RANGES_MAX;
    }

    /**
     * Where the oldest range ends that is outstanding. Application thread, where there is no room.
     */
    long oldestEnd()
    {
        return ends[freed.getAcquire() & MASK];
    }

    /**
     * Takes over a lease. Application thread, after {@link #hasRoom()}.
     */
    void add(final Lease lease, final long begin, final long end)
    {
        final int index = added.getPlain() & MASK;
        lease.block().moveTo(leases[index].block());
        begins[index] = begin;
        ends[index] = end;
        added.set(added.getPlain() + 1); // volatile: whoever abandons the stream sees it, or is seen
    }

    /**
     * Length of what lies together from the position on, at most the given one: up to where a range begins or ends.
     * Agent thread.
     */
    int together(final long position, final int length)
    {
        final int to = added.getAcquire();
        for (int i = freed.getPlain(); i - to < 0; i++)
        {
            if (position < begins[i & MASK])
            {
                return (int)Math.min(length, begins[i & MASK] - position);
            }
            if (position < ends[i & MASK])
            {
                return (int)Math.min(length, ends[i & MASK] - position);
            }
        }
        return length;
    }

    /**
     * Whether the position is in a range; copies from there if so. Agent thread.
     */
    boolean copyTo(final long position, final int length, final MutableDirectBuffer target, final int offset)
    {
        final int to = added.getAcquire();
        for (int i = freed.getPlain(); i - to < 0; i++)
        {
            if (position >= begins[i & MASK] && position < ends[i & MASK])
            {
                final Lease lease = leases[i & MASK];
                final int from = (int)(position - begins[i & MASK]);
                final int present = Math.max(0, Math.min(length, lease.length() - from));
                target.putBytes(offset, lease.buffer(), from, present);
                target.setMemory(offset + present, length - present, (byte)0);
                return true;
            }
        }
        return false;
    }

    /**
     * Releases what the peer has consumed. Agent thread.
     */
    void free(final long position)
    {
        final int to = added.get();
        int index = freed.getPlain();
        while (index - to < 0 && ends[index & MASK] <= position)
        {
            leases[index & MASK].block().releaseIfHeld();
            freed.setRelease(++index);
        }
    }

    /**
     * Releases all that is left, once the agent sends no more of it.
     */
    synchronized void freeAll()
    {
        free(Long.MAX_VALUE);
    }
}
