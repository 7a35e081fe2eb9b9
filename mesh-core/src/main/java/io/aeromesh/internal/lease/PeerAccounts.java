package io.aeromesh.internal.lease;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many bytes of an arena each slot has, and may have. Which slots a block is on the account of, its segment knows.
 * <p>
 * <b>Threading:</b> any thread, without a lock. <b>Allocation:</b> none after construction.
 */
final class PeerAccounts
{
    private final long lengthMax;
    private final AtomicLongArray lengths = new AtomicLongArray(BlockWord.SLOTS);

    /**
     * @param lengthMax that one slot may have, in bytes.
     */
    PeerAccounts(final long lengthMax)
    {
        this.lengthMax = lengthMax;
    }

    /**
     * Puts a block on the account of some slots, and takes it from those that had it.
     *
     * @param slots one bit for each.
     */
    void set(final OwnedSegment segment, final int block, final long slots)
    {
        final long were = segment.account(block, slots);
        for (long changed = were ^ slots; 0 != changed; changed &= changed - 1)
        {
            final int slot = Long.numberOfTrailingZeros(changed);
            lengths.addAndGet(slot, 0 != (slots & 1L << slot) ? segment.blockLength() : -segment.blockLength());
        }
    }

    /**
     * Whether one of those slots has more than it may.
     */
    boolean isOverLimit(final long slots)
    {
        for (long rest = slots; 0 != rest; rest &= rest - 1)
        {
            if (lengths.get(Long.numberOfTrailingZeros(rest)) > lengthMax)
            {
                return true;
            }
        }
        return false;
    }

    /**
     * Of what a slot has, in bytes.
     */
    long length(final int slot)
    {
        return lengths.get(slot);
    }
}
