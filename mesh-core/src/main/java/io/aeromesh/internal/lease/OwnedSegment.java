package io.aeromesh.internal.lease;

import io.aeromesh.spi.SharedRegion;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A segment at its owner, with what the owner keeps to itself, so that no writing of another process gives a block that
 * the owner has in hand to someone else: where each block is, and on whose account.
 * <p>
 * <b>Threading:</b> any thread, without a lock. <b>Allocation:</b> none after construction.
 * <p>
 * <b>Memory order.</b> Where a block is has a count of changes with it, changed by compare-and-set: who read OUT, then
 * FREE in the shared word, and then changes OUT to AVAILABLE, has read the word of that very absence. A block is pushed
 * to the free ones after it is AVAILABLE, and is LOCAL again only by who popped it.
 */
final class OwnedSegment extends LeaseSegment
{
    private static final int AVAILABLE = 0;
    private static final int LOCAL = 1;
    private static final int OUT = 2;
    private static final int PLACE_MASK = 3;
    private static final int CHANGE = 4;

    private final AtomicLongArray places;
    private final AtomicLongArray accounts;
    private final FreeStack free;
    /** A hint where to look on, which threads may spoil for each other. */
    private int noticed;

    OwnedSegment(
        final int index, final int blockLength, final int blockCount, final SharedRegion region, final Steps steps)
    {
        super(index, blockLength, blockCount, region, steps);
        places = new AtomicLongArray(blockCount);
        accounts = new AtomicLongArray(blockCount);
        free = new FreeStack(blockCount);
        for (int block = blockCount - 1; block >= 0; block--)
        {
            free.push(block);
        }
    }

    /**
     * A block that is the caller's to hold, or {@link FreeStack#NONE}.
     */
    int pop()
    {
        return free.pop();
    }

    /**
     * Goes round all blocks.
     */
    int nextToNotice()
    {
        final int block = noticed;
        noticed = block + 1 >= blockCount() ? 0 : block + 1;
        return block;
    }

    /**
     * Where a block is, to be given back to {@link #toAvailable}.
     */
    long place(final int block)
    {
        return places.get(block);
    }

    static boolean isOut(final long place)
    {
        return OUT == (place & PLACE_MASK);
    }

    static boolean isLocal(final long place)
    {
        return LOCAL == (place & PLACE_MASK);
    }

    private boolean move(final int block, final long from, final int to)
    {
        return places.compareAndSet(block, from, (from & -CHANGE) + CHANGE | to);
    }

    /**
     * From anywhere but there: the caller has the block alone.
     */
    void toLocal(final int block)
    {
        move(block, places.get(block), LOCAL);
    }

    /**
     * @return whether the block was in hand.
     */
    boolean fromLocalToOut(final int block)
    {
        final long place = places.get(block);
        return isLocal(place) && move(block, place, OUT);
    }

    /**
     * @return whether the block was out.
     */
    boolean fromOutToLocal(final int block)
    {
        final long place = places.get(block);
        return isOut(place) && move(block, place, LOCAL);
    }

    /**
     * @return whether the block was there still; then the caller pushes it when its account is settled.
     */
    boolean toAvailable(final int block, final long place)
    {
        return move(block, place, AVAILABLE);
    }

    void push(final int block)
    {
        free.push(block);
    }

    long account(final int block)
    {
        return accounts.get(block);
    }

    /**
     * Sets on whose account a block is, one bit for each slot.
     *
     * @return on whose it was.
     */
    long account(final int block, final long slots)
    {
        return accounts.getAndSet(block, slots);
    }
}
