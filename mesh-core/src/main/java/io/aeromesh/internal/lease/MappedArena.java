package io.aeromesh.internal.lease;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * An arena's memory as it is mapped at one node, and for how long.
 * <p>
 * <b>Threading:</b> any thread, without a lock. <b>Ownership:</b> mappings last until the arena is closed here and the
 * last of its blocks that this node holds was let go; each held block is one use.
 */
abstract class MappedArena
{
    private static final long CLOSED_BIT = Long.MIN_VALUE;

    private final NodeLeases node;
    private final LeaseDirectory directory;
    private final String creatorName;
    private final long creatorHigh;
    private final long creatorLow;
    private final ArenaAddress address;
    private final int ownSlot;
    private final AtomicReferenceArray<LeaseSegment> segments =
        new AtomicReferenceArray<>(LeaseDirectory.SEGMENTS_MAX);
    private final AtomicLong uses = new AtomicLong();
    private boolean isUnmapped;

    MappedArena(
        final NodeLeases node,
        final LeaseDirectory directory,
        final String creatorName,
        final long creatorHigh,
        final long creatorLow,
        final int ownSlot)
    {
        this.node = node;
        this.directory = directory;
        this.creatorName = creatorName;
        this.creatorHigh = creatorHigh;
        this.creatorLow = creatorLow;
        address = new ArenaAddress(creatorName, creatorHigh, creatorLow, directory.region().id());
        this.ownSlot = ownSlot;
    }

    final NodeLeases node()
    {
        return node;
    }

    final LeaseDirectory directory()
    {
        return directory;
    }

    final String creatorName()
    {
        return creatorName;
    }

    final long creatorHigh()
    {
        return creatorHigh;
    }

    final long creatorLow()
    {
        return creatorLow;
    }

    /**
     * Where others attach it.
     */
    final ArenaAddress address()
    {
        return address;
    }

    final int ownSlot()
    {
        return ownSlot;
    }

    final long directoryId()
    {
        return directory.region().id();
    }

    final boolean isOf(final long instanceHigh, final long instanceLow)
    {
        return creatorHigh == instanceHigh && creatorLow == instanceLow;
    }

    /**
     * Blocks that this node holds, and calls that are under way.
     */
    final long useCount()
    {
        return uses.get() & ~CLOSED_BIT;
    }

    /**
     * Keeps the mappings until {@link #exit()}.
     *
     * @return whether the arena is open here.
     */
    final boolean enter()
    {
        if (uses.getAndIncrement() < 0)
        {
            exit();
            return false;
        }
        return true;
    }

    final void exit()
    {
        if (CLOSED_BIT == uses.decrementAndGet())
        {
            unmapOnce();
        }
    }

    /**
     * Accepts nothing more; unmaps now, or with the last block that is let go. Idempotent.
     */
    final void close()
    {
        if (uses.getAndUpdate(count -> count | CLOSED_BIT) == 0)
        {
            unmapOnce();
        }
    }

    private void unmapOnce()
    {
        synchronized (segments)
        {
            if (!isUnmapped)
            {
                isUnmapped = true;
                beforeUnmap();
                for (int i = 0; i < LeaseDirectory.SEGMENTS_MAX; i++)
                {
                    if (null != segments.get(i))
                    {
                        segments.get(i).region().close();
                    }
                }
                directory.region().close();
            }
        }
    }

    /**
     * A last word to the others.
     */
    abstract void beforeUnmap();

    final void add(final LeaseSegment segment)
    {
        segments.set(segment.index(), segment);
    }

    /**
     * A segment if it is mapped, else null.
     */
    final LeaseSegment segmentOrNull(final int index)
    {
        return index < LeaseDirectory.SEGMENTS_MAX ? segments.get(index) : null;
    }

    final MeshException violation(final String what)
    {
        return new MeshException(ErrorCode.PROTOCOL_VIOLATION,
            "handle of a lease of node '" + creatorName + "' is not good: " + what);
    }
}
