package io.aeromesh.internal.lease;

import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import io.aeromesh.Leases;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.SharedMemory;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The leases of one node: its own arena, made with the first block, and the arenas of others that it is attached to.
 * <p>
 * <b>Threading:</b> any thread. Acquiring, offering, accepting and releasing take no lock but where memory is mapped
 * for the first time; attaching, deaths and closing are set-up and do. A lease itself belongs to one thread at a time.
 * <b>Allocation:</b> none in steady state, except by {@link #acquire}, which returns a new lease.
 * <b>Ownership:</b> the shared memory is the caller's, who closes it after this.
 */
public final class NodeLeases implements Leases, AutoCloseable
{
    /** Bytes of a handle. */
    public static final int HANDLE_LENGTH = LeaseHandle.LENGTH;

    /** Bytes of a handle that is for many, and of who they are. */
    public static final int SHARES_LENGTH = HANDLE_LENGTH + Long.BYTES;

    /**
     * The peer has no slot in the arena of this block or has not mapped its segment, or the block can not be handed on:
     * its bytes must be copied.
     */
    public static final int NOT_ATTACHED = -5;

    /** The peer has as much of this node's memory as it may: {@link io.aeromesh.MessageSink#BACK_PRESSURED}. */
    public static final int OVER_LIMIT = -2;

    /** Most peers that one broadcast names. */
    public static final int PEERS_MAX = BlockWord.SLOTS - 1;

    private static final long PARK_MIN_NS = 1_000;
    private static final long PARK_MAX_NS = 128_000;

    private final String name;
    private final long instanceHigh;
    private final long instanceLow;
    private final LeaseConfig config;
    private final SharedMemory memory;
    private final MeshOs os;
    private final Steps steps;
    private final Object setUp = new Object();
    private volatile LeaseArena own;
    private final LeaseAttachments attachments;
    private volatile boolean isClosed;

    /**
     * The leases of a node.
     *
     * @param name         of the node.
     * @param instanceHigh upper half of its instance.
     * @param instanceLow  lower half.
     * @param config       bounds.
     * @param memory       that its arena is made of, and by which it maps those of others.
     * @param os           whose clock bounds waits.
     */
    public NodeLeases(
        final String name,
        final long instanceHigh,
        final long instanceLow,
        final LeaseConfig config,
        final SharedMemory memory,
        final MeshOs os)
    {
        this(name, instanceHigh, instanceLow, config, memory, os, Steps.NONE);
    }

    NodeLeases(
        final String name,
        final long instanceHigh,
        final long instanceLow,
        final LeaseConfig config,
        final SharedMemory memory,
        final MeshOs os,
        final Steps steps)
    {
        this.name = name;
        this.instanceHigh = instanceHigh;
        this.instanceLow = instanceLow;
        this.config = config;
        this.memory = memory;
        this.os = os;
        this.steps = steps;
        attachments = new LeaseAttachments(this, memory, steps);
    }

    String name()
    {
        return name;
    }

    long instanceHigh()
    {
        return instanceHigh;
    }

    long instanceLow()
    {
        return instanceLow;
    }

    @Override
    public int lengthMax()
    {
        return config.blockLengthMax();
    }

    /**
     * {@inheritDoc}
     *
     * @throws MeshException BAD_CONFIG when the length is out of bounds, OUT_OF_SHARED_MEMORY when not even the first
     *                       block can be made.
     * @throws IllegalStateException when the lease holds a block.
     */
    @Override
    public long tryAcquire(final int length, final Lease lease)
    {
        if (length < 1 || length > config.blockLengthMax())
        {
            throw new MeshException(ErrorCode.BAD_CONFIG,
                "need 1 <= length <= " + config.blockLengthMax() + " of a lease: length=" + length);
        }
        final HeldBlock block = lease.block();
        block.requireNotHeld();
        final LeaseArena arena = own;
        if (null != arena)
        {
            return arena.tryAcquire(length, block);
        }
        final LeaseArena made = ownOrNull();
        return null == made ? CLOSED : made.tryAcquire(length, block);
    }

    private LeaseArena ownOrNull()
    {
        synchronized (setUp)
        {
            if (null == own && !isClosed)
            {
                own = LeaseArena.create(this, config, memory, steps);
            }
            return own;
        }
    }

    /**
     * {@inheritDoc}
     * <p>
     * Looks again and again, with pauses that grow from a microsecond to an eighth of a millisecond, as the other side
     * only writes a word. In a simulation nothing else happens meanwhile: wait by {@link #tryAcquire} there.
     */
    @Override
    public Lease acquire(final int length, final long boundNs)
    {
        final Lease lease = new Lease();
        long result = tryAcquire(length, lease);
        if (result < 0 && CLOSED != result && boundNs > 0)
        {
            final long startNs = os.nanoClock().nanoTime();
            long parkNs = PARK_MIN_NS;
            while (BACK_PRESSURED == result && os.nanoClock().nanoTime() - startNs < boundNs)
            {
                LockSupport.parkNanos(parkNs);
                parkNs = Math.min(2 * parkNs, PARK_MAX_NS);
                result = tryAcquire(length, lease);
            }
        }
        if (CLOSED == result)
        {
            throw new MeshException(ErrorCode.NODE_CLOSED, "node '" + name + "' is closed");
        }
        if (result < 0)
        {
            throw new MeshException(ErrorCode.LEASES_EXHAUSTED,
                "no block of " + length + " bytes within " + boundNs + " ns: " + own.describe());
        }
        return lease;
    }

    private HeldBlock heldHere(final Lease lease)
    {
        final HeldBlock block = lease.block();
        block.requireHeld();
        if (this != block.arena().node())
        {
            throw new IllegalStateException("the lease is held by node '" + block.arena().node().name +
                "' and not by '" + name + "'");
        }
        return block;
    }

    /**
     * Checks what is to be sent.
     *
     * @throws IllegalStateException when nothing is held, or it is another node's.
     */
    public void requireHeldHere(final Lease lease)
    {
        heldHere(lease);
    }

    /**
     * Gives a block to a peer and writes its handle. Never blocks, never allocates.
     *
     * @param lease    held by this node; on success it holds nothing any more.
     * @param peerHigh upper half of the peer's instance.
     * @param peerLow  lower half.
     * @param out      that the handle is written to, for nobody but that peer.
     * @param offset   of the handle.
     * @return {@link #HANDLE_LENGTH}; or {@link #NOT_ATTACHED} or {@link #OVER_LIMIT}, and nothing has changed.
     * @throws IllegalStateException when nothing is held, it is another node's, or its owner took it back.
     */
    public int offer(
        final Lease lease, final long peerHigh, final long peerLow, final MutableDirectBuffer out, final int offset)
    {
        final HeldBlock block = heldHere(lease);
        return block.arena().offer(block, peerHigh, peerLow, out, offset);
    }

    /**
     * Undoes an offer whose handle nobody has seen.
     *
     * @param lease  not held, that holds the block again on success.
     * @param in     that the handle was written to.
     * @param offset of the handle.
     * @return false when the peer has died meanwhile and the owner has freed the block.
     * @throws MeshException PROTOCOL_VIOLATION when it is no handle of an arena known here.
     */
    public boolean withdraw(final Lease lease, final DirectBuffer in, final int offset)
    {
        lease.block().requireNotHeld();
        return arenaOf(in, offset).withdraw(in, offset, lease.block());
    }

    /**
     * Gives a block to many and writes one handle for all, and behind it which slots it is for. The caller keeps a
     * share: when it releases it, what was not accepted by then is taken back. Never blocks, never allocates.
     *
     * @param lease  held by this node alone.
     * @param peers  their instances, high and low in turn.
     * @param count  of peers, at most {@link #PEERS_MAX}.
     * @param out    that {@link #SHARES_LENGTH} bytes are written to.
     * @param offset of them.
     * @return {@link #SHARES_LENGTH}; or {@link #NOT_ATTACHED} when one of the peers is not (any more), and then none
     *     has a share and the lease is still held, if perhaps as a share; or {@link #OVER_LIMIT}.
     * @throws IllegalStateException when nothing is held, it is another node's, or its owner took it back.
     */
    public int offerToMany(
        final Lease lease, final long[] peers, final int count, final MutableDirectBuffer out, final int offset)
    {
        if (count < 0 || count > PEERS_MAX || 2 * count > peers.length)
        {
            throw new IllegalArgumentException("need 0 <= count <= " + PEERS_MAX + " and two words for each: count=" +
                count + ", words=" + peers.length);
        }
        final HeldBlock block = heldHere(lease);
        final Arena arena = block.arena();
        if (block.isShared() || !arena.isForwardable())
        {
            return NOT_ATTACHED;
        }
        return arena.share(block, peers, count, out, offset);
    }

    /**
     * Whether a handle that came by broadcast is for this node too, as who sent it says: not if the slot that it names
     * was another's then.
     *
     * @param in     holding {@link #SHARES_LENGTH} bytes.
     * @param offset of them.
     */
    public boolean isGivenShare(final DirectBuffer in, final int offset)
    {
        final Arena arena = arenaOrNull(in, offset);
        return null != arena && arena.isAmong(in.getLong(offset + LeaseHandle.LENGTH, LeaseHandle.ORDER)) &&
            arena.isShareLeft(in, offset);
    }

    /**
     * Takes what a handle stands for. Every field is checked before memory is touched. Never allocates but for errors.
     *
     * @param in         holding the handle; another process may change it meanwhile.
     * @param offset     of the handle, whose length the caller has checked to lie within the message.
     * @param into       not held, that is set to the block.
     * @param senderHigh upper half of the instance that sent the message.
     * @param senderLow  lower half.
     * @throws MeshException PROTOCOL_VIOLATION for a forged, stale or foreign handle.
     */
    public void accept(
        final DirectBuffer in, final int offset, final Lease into, final long senderHigh, final long senderLow)
    {
        into.block().requireNotHeld();
        arenaOf(in, offset).accept(in, offset, into.block(), senderHigh, senderLow);
    }

    private Arena arenaOf(final DirectBuffer in, final int offset)
    {
        final Arena arena = arenaOrNull(in, offset);
        if (null == arena)
        {
            throw new MeshException(ErrorCode.PROTOCOL_VIOLATION, "handle of a lease of no arena that node '" + name +
                "' is attached to: instance=" + Long.toHexString(LeaseHandle.creatorHigh(in, offset)) + '-' +
                Long.toHexString(LeaseHandle.creatorLow(in, offset)) + ", directory=" +
                Long.toHexString(LeaseHandle.directoryId(in, offset)));
        }
        return arena;
    }

    private Arena arenaOrNull(final DirectBuffer in, final int offset)
    {
        final long high = LeaseHandle.creatorHigh(in, offset);
        final long low = LeaseHandle.creatorLow(in, offset);
        final long directoryId = LeaseHandle.directoryId(in, offset);
        final LeaseArena mine = own;
        if (null != mine && mine.isOf(high, low) && mine.directoryId() == directoryId)
        {
            return mine;
        }
        return attachments.find(high, low, directoryId);
    }

    /**
     * Whether a lease can be handed on at all. A share of a broadcast can not, nor a block whose owner is dead: their
     * bytes are copied.
     */
    public boolean isForwardable(final Lease lease)
    {
        final HeldBlock block = heldHere(lease);
        return !block.isShared() && block.arena().isForwardable();
    }

    /**
     * Whether a peer has mapped the memory of this lease's block, so that it can be offered to it.
     */
    public boolean isAttached(final Lease lease, final long peerHigh, final long peerLow)
    {
        final HeldBlock block = heldHere(lease);
        return LeaseDirectory.NO_SLOT != block.arena().directory().slotThatMapped(block.segment().index(), peerHigh,
            peerLow);
    }

    /**
     * Where a peer attaches the arena of this lease's block.
     *
     * @throws IllegalStateException when nothing is held, or it is another node's.
     */
    public ArenaAddress addressOf(final Lease lease)
    {
        return heldHere(lease).arena().address();
    }

    /**
     * Copies what is held into a block of this node's own arena, which takes its place.
     *
     * @return false when there is no such block now, and nothing has changed.
     * @throws MeshException        when it is longer than this node's blocks, or not even the first one can be made.
     * @throws IllegalStateException when nothing is held, or it is another node's.
     */
    public boolean copy(final Lease lease)
    {
        final HeldBlock from = heldHere(lease);
        final Lease copy = new Lease();
        if (tryAcquire(from.length(), copy) < 0)
        {
            return false;
        }
        copy.buffer().putBytes(0, from.buffer(), 0, from.length());
        from.release();
        copy.block().moveTo(from);
        return true;
    }

    /**
     * Of the memory that this node's arena is made of, and by which it attaches to those of others: equal where that
     * can be.
     */
    public long memoryToken()
    {
        return memory.token();
    }

    /**
     * Attaches to another node's arena and maps all that it has, so that its blocks can be received. A second time maps
     * what was added.
     *
     * @return whether it is another's: its own a node has.
     * @throws MeshException DIRECT_UNAVAILABLE, TABLE_FULL or PROTOCOL_VIOLATION, saying why not.
     */
    public boolean attach(final ArenaAddress address)
    {
        if (address.instanceHigh() == instanceHigh && address.instanceLow() == instanceLow)
        {
            return false;
        }
        synchronized (setUp)
        {
            if (isClosed)
            {
                throw new MeshException(ErrorCode.NODE_CLOSED, "node '" + name + "' is closed");
            }
            attachments.attach(address);
            return true;
        }
    }

    /**
     * Takes back what a dead node had, if the kernel says that its process is gone. What the dead gave to this node
     * stays, until {@link #settle}.
     *
     * @return whether it is done.
     */
    public boolean reclaim(final String deadName, final long deadHigh, final long deadLow)
    {
        if (memory.isAlive(deadName, deadHigh, deadLow))
        {
            return false;
        }
        attachments.orphan(deadHigh, deadLow);
        final LeaseArena arena = own;
        if (null != arena)
        {
            arena.reclaim(deadHigh, deadLow);
        }
        return true;
    }

    /**
     * Names those who have taken part in this node's arena since it was asked last, so that their death is watched. One
     * thread.
     */
    public void newHolders(final HolderListener listener)
    {
        final LeaseArena arena = own;
        if (null != arena)
        {
            arena.newHolders(listener);
        }
    }

    /**
     * Told of others that may hold blocks of this node.
     */
    @FunctionalInterface
    public interface HolderListener
    {
        /**
         * A node has attached.
         */
        void onHolder(String holderName, long holderHigh, long holderLow);
    }

    /**
     * Frees what a dead node gave to this node in handles that never came. To be called once all that it sent has been
     * read: what is accepted by then stays held. The dead's own arena is left, as soon as nothing of it is on its way
     * from others who live; what is held of it stays until it is released.
     *
     * @return blocks that were freed.
     */
    public int settle(final long deadHigh, final long deadLow)
    {
        final LeaseArena arena = own;
        return (null == arena ? 0 : arena.settle(deadHigh, deadLow)) + attachments.settle(deadHigh, deadLow);
    }

    /**
     * Part of the node's duty cycle: looks at blocks that are out, and maps what owners added. One thread.
     *
     * @return amount of work done.
     */
    public int tend()
    {
        final LeaseArena arena = own;
        return (null == arena ? 0 : arena.tend()) + attachments.tend();
    }

    /**
     * Bytes of shared memory that this node's arena has.
     */
    public long arenaLength()
    {
        final LeaseArena arena = own;
        return null == arena ? 0 : arena.length();
    }

    /**
     * Blocks that this node holds, of all arenas.
     */
    public long blocksHeld()
    {
        final LeaseArena arena = own;
        return (null == arena ? 0 : arena.useCount()) + attachments.useCount();
    }

    /**
     * Blocks of this node that others have, or had when it last looked.
     */
    public long blocksOut()
    {
        final LeaseArena arena = own;
        return null == arena ? 0 : arena.blocksOut();
    }

    /**
     * Blocks of this node that are not used any more, because someone wrote over their state.
     */
    public long blocksCorrupt()
    {
        final LeaseArena arena = own;
        return null == arena ? 0 : arena.blocksCorrupt();
    }

    /**
     * Blocks of other nodes that are held here.
     */
    public long heldOfOthers()
    {
        return attachments.useCount();
    }

    /**
     * Slots of this node's arena that others have, or have left and are not free again yet.
     */
    public int attachedCount()
    {
        final LeaseArena arena = own;
        return null == arena ? 0 : arena.takenSlots();
    }

    /**
     * Gives out and accepts nothing more. Leases that are held here stay mapped and can be released; each arena is
     * unmapped with the last of them, and blocks of this node that others hold stay mapped there. What is held of
     * others stays held until it is released, or the process ends: see {@link #heldOfOthers()}. Idempotent.
     */
    @Override
    public void close()
    {
        synchronized (setUp)
        {
            if (!isClosed)
            {
                isClosed = true;
                if (null != own)
                {
                    own.unlink();
                    own.close();
                }
                attachments.close();
            }
        }
    }
}
