package io.aeromesh.internal.lease;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedRegion;

/**
 * Another node's arena, mapped here.
 * <p>
 * <b>Threading:</b> any thread. <b>Ownership:</b> when it is closed and the last block is let go, it leaves its slot
 * and unmaps.
 */
final class LeaseAttachment extends Arena
{
    private final SharedMemory memory;
    private final Steps steps;
    private final Runnable onUnmapped;
    private final Object mapping = new Object();
    private int mappedCount; // guarded by mapping
    private volatile boolean isOrphaned;
    private volatile boolean isRetired;
    private volatile boolean isMappingFailed;

    private LeaseAttachment(
        final NodeLeases node,
        final LeaseDirectory directory,
        final String creatorName,
        final long creatorHigh,
        final long creatorLow,
        final int ownSlot,
        final SharedMemory memory,
        final Steps steps,
        final Runnable onUnmapped)
    {
        super(node, directory, creatorName, creatorHigh, creatorLow, ownSlot);
        this.memory = memory;
        this.steps = steps;
        this.onUnmapped = onUnmapped;
    }

    /**
     * Maps the directory, checks whose it is, and takes a slot.
     *
     * @param onUnmapped told once, when the last block was let go after the close.
     * @throws MeshException why not.
     */
    static LeaseAttachment attach(
        final NodeLeases node,
        final ArenaAddress address,
        final SharedMemory memory,
        final Steps steps,
        final Runnable onUnmapped)
    {
        final SharedRegion region =
            memory.attach(address.creatorName(), address.directoryId(), LeaseDirectory.REGION_LENGTH);
        LeaseAttachment attachment = null;
        try
        {
            final LeaseDirectory directory = LeaseDirectory.attach(region, steps);
            if (!directory.isSlotOf(LeaseDirectory.OWNER_SLOT, address.instanceHigh(), address.instanceLow()))
            {
                throw new MeshException(ErrorCode.DIRECT_UNAVAILABLE,
                    "the arena of node '" + address.creatorName() + "' is another instance's");
            }
            final int slot = directory.claim(node.instanceHigh(), node.instanceLow(), node.name());
            if (LeaseDirectory.NO_SLOT == slot)
            {
                throw new MeshException(ErrorCode.TABLE_FULL, "the arena of node '" + address.creatorName() +
                    "' has all its " + (BlockWord.SLOTS - 1) + " slots taken");
            }
            attachment = new LeaseAttachment(node, directory, address.creatorName(), address.instanceHigh(),
                address.instanceLow(), slot, memory, steps, onUnmapped);
            return attachment;
        }
        finally
        {
            if (null == attachment)
            {
                region.close();
            }
        }
    }

    /**
     * Maps what the owner has added, and says so to those who hand its blocks on. Of a dead owner nothing is mapped any
     * more: whoever knows that it is dead does not hand on, and whoever does not will.
     *
     * @return how many segments were mapped.
     * @throws MeshException why one could not be.
     */
    int mapAll()
    {
        if (isOrphaned || !enter())
        {
            return 0;
        }
        try
        {
            synchronized (mapping)
            {
                final int before = mappedCount;
                while (mappedCount < directory().segmentCount())
                {
                    add(map(mappedCount));
                    mappedCount++;
                    directory().putMapped(ownSlot(), mappedCount);
                }
                return mappedCount - before;
            }
        }
        finally
        {
            exit();
        }
    }

    /**
     * Lengths are the owner's word: read once, checked, and then held against the size of the file.
     */
    private LeaseSegment map(final int index)
    {
        final int blockLength = directory().segmentBlockLength(index);
        final int blockCount = directory().segmentBlockCount(index);
        if (!LeaseSegment.isPossible(blockLength, blockCount))
        {
            throw violation(
                "segment=" + index + " says blockLength=" + blockLength + ", blockCount=" + blockCount);
        }
        return new LeaseSegment(index, blockLength, blockCount,
            memory.attach(creatorName(), directory().segmentRegionId(index),
                LeaseSegment.regionLength(blockLength, blockCount)),
            steps);
    }

    /**
     * Maps what the owner has added, before somebody asks for it: who asks is told when it can not be.
     */
    int mapMore()
    {
        if (isMappingFailed)
        {
            return 0;
        }
        try
        {
            return mapAll();
        }
        catch (final MeshException ex)
        {
            isMappingFailed = ex.code() != ErrorCode.OUT_OF_SHARED_MEMORY; // which is tried again
            return 0;
        }
    }

    /**
     * The owner is dead: what is held can be read and released, and no longer handed on.
     */
    void orphan()
    {
        isOrphaned = true;
    }

    /**
     * Leaves the slot of a dead owner's arena, so that others who live hand nothing of it to this node any more: they
     * look at the slot again after they have offered. What they offered before is waited for.
     */
    void retire()
    {
        orphan();
        directory().leave(ownSlot(), node().instanceHigh(), node().instanceLow());
        isRetired = true;
    }

    /**
     * Whether the arena is left and nothing of it is on its way here.
     */
    boolean isFinished()
    {
        if (!isRetired || !enter())
        {
            return false;
        }
        try
        {
            return !isExpecting();
        }
        finally
        {
            exit();
        }
    }

    @Override
    boolean isForwardable()
    {
        return !isOrphaned;
    }

    @Override
    boolean letGo(final LeaseSegment segment, final int block, final long slots)
    {
        return true;
    }

    @Override
    boolean gotBack(final LeaseSegment segment, final int block)
    {
        return true;
    }

    @Override
    boolean isAway(final LeaseSegment segment, final int block)
    {
        return true;
    }

    @Override
    void freed(final LeaseSegment segment, final int block)
    {
        // the owner looks
    }

    @Override
    void beforeUnmap()
    {
        directory().leave(ownSlot(), node().instanceHigh(), node().instanceLow());
        onUnmapped.run();
    }
}
