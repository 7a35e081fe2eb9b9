package io.aeromesh.internal.lease;

import io.aeromesh.LeaseConfig;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedRegion;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A node's own arena: it gives blocks out and takes them back.
 * <p>
 * Blocks have power-of-two lengths; each length is a class with segments of its own, the first small and each further
 * one twice the last, until the arena has its configured length. Segments stay until the arena is closed. A class that
 * has none left serves from a longer one.
 * <p>
 * Who releases a block elsewhere writes its word and nothing else. The owner notices: when it needs a block, and in its
 * duty cycle.
 * <p>
 * <b>Threading:</b> any thread. Taking a block has no lock but where the arena grows, which makes a file. The duty
 * cycle and what deaths lead to have one of their own, which no message waits for. <b>Allocation:</b> when it grows.
 */
final class LeaseArena extends Arena
{
    private static final int CLASSES = 17;
    private static final int CLASS_SHIFT = 12;
    private static final int NOTICED_PER_CALL = 256;
    private static final int TENDED_PER_CALL = 1024;

    private final LeaseConfig config;
    private final SharedMemory memory;
    private final Steps steps;
    private final Object growth = new Object();
    private final Object duty = new Object();
    private volatile OwnedSegment[] segments = {};
    private final OwnedSegment[][] classes = new OwnedSegment[CLASSES][0];
    private final AtomicLong out = new AtomicLong();
    private final AtomicLong corrupt = new AtomicLong();
    private final PeerAccounts accounts;
    private volatile long length;

    private final ArenaPass pass = new ArenaPass(this); // guarded by duty

    // one thread: that of the duty cycle
    private final LeaseDirectory.Holder[] holdersTold = new LeaseDirectory.Holder[BlockWord.SLOTS];

    private LeaseArena(
        final NodeLeases node,
        final LeaseDirectory directory,
        final LeaseConfig config,
        final SharedMemory memory,
        final Steps steps)
    {
        super(node, directory, node.name(), node.instanceHigh(), node.instanceLow(), LeaseDirectory.OWNER_SLOT);
        this.config = config;
        this.memory = memory;
        this.steps = steps;
        this.accounts = new PeerAccounts(config.peerLengthMax());
        this.length = LeaseDirectory.REGION_LENGTH;
    }

    /**
     * Makes an arena without segments.
     */
    static LeaseArena create(
        final NodeLeases node, final LeaseConfig config, final SharedMemory memory, final Steps steps)
    {
        final SharedRegion region = memory.create(LeaseDirectory.REGION_LENGTH);
        return new LeaseArena(
            node,
            LeaseDirectory.create(region, node.instanceHigh(), node.instanceLow(), node.name(), steps),
            config,
            memory,
            steps);
    }

    private static int classOf(final int blockLength)
    {
        return blockLength <= 1 << CLASS_SHIFT ? 0 :
            Integer.SIZE - Integer.numberOfLeadingZeros(blockLength - 1) - CLASS_SHIFT;
    }

    /**
     * Takes a block.
     *
     * @param length in bytes, checked.
     * @return the length, {@link NodeLeases#BACK_PRESSURED} or {@link NodeLeases#CLOSED}.
     */
    long tryAcquire(final int length, final HeldBlock into)
    {
        if (!enter())
        {
            return NodeLeases.CLOSED;
        }
        boolean isTaken = false;
        try
        {
            final int first = classOf(length);
            final int last = classOf(config.blockLengthMax());
            isTaken = take(first, length, into) || noticeClass(first) && take(first, length, into);
            while (!isTaken && grow(first))
            {
                isTaken = take(first, length, into);
            }
            for (int i = first + 1; i <= last && !isTaken; i++)
            {
                isTaken = take(i, length, into) || noticeClass(i) && take(i, length, into);
            }
            return isTaken ? length : NodeLeases.BACK_PRESSURED;
        }
        finally
        {
            if (!isTaken)
            {
                exit();
            }
        }
    }

    private OwnedSegment[] segmentsOf(final int index)
    {
        final OwnedSegment[] published = segments; // volatile: the class's array was stored before
        return 0 == published.length ? published : classes[index];
    }

    private boolean take(final int index, final int leaseLength, final HeldBlock into)
    {
        for (final OwnedSegment segment : segmentsOf(index))
        {
            for (int block = segment.pop(); FreeStack.NONE != block; block = segment.pop())
            {
                final long word = segment.wordVolatile(block);
                final long acquired = BlockWord.acquired(word, ownSlot());
                if (BlockWord.FREE == BlockWord.phase(word) && segment.compareAndSetWord(block, word, acquired))
                {
                    segment.toLocal(block);
                    into.hold(this, segment, block, acquired, leaseLength);
                    return true;
                }
                corrupt.incrementAndGet(); // somebody wrote where it has no business; the block is not used again
            }
        }
        return false;
    }

    /**
     * Looks which blocks of a class have been released, so many at most in each segment.
     */
    private boolean noticeClass(final int index)
    {
        boolean isFound = false;
        for (final OwnedSegment segment : segmentsOf(index))
        {
            int looked = 0;
            for (int i = 0; i < segment.blockCount() && looked < NOTICED_PER_CALL; i++)
            {
                final int block = segment.nextToNotice();
                if (OwnedSegment.isOut(segment.place(block)))
                {
                    looked++;
                    isFound |= notice(segment, block);
                }
            }
        }
        return isFound;
    }

    /**
     * Takes a block that is out, and free by its word, back among the free.
     */
    boolean notice(final OwnedSegment segment, final int block)
    {
        final long place = segment.place(block);
        if (!OwnedSegment.isOut(place))
        {
            return false;
        }
        final long word = segment.wordVolatile(block);
        final boolean isFree = BlockWord.FREE == BlockWord.phase(word) ||
            BlockWord.SHARED == BlockWord.phase(word) && segment.freeIfUnshared(block, word);
        if (isFree && segment.toAvailable(block, place))
        {
            out.decrementAndGet();
            accounts.set(segment, block, 0);
            segment.push(block);
            return true;
        }
        return false;
    }

    @Override
    boolean letGo(final LeaseSegment segment, final int block, final long slots)
    {
        final OwnedSegment owned = (OwnedSegment)segment;
        accounts.set(owned, block, slots);
        if (accounts.isOverLimit(slots))
        {
            for (int i = 0; i < CLASSES; i++)
            {
                noticeClass(i);
            }
            if (accounts.isOverLimit(slots))
            {
                accounts.set(owned, block, 0);
                return false;
            }
        }
        if (owned.fromLocalToOut(block))
        {
            out.incrementAndGet();
        }
        return true;
    }

    @Override
    boolean gotBack(final LeaseSegment segment, final int block)
    {
        final OwnedSegment owned = (OwnedSegment)segment;
        if (owned.fromOutToLocal(block))
        {
            out.decrementAndGet();
            accounts.set(owned, block, 0);
            return true;
        }
        return false;
    }

    @Override
    boolean isAway(final LeaseSegment segment, final int block)
    {
        return OwnedSegment.isOut(((OwnedSegment)segment).place(block));
    }

    @Override
    void freed(final LeaseSegment segment, final int block)
    {
        final OwnedSegment owned = (OwnedSegment)segment;
        final long place = owned.place(block);
        if (!OwnedSegment.isLocal(place))
        {
            notice(owned, block);
        }
        else if (owned.toAvailable(block, place))
        {
            owned.push(block);
        }
    }

    @Override
    boolean isForwardable()
    {
        return true;
    }

    /**
     * Adds a segment to a class.
     *
     * @return whether it has more than before.
     */
    private boolean grow(final int index)
    {
        final int known = segmentsOf(index).length;
        synchronized (growth)
        {
            final OwnedSegment[] all = segments;
            final OwnedSegment[] ofClass = classes[index];
            if (ofClass.length > known)
            {
                return true; // by another thread
            }
            final int blockLength = 1 << index + CLASS_SHIFT;
            final int count = blockCount(blockLength, 0 == known ? 0 : ofClass[known - 1].blockCount());
            if (0 == count || LeaseDirectory.SEGMENTS_MAX == all.length)
            {
                return false;
            }
            final SharedRegion region = createOrNull(LeaseSegment.regionLength(blockLength, count));
            if (null == region)
            {
                return false;
            }
            final OwnedSegment segment = new OwnedSegment(all.length, blockLength, count, region, steps);
            add(segment);
            directory().addSegment(segment);
            length += region.buffer().capacity();
            classes[index] = appended(ofClass, segment);
            segments = appended(all, segment);
            return true;
        }
    }

    /**
     * Tells of those who have attached.
     */
    void newHolders(final NodeLeases.HolderListener listener)
    {
        if (!enter())
        {
            return;
        }
        try
        {
            for (int slot = LeaseDirectory.OWNER_SLOT + 1; slot < BlockWord.SLOTS; slot++)
            {
                final LeaseDirectory.Holder holder = directory().holder(slot);
                if (null != holder && holder != holdersTold[slot])
                {
                    holdersTold[slot] = holder;
                    listener.onHolder(holder.name(), holder.instanceHigh(), holder.instanceLow());
                }
            }
        }
        finally
        {
            exit();
        }
    }

    private static OwnedSegment[] appended(final OwnedSegment[] segments, final OwnedSegment segment)
    {
        final OwnedSegment[] longer = java.util.Arrays.copyOf(segments, segments.length + 1);
        longer[segments.length] = segment;
        return longer;
    }

    private int blockCount(final int blockLength, final int last)
    {
        final long rest = config.arenaLengthMax() - length;
        long count = Math.min(
            0 == last ? Math.max(1, config.segmentLengthMin() / blockLength) : 2L * last, LeaseSegment.BLOCKS_MAX);
        while (count > 0 && (!LeaseSegment.isPossible(blockLength, (int)count) ||
            LeaseSegment.regionLength(blockLength, (int)count) > rest))
        {
            count /= 2;
        }
        return (int)count;
    }

    /**
     * Where blocks exist that may come back, a lack of memory is a matter of waiting.
     */
    private SharedRegion createOrNull(final int regionLength)
    {
        try
        {
            return memory.create(regionLength);
        }
        catch (final MeshException ex)
        {
            if (ErrorCode.OUT_OF_SHARED_MEMORY == ex.code() && 0 != segments.length)
            {
                return null;
            }
            throw ex;
        }
    }

    /**
     * Looks after blocks that are out, so many at most, and frees what the dead had.
     */
    int tend()
    {
        if (!enter())
        {
            return 0;
        }
        try
        {
            synchronized (duty)
            {
                return pass.tend(TENDED_PER_CALL);
            }
        }
        finally
        {
            exit();
        }
    }

    /**
     * Notes a death and looks after all blocks at once.
     */
    int reclaim(final long deadHigh, final long deadLow)
    {
        if (!enter())
        {
            return 0;
        }
        try
        {
            synchronized (duty)
            {
                directory().markGone(deadHigh, deadLow);
                pass.restart();
                return pass.tend(Integer.MAX_VALUE);
            }
        }
        finally
        {
            exit();
        }
    }

    @Override
    void beforeUnmap()
    {
        // nobody is told: those attached have mappings of their own
    }

    /**
     * Takes the names of all regions away.
     */
    void unlink()
    {
        synchronized (growth)
        {
            for (final OwnedSegment segment : segments)
            {
                segment.region().unlink();
            }
            directory().region().unlink();
        }
    }

    long length()
    {
        return length;
    }

    OwnedSegment[] segments()
    {
        return segments;
    }

    long blocksOut()
    {
        return out.get();
    }

    long blocksCorrupt()
    {
        return corrupt.get();
    }

    PeerAccounts accounts()
    {
        return accounts;
    }

    /**
     * Slots that are not empty, without the owner's.
     */
    int takenSlots()
    {
        if (!enter())
        {
            return 0;
        }
        try
        {
            return directory().takenSlots();
        }
        finally
        {
            exit();
        }
    }

    /**
     * Who holds how much, for people.
     */
    String describe()
    {
        if (!enter())
        {
            return "closed";
        }
        try
        {
            return describeOpen();
        }
        finally
        {
            exit();
        }
    }

    private String describeOpen()
    {
        long blocks = 0;
        for (final OwnedSegment segment : segments)
        {
            blocks += segment.blockCount();
        }
        final StringBuilder text = new StringBuilder()
            .append("arena=").append(length).append(" of ").append(config.arenaLengthMax())
            .append(" bytes, blocks=").append(blocks).append(", held here=").append(useCount() - 1);
        for (int slot = LeaseDirectory.OWNER_SLOT + 1; slot < BlockWord.SLOTS; slot++)
        {
            final long bytes = accounts.length(slot);
            if (0 != bytes)
            {
                final LeaseDirectory.Holder holder = directory().holder(slot);
                text.append(", ").append(null == holder ? "slot " + slot : "'" + holder.name() + "'")
                    .append('=').append(bytes).append(" bytes");
            }
        }
        return text.toString();
    }
}
