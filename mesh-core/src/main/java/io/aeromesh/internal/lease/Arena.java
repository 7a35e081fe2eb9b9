package io.aeromesh.internal.lease;

import io.aeromesh.error.MeshException;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * An arena as one node sees it: what its owner and those attached to it do alike, which is to hand blocks on.
 * <pre>
 *   acquire (owner)   FREE → HELD(me)                      one change
 *   offer             HELD(me) → OFFERED(me, peer)         one change, then the handle is written
 *   accept            OFFERED(peer, me) → HELD(me)         one change
 *   release           HELD(me) → FREE                      one change
 *   share             shares, HELD(me) → SHARED            the last change counts
 *   accept a share    given - me, holders + me             one change
 *   release a share   holders - me, SHARED → FREE if last  two changes, the owner repeats the second
 *   take shares back  given - others                       one change for each word, against who accepts just then
 * </pre>
 * What each state means to the owner when a process is dead, which is all that recovery needs:
 * <pre>
 *   HELD(dead), OFFERED(any, dead)    FREE
 *   OFFERED(dead, x)                  x may accept still; when x has read all that the dead sent, x frees it by settle
 *   SHARED                            the dead's shares are cleared; without any FREE; what the dead gave x frees by
 *                                     settle
 * </pre>
 * An offer looks its peer's slot up, changes the word, and looks at the slot again. The owner marks a slot as gone and
 * then reads all words. Each has a full fence between, so either the owner finds the offer, or the offerer finds the
 * slot gone and takes its offer back.
 * <p>
 * <b>Threading:</b> any thread, without a lock. <b>Allocation:</b> none.
 */
abstract class Arena extends MappedArena
{
    Arena(
        final NodeLeases node,
        final LeaseDirectory directory,
        final String creatorName,
        final long creatorHigh,
        final long creatorLow,
        final int ownSlot)
    {
        super(node, directory, creatorName, creatorHigh, creatorLow, ownSlot);
    }

    /**
     * Whether this node may give a block to those slots now. Only an owner has limits.
     *
     * @return false when a limit stands against it, and nothing has changed.
     */
    abstract boolean letGo(LeaseSegment segment, int block, long slots);

    /**
     * The block is this node's alone again.
     *
     * @return whether it can be, by what an owner knows beside the word.
     */
    abstract boolean gotBack(LeaseSegment segment, int block);

    /**
     * Whether others may have the block, by what an owner knows beside the word.
     */
    abstract boolean isAway(LeaseSegment segment, int block);

    /**
     * The block was freed here, or may have been.
     */
    abstract void freed(LeaseSegment segment, int block);

    /**
     * Whether blocks can be handed on.
     */
    abstract boolean isForwardable();

    final int offer(
        final HeldBlock held,
        final long peerHigh,
        final long peerLow,
        final MutableDirectBuffer out,
        final int offset)
    {
        final LeaseSegment segment = held.segment();
        final int slot = isForwardable() && !held.isShared() ?
            directory().slotThatMapped(segment.index(), peerHigh, peerLow) : ownSlot();
        if (LeaseDirectory.NO_SLOT == slot || ownSlot() == slot)
        {
            return NodeLeases.NOT_ATTACHED;
        }
        final int block = held.block();
        if (!letGo(segment, block, 1L << slot))
        {
            return NodeLeases.OVER_LIMIT;
        }
        final long offered = BlockWord.offered(held.word(), ownSlot(), slot);
        if (!segment.compareAndSetWord(block, held.word(), offered))
        {
            throw lost(held);
        }
        if (!directory().isAttached(slot, peerHigh, peerLow))
        {
            final long again = BlockWord.held(offered, ownSlot());
            if (segment.compareAndSetWord(block, offered, again))
            {
                held.word(again);
                gotBack(segment, block);
                return NodeLeases.NOT_ATTACHED;
            }
            // the peer died, and the owner has freed the block already: as if it had been received before
        }
        LeaseHandle.encode(out, offset, this, segment.index(), block, offered, held.length());
        held.end("it was transferred");
        return LeaseHandle.LENGTH;
    }

    /**
     * Gives a block to some peers if all of them are attached, and writes one handle for all.
     *
     * @return as {@link NodeLeases#offerToMany}.
     */
    final int share(
        final HeldBlock held, final long[] peers, final int count, final MutableDirectBuffer out, final int offset)
    {
        final long slots = slotsOf(held.segment().index(), peers, count);
        if (0 == slots)
        {
            return NodeLeases.NOT_ATTACHED;
        }
        final int result = share(held, slots, out, offset);
        if (result < 0)
        {
            return result;
        }
        if (slotsOf(held.segment().index(), peers, count) != slots)
        {
            // one has gone since: who has left a dead owner's arena lives and is owed the bytes
            held.segment().takeBack(held.block(), held.word(), slots);
            return NodeLeases.NOT_ATTACHED;
        }
        out.putLong(offset + LeaseHandle.LENGTH, slots, LeaseHandle.ORDER);
        return NodeLeases.SHARES_LENGTH;
    }

    /**
     * The slots of peers, or 0 when one of them has none here that can be given a share.
     */
    private long slotsOf(final int segment, final long[] peers, final int count)
    {
        long slots = 0;
        for (int i = 0; i < count; i++)
        {
            final int slot = directory().slotThatMapped(segment, peers[2 * i], peers[2 * i + 1]);
            if (LeaseDirectory.NO_SLOT == slot || ownSlot() == slot)
            {
                return 0;
            }
            slots |= 1L << slot;
        }
        return slots;
    }

    /**
     * Gives a block to several slots. The caller keeps a share, until it releases it.
     *
     * @param slots of those that are given it, at least one, none of them this.
     */
    private int share(final HeldBlock held, final long slots, final MutableDirectBuffer out, final int offset)
    {
        final LeaseSegment segment = held.segment();
        final int block = held.block();
        if (!letGo(segment, block, slots))
        {
            return NodeLeases.OVER_LIMIT;
        }
        final long shared = BlockWord.shared(held.word(), ownSlot());
        segment.putShares(block, shared, slots, ownSlot());
        if (!segment.compareAndSetWord(block, held.word(), shared))
        {
            throw lost(held);
        }
        LeaseHandle.encode(out, offset, this, segment.index(), block, shared, held.length());
        held.word(shared);
        return LeaseHandle.LENGTH;
    }

    /**
     * Whether this node is among slots that were given a block.
     */
    final boolean isAmong(final long slots)
    {
        return 0 != (slots & 1L << ownSlot());
    }

    /**
     * Whether this node can have a share of what a handle is for. What is wrong with the handle itself is told when it
     * is accepted.
     */
    final boolean isShareLeft(final DirectBuffer in, final int offset)
    {
        if (!enter())
        {
            return true;
        }
        try
        {
            final long stamp = LeaseHandle.stamp(in, offset);
            final int block = LeaseHandle.block(in, offset);
            final LeaseSegment segment = checked(stamp, block, LeaseHandle.length(in, offset));
            final long word = segment.wordVolatile(block);
            return LeaseHandle.generation(stamp) == BlockWord.generation(word) && isShareGiven(segment, block, word);
        }
        catch (final MeshException bad)
        {
            return true;
        }
        finally
        {
            exit();
        }
    }

    /**
     * Takes an offer back, of which nobody was told.
     *
     * @return whether the block is held again; else the peer has died meanwhile and the owner has it.
     */
    final boolean withdraw(final DirectBuffer in, final int offset, final HeldBlock into)
    {
        if (!enter())
        {
            return false;
        }
        boolean isTaken = false;
        try
        {
            final long stamp = LeaseHandle.stamp(in, offset);
            final int block = LeaseHandle.block(in, offset);
            final int length = LeaseHandle.length(in, offset);
            final LeaseSegment segment = checked(stamp, block, length);
            final long word = segment.wordVolatile(block);
            if (BlockWord.OFFERED == BlockWord.phase(word) && ownSlot() == BlockWord.holder(word) &&
                LeaseHandle.generation(stamp) == BlockWord.generation(word))
            {
                final long again = BlockWord.held(word, ownSlot());
                // not back where it is free already: somebody wrote FREE meanwhile, and then OFFERED again
                isTaken = segment.compareAndSetWord(block, word, again) && gotBack(segment, block);
                if (isTaken)
                {
                    into.hold(this, segment, block, again, length);
                }
            }
            return isTaken;
        }
        finally
        {
            if (!isTaken)
            {
                exit();
            }
        }
    }

    final void accept(
        final DirectBuffer in,
        final int offset,
        final HeldBlock into,
        final long senderHigh,
        final long senderLow)
    {
        if (!enter())
        {
            throw violation("its arena is closed here");
        }
        boolean isTaken = false;
        try
        {
            final long stamp = LeaseHandle.stamp(in, offset);
            final int block = LeaseHandle.block(in, offset);
            final int length = LeaseHandle.length(in, offset);
            final LeaseSegment segment = checked(stamp, block, length);
            long accepted = acceptAtOnce(segment, block, LeaseHandle.generation(stamp), senderHigh, senderLow);
            if (0 == accepted)
            {
                accepted = acceptAsFound(segment, block, LeaseHandle.generation(stamp), senderHigh, senderLow);
            }
            else if (!gotBack(segment, block))
            {
                throw notGiven(segment, block);
            }
            isTaken = true;
            into.hold(this, segment, block, accepted, length);
        }
        finally
        {
            if (!isTaken)
            {
                exit();
            }
        }
    }

    /**
     * The word of an offer is known from its handle: one change without a look before it takes the line from the
     * sender's core once, and not twice.
     *
     * @return the word from now on, or 0 when the block is in another state.
     */
    private long acceptAtOnce(
        final LeaseSegment segment,
        final int block,
        final long generation,
        final long senderHigh,
        final long senderLow)
    {
        final int from = directory().slotOf(senderHigh, senderLow);
        final long offered = BlockWord.offeredIn(generation, Math.max(from, 0), ownSlot());
        final long accepted = BlockWord.held(offered, ownSlot());
        return LeaseDirectory.NO_SLOT != from && segment.compareAndSetWord(block, offered, accepted) ? accepted : 0;
    }

    /**
     * Accepts a share, or an offer of a sender that is dead by now.
     */
    private long acceptAsFound(
        final LeaseSegment segment,
        final int block,
        final long generation,
        final long senderHigh,
        final long senderLow)
    {
        final long word = segment.wordVolatile(block);
        final boolean isShared = isShareGiven(segment, block, word);
        final boolean isOffered =
            BlockWord.OFFERED == BlockWord.phase(word) && ownSlot() == BlockWord.next(word);
        if (!isShared && !isOffered || generation != BlockWord.generation(word))
        {
            throw violation("state=" + BlockWord.toString(word) + ", generation=" +
                generation + ", own slot=" + ownSlot() + ", segment=" + segment.index() +
                ", block=" + block);
        }
        if (!directory().isSlotOf(BlockWord.holder(word), senderHigh, senderLow))
        {
            throw violation("slot " + BlockWord.holder(word) + " that gave the block is not its sender's");
        }
        long accepted = word;
        if (isShared)
        {
            if (!isAway(segment, block))
            {
                throw notGiven(segment, block);
            }
            if (!segment.acceptShare(block, word, ownSlot()))
            {
                throw violation("share of block=" + block + " of segment=" + segment.index() + " was taken back");
            }
        }
        else
        {
            accepted = BlockWord.held(word, ownSlot());
            if (!segment.compareAndSetWord(block, word, accepted))
            {
                throw violation("state changed from " + BlockWord.toString(word) + " to " +
                    BlockWord.toString(segment.wordVolatile(block)));
            }
            if (!gotBack(segment, block))
            {
                throw notGiven(segment, block);
            }
        }
        return accepted;
    }

    private boolean isShareGiven(final LeaseSegment segment, final int block, final long word)
    {
        return BlockWord.SHARED == BlockWord.phase(word) && isAmong(segment.given(block, word));
    }

    private MeshException notGiven(final LeaseSegment segment, final int block)
    {
        return violation("block=" + block + " of segment=" + segment.index() + " was not given away");
    }

    private LeaseSegment checked(final long stamp, final int block, final int length)
    {
        final LeaseSegment segment = segmentOrNull(LeaseHandle.segment(stamp));
        if (null == segment || block < 0 || block >= segment.blockCount() || length < 1 ||
            length > segment.blockLength())
        {
            throw violation("segment=" + LeaseHandle.segment(stamp) + " of " + directory().segmentCount() +
                ", block=" + block + (null == segment ? "" : " of " + segment.blockCount()) + ", length=" + length +
                (null == segment ? "" : " of " + segment.blockLength()));
        }
        return segment;
    }

    final void release(final HeldBlock held)
    {
        final LeaseSegment segment = held.segment();
        final int block = held.block();
        final long word = held.word();
        if (held.isShared())
        {
            if (ownSlot() == BlockWord.holder(word))
            {
                segment.takeBack(block, word, -1L); // nobody is to accept any more what was given by it
            }
            segment.clearShares(block, word, 1L << ownSlot());
            segment.freeIfUnshared(block, word);
        }
        else if (!segment.compareAndSetWord(block, word, BlockWord.free(word)))
        {
            throw lost(held);
        }
        freed(segment, block);
        held.end("it was released");
    }

    /**
     * Frees what a dead instance gave to this node and this node will never hear of.
     */
    final int settle(final long deadHigh, final long deadLow)
    {
        if (!enter())
        {
            return 0;
        }
        try
        {
            int work = 0;
            for (int i = 0; i < LeaseDirectory.SEGMENTS_MAX; i++)
            {
                final LeaseSegment segment = segmentOrNull(i);
                for (int block = 0; null != segment && block < segment.blockCount(); block++)
                {
                    final long word = segment.wordVolatile(block);
                    if (isExpected(segment, block, word) &&
                        directory().isSlotOf(BlockWord.holder(word), deadHigh, deadLow))
                    {
                        work += settle(segment, block, word);
                    }
                }
            }
            return work;
        }
        finally
        {
            exit();
        }
    }

    /**
     * Whether handles of blocks given to this node may be on their way. The caller is in the arena.
     */
    final boolean isExpecting()
    {
        for (int i = 0; i < LeaseDirectory.SEGMENTS_MAX; i++)
        {
            final LeaseSegment segment = segmentOrNull(i);
            for (int block = 0; null != segment && block < segment.blockCount(); block++)
            {
                if (isExpected(segment, block, segment.wordVolatile(block)))
                {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isExpected(final LeaseSegment segment, final int block, final long word)
    {
        return BlockWord.OFFERED == BlockWord.phase(word) && ownSlot() == BlockWord.next(word) ||
            isShareGiven(segment, block, word);
    }

    private int settle(final LeaseSegment segment, final int block, final long word)
    {
        if (BlockWord.SHARED == BlockWord.phase(word))
        {
            segment.takeBack(block, word, 1L << ownSlot());
            segment.freeIfUnshared(block, word);
        }
        else
        {
            segment.compareAndSetWord(block, word, BlockWord.free(word));
        }
        freed(segment, block);
        return 1;
    }

    private RuntimeException lost(final HeldBlock held)
    {
        final String now = BlockWord.toString(held.segment().wordVolatile(held.block()));
        held.end("its owner '" + creatorName() + "' took it back");
        return new IllegalStateException("the owner '" + creatorName() + "' took the block back, it is now " + now);
    }
}
