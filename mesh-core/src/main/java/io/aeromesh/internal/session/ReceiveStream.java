package io.aeromesh.internal.session;

import io.aeromesh.ControlledMessageHandler;
import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import io.aeromesh.MessageOrigin;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.direct.Position;
import io.aeromesh.internal.lease.LeasePeer;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.lease.ReceivedLease;
import io.aeromesh.os.Waiter;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The ring in which a peer's stream is rebuilt and read in place.
 * <p>
 * <b>Threading:</b> the agent writes bytes and releases the received position; the application acquires it, reads, and
 * releases the consumed position. <b>Allocation:</b> none after construction.
 */
final class ReceiveStream implements MessageOrigin
{
    private static final long BLOCK_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final String source;
    private final int capacity;
    private final int mask;
    private final UnsafeBuffer ring;
    private final Waiter waiter;
    private final Position received = new Position();
    private final Position consumed = new Position();
    private volatile boolean ended;
    private volatile String failure;
    private volatile String doubt;
    private volatile boolean letGo;
    private volatile boolean halted;
    private volatile boolean polling;
    private volatile boolean isReadingAsked;
    private volatile long readPosition = -1;
    private final LeasePeer leasePeer;
    private final LeaseAssembly assembly;
    private final ReceivedLease lease;

    // application thread
    private long appConsumed;
    /** Up to here the bytes are those of a lease that this node has had a share of. */
    private long skipEnd;
    private boolean hadShare;
    private long originPosition;
    private boolean lacksBlock;

    ReceiveStream(
        final String source,
        final int capacity,
        final long startPosition,
        final LeasePeer leasePeer,
        final Waiter waiter)
    {
        this.waiter = waiter;
        this.leasePeer = leasePeer;
        assembly = new LeaseAssembly(leasePeer.leases());
        lease = assembly.received();
        this.source = source;
        this.capacity = capacity;
        mask = capacity - 1;
        ring = new UnsafeBuffer(BufferUtil.allocateDirectAligned(capacity, StreamRecord.ALIGNMENT));
        appConsumed = startPosition;
        received.setRelease(startPosition);
        consumed.setRelease(startPosition);
    }

    @Override
    public String source()
    {
        return source;
    }

    @Override
    public long position()
    {
        return originPosition;
    }

    @Override
    public boolean isLease()
    {
        return lease.isShown();
    }

    @Override
    public void take(final Lease into)
    {
        lease.take(into);
    }

    int capacity()
    {
        return capacity;
    }

    /**
     * Puts a range of the stream at its place. Agent thread; the caller has checked that it is within the window.
     */
    void put(final long position, final DirectBuffer buffer, final int offset, final int length)
    {
        final int index = (int)position & mask;
        final int first = Math.min(length, capacity - index);
        ring.putBytes(index, buffer, offset, first);
        if (first < length)
        {
            ring.putBytes(0, buffer, offset + first, length - first);
        }
    }

    void received(final long position)
    {
        received.setRelease(position);
        if (waiter != null)
        {
            waiter.wake();
        }
    }

    long consumedPosition()
    {
        return consumed.getAcquire();
    }

    /**
     * Goes on at a position: what lies between came another way. Application thread, when all that came this way is
     * consumed.
     */
    void jump(final long position)
    {
        appConsumed = position;
        consumed.setRelease(position);
    }

    /**
     * Up to here the application has consumed. Application thread.
     */
    long appConsumed()
    {
        return appConsumed;
    }

    /**
     * How long the reader may sleep, in nanoseconds: who releases the block that a lease waits for wakes nobody.
     * Application thread, after a poll.
     */
    long sleepNsMax()
    {
        return lacksBlock ? BLOCK_WAIT_NS : Long.MAX_VALUE;
    }

    /**
     * Nothing more will come. Agent thread, after the last {@link #received}.
     */
    void end()
    {
        ended = true;
    }

    /**
     * Nothing more is to be consumed. Agent thread. A handler that is at work may still finish.
     */
    void halt()
    {
        halted = true;
    }

    /**
     * Whether no handler is at work, so that after {@link #halt()} the consumed position is final. Agent thread.
     */
    boolean isQuiet()
    {
        return !polling;
    }

    /**
     * The end is closed: nothing more is to be consumed, and a lease that came half-way is released, at once or by the
     * handler's thread when it returns. Agent thread.
     */
    void abandon()
    {
        halted = true;
        if (!polling)
        {
            assembly.release();
        }
    }

    /**
     * Releases a lease that came half-way. Application thread, once the stream is drained.
     */
    void releaseLease()
    {
        assembly.release();
    }

    /**
     * What the peer wrote that can not be, or null. Any thread.
     */
    String failure()
    {
        return failure;
    }

    /**
     * What the peer wrote that can not be while its session lasts, or null: once that is over, it takes back what it
     * gave. Any thread.
     */
    String doubt()
    {
        return doubt;
    }

    /**
     * Whether nothing more is read, because of what the peer wrote. Any thread.
     */
    boolean isStuck()
    {
        return failure != null || doubt != null;
    }

    /**
     * Whether nothing more will come and all whole records have been consumed. Application thread.
     */
    boolean isDrained()
    {
        return ended && (isStuck() || !hasRecord(received.getAcquire()));
    }

    /**
     * Gives the stream back to the agent once it is drained. Application thread.
     *
     * @return whether it was.
     */
    boolean letGoWhenDrained()
    {
        if (!letGo && isDrained())
        {
            assembly.release();
            letGo = true;
        }
        return letGo;
    }

    /**
     * Whether the application has finished with the stream. Agent thread.
     */
    boolean isLetGo()
    {
        return letGo;
    }

    private boolean hasRecord(final long limit)
    {
        if (assembly.isUnderWay())
        {
            return limit - appConsumed >= assembly.missing();
        }
        final long next = Math.max(appConsumed, skipEnd);
        return limit - next >= StreamRecord.HEADER_LENGTH && limit - next >= StreamRecord
            .totalLength(StreamRecord.length(StreamRecord.readHeader(ring, (int)next & mask)));
    }

    /**
     * Whether the application has found no more whole message before the position, as far as it has been asked, which
     * this call does. Agent thread.
     */
    boolean isReadUpTo(final long position)
    {
        isReadingAsked = true;
        return isStuck() || consumed.getAcquire() >= position || readPosition >= position;
    }

    int poll(final ControlledMessageHandler handler, final int limit)
    {
        final long end = received.getAcquire();
        final int count = poll(handler, limit, end);
        if (isReadingAsked && !hasRecord(end))
        {
            readPosition = end;
        }
        return count;
    }

    private int poll(final ControlledMessageHandler handler, final int limit, final long end)
    {
        if (appConsumed >= end || isStuck())
        {
            return 0;
        }
        int count = 0;
        lacksBlock = false;
        polling = true; // before the look at halted, as the agent does it the other way round
        try
        {
            while (count < limit && appConsumed < end && !halted)
            {
                if (assembly.isUnderWay())
                {
                    final ControlledMessageHandler.Action action = onLease(end, handler);
                    if (action == null || action == ControlledMessageHandler.Action.ABORT)
                    {
                        break; // more has to come, or it comes again
                    }
                    count++;
                    if (action == ControlledMessageHandler.Action.BREAK)
                    {
                        break;
                    }
                    if (action == ControlledMessageHandler.Action.COMMIT)
                    {
                        consumed.setRelease(appConsumed);
                    }
                    continue;
                }
                if (appConsumed < skipEnd)
                {
                    appConsumed = Math.min(skipEnd, end);
                    continue;
                }
                final long position = appConsumed;
                final int offset = (int)position & mask;
                final long header = StreamRecord.readHeader(ring, offset);
                if (StreamRecord.type(header) == StreamRecord.LEASE)
                {
                    if (!beginLease(StreamRecord.length(header)))
                    {
                        break;
                    }
                    continue;
                }
                final int total = checkedTotal(header, offset);
                if (total < 0 || position + total > end)
                {
                    break;
                }
                appConsumed = position + total;
                if (StreamRecord.type(header) != StreamRecord.PADDING)
                {
                    originPosition = appConsumed;
                    final ControlledMessageHandler.Action action =
                        StreamRecord.type(header) == StreamRecord.MESSAGE ? handler.onMessage(
                            ring, offset + StreamRecord.HEADER_LENGTH, StreamRecord.length(header), this) :
                            onHandle(StreamRecord.type(header), offset + StreamRecord.HEADER_LENGTH, handler);
                    if (action == ControlledMessageHandler.Action.ABORT)
                    {
                        appConsumed = position;
                        break;
                    }
                    if (action == null)
                    {
                        continue;
                    }
                    count++;
                    if (action == ControlledMessageHandler.Action.BREAK)
                    {
                        break;
                    }
                    if (action == ControlledMessageHandler.Action.COMMIT)
                    {
                        consumed.setRelease(appConsumed);
                    }
                }
            }
        }
        finally
        {
            if (appConsumed != consumed.getPlain())
            {
                consumed.setRelease(appConsumed);
            }
            polling = false;
            if (halted)
            {
                assembly.release();
            }
        }
        return count;
    }

    /**
     * @return false when there is no block for it now, or can never be.
     */
    private boolean beginLease(final int length)
    {
        if (hadShare && length > 0 && length <= LeaseConfig.BLOCK_LENGTH_LIMIT)
        {
            hadShare = false;
            skipEnd = appConsumed + StreamRecord.totalLength(length);
            return true;
        }
        if (!assembly.isPossible(length))
        {
            failure = "a lease of " + length + " bytes can not be received: need 1 to " + assembly.lengthMax() +
                ", the blockLengthMax of this node's LeaseConfig";
            return false;
        }
        if (!assembly.begin(length))
        {
            lacksBlock = true;
            return false;
        }
        appConsumed += StreamRecord.HEADER_LENGTH;
        return true;
    }

    /**
     * Moves what has come of a lease to its block, and shows it once it is complete. Its last word is consumed with it.
     *
     * @return what the handler said, or null while bytes are missing.
     */
    private ControlledMessageHandler.Action onLease(final long end, final ControlledMessageHandler handler)
    {
        final int missing = assembly.missing();
        if (missing > 0)
        {
            final int length = (int)Math.min(missing, end - appConsumed);
            final int offset = (int)appConsumed & mask;
            final int first = Math.min(length, capacity - offset);
            assembly.put(ring, offset, first);
            assembly.put(ring, 0, length - first);
            if (length < missing)
            {
                appConsumed += length;
                return null;
            }
            appConsumed += length - StreamRecord.ALIGNMENT;
        }
        final long position = appConsumed;
        appConsumed = position + StreamRecord.ALIGNMENT;
        originPosition = appConsumed;
        ControlledMessageHandler.Action action = null;
        try
        {
            action = lease.show(handler, this);
        }
        finally
        {
            if (action == ControlledMessageHandler.Action.ABORT)
            {
                appConsumed = position;
            }
            else
            {
                assembly.end();
            }
        }
        return action;
    }

    /**
     * Takes the lease that a handle stands for, and shows it.
     *
     * @return what the handler said, or null when it is for others; or ABORT when there is no such lease: then nothing
     *     more is read.
     */
    private ControlledMessageHandler.Action onHandle(
        final int type, final int offset, final ControlledMessageHandler handler)
    {
        if (type == StreamRecord.SHARE_OR_BYTES && !lease.isWaiting() && !leasePeer.leases().isGivenShare(ring, offset))
        {
            return null;
        }
        if (!lease.isWaiting() && !accept(offset))
        {
            return ControlledMessageHandler.Action.ABORT;
        }
        hadShare = type == StreamRecord.SHARE_OR_BYTES; // also when the handler throws, which consumes it
        if (hadShare)
        {
            originPosition += StreamRecord.totalLength(lease.length()); // to its sender the bytes are part of it
        }
        final ControlledMessageHandler.Action action = lease.show(handler, this);
        hadShare &= action != ControlledMessageHandler.Action.ABORT;
        return action;
    }

    private boolean accept(final int offset)
    {
        try
        {
            leasePeer.accept(ring, offset, lease.lease());
            return true;
        }
        catch (final MeshException ex)
        {
            doubt = ex.getMessage();
            return false;
        }
    }

    /**
     * Length of a record that a peer declares, checked before use: a bad one ends the session and is never followed.
     */
    private int checkedTotal(final long header, final int offset)
    {
        final int length = StreamRecord.length(header);
        final int type = StreamRecord.type(header);
        final boolean isPossible = switch (type)
        {
            case StreamRecord.MESSAGE, StreamRecord.PADDING -> length >= 0;
            case StreamRecord.HANDLE -> length == NodeLeases.HANDLE_LENGTH;
            case StreamRecord.SHARE, StreamRecord.SHARE_OR_BYTES -> length == NodeLeases.SHARES_LENGTH;
            default -> false;
        };
        if (!isPossible || length > capacity - offset - StreamRecord.HEADER_LENGTH)
        {
            failure = "bad record: position=" + appConsumed + ", type=" + type + ", length=" + length;
            return -1;
        }
        return StreamRecord.totalLength(length);
    }
}
