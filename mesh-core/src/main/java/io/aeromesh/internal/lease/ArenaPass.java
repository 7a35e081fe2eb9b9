package io.aeromesh.internal.lease;

/**
 * An owner's walk over its blocks, some at a time: frees what the dead had, notices what was released elsewhere, and
 * empties the slots of the dead once no block refers to them.
 * <p>
 * <b>Threading:</b> under the arena's lock for its duty. <b>Allocation:</b> none.
 */
final class ArenaPass
{
    private final LeaseArena arena;
    private long gone;
    private long referred;
    private int nextSegment;
    private int nextBlock;

    ArenaPass(final LeaseArena arena)
    {
        this.arena = arena;
    }

    /**
     * Begins anew, with those that are gone by now.
     */
    void restart()
    {
        nextSegment = 0;
        nextBlock = 0;
    }

    /**
     * Looks after so many blocks at most.
     */
    int tend(final int blocks)
    {
        final OwnedSegment[] all = arena.segments();
        if (0 == nextSegment && 0 == nextBlock)
        {
            gone = arena.directory().goneSlots();
            referred = 0;
            if (0 == gone && 0 == arena.blocksOut())
            {
                return 0;
            }
        }
        int work = 0;
        int rest = blocks;
        while (nextSegment < all.length && rest > 0)
        {
            final OwnedSegment segment = all[nextSegment];
            while (nextBlock < segment.blockCount() && rest > 0)
            {
                work += tend(segment, nextBlock++);
                rest--;
            }
            if (nextBlock == segment.blockCount())
            {
                nextBlock = 0;
                nextSegment++;
            }
        }
        if (nextSegment == all.length)
        {
            nextSegment = 0;
            nextBlock = 0;
            final long unused = gone & ~referred;
            arena.directory().empty(unused);
            work += Long.bitCount(unused);
        }
        return work;
    }

    private int tend(final OwnedSegment segment, final int block)
    {
        final long place = segment.place(block);
        if (!OwnedSegment.isOut(place))
        {
            return 0;
        }
        final long word = segment.wordVolatile(block);
        final int holder = BlockWord.holder(word);
        final int next = BlockWord.next(word);
        boolean isDead = false;
        long with = 0;
        switch (BlockWord.phase(word))
        {
            case BlockWord.HELD ->
            {
                isDead = isGone(holder);
                with = 1L << holder;
            }
            case BlockWord.OFFERED ->
            {
                isDead = isGone(next);
                with = 1L << next;
                referred |= isDead ? 0 : 1L << holder;
            }
            case BlockWord.SHARED ->
            {
                segment.clearShares(block, word, gone);
                with = segment.sharers(block, word);
                referred |= 0 == with ? 0 : 1L << holder;
            }
            default ->
                {
                }
        }
        if (isDead)
        {
            // else it has changed just now, and is looked at again
            referred |= segment.compareAndSetWord(block, word, BlockWord.free(word)) ? 0 : gone;
        }
        final int work = arena.notice(segment, block) ? 1 : 0;
        final long due = with & ~1L & ~gone;
        if (0 == work && due != segment.account(block) && place == segment.place(block))
        {
            arena.accounts().set(segment, block, due);
            if (!OwnedSegment.isOut(segment.place(block)))
            {
                arena.accounts().set(segment, block, 0); // it has come back meanwhile, and is nobody's
            }
        }
        return work;
    }

    private boolean isGone(final int slot)
    {
        return 0 != (gone & 1L << slot);
    }
}
