package io.aeromesh.internal.session;

import io.aeromesh.Lease;
import io.aeromesh.MessageClaim;
import io.aeromesh.MessageSink;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.direct.ClaimHolder;
import io.aeromesh.internal.direct.Position;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.lease.SentLeases;
import io.aeromesh.os.Parking;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The ring that an application writes messages into, and that keeps them until they are acknowledged.
 * <p>
 * <b>Threading:</b> the application's thread appends; the agent's reads and frees. The tail is released by the one and
 * acquired by the other, the freed position the other way; bytes between the two belong to the agent, the rest to the
 * application. What the application was refused is a volatile of its own, written behind the tail.
 * <b>Allocation:</b> none after construction.
 */
public final class SendStream implements ClaimHolder
{
    private final int capacity;
    private final int mask;
    private final int messageLengthMax;
    private final UnsafeBuffer ring;
    private final Parking agent;
    private final Position tail = new Position();
    private final Position freed = new Position();
    private volatile long jumpPosition;
    private volatile LeaseRanges leases;
    private volatile boolean isAbandoned;
    private volatile long lackedPosition;

    // application thread
    private long appTail;
    private long cachedFreed;
    private long claimEnd = -1;
    private int claimOffset;
    private int claimLength;

    /**
     * @param capacity in bytes, a power of two.
     * @param agent    that is woken for what is appended, if it sleeps.
     */
    SendStream(final int capacity, final Parking agent)
    {
        this.agent = agent;
        this.capacity = capacity;
        mask = capacity - 1;
        messageLengthMax = StreamRecord.lengthMax(capacity);
        ring = new UnsafeBuffer(BufferUtil.allocateDirectAligned(capacity, StreamRecord.ALIGNMENT));
    }

    int capacity()
    {
        return capacity;
    }

    /**
     * Up to where this stream must be freed for what was refused last, in bytes; 0: something was appended since. Any
     * thread.
     */
    long lackedPosition()
    {
        return lackedPosition;
    }

    /**
     * Refuses what needs this stream to be freed up to a position.
     */
    private long refuse(final long position)
    {
        if (lackedPosition != position)
        {
            lackedPosition = position;
            agent.wake(); // who is in the way may be evicted, and no acknowledgement may come meanwhile
        }
        return MessageSink.BACK_PRESSURED;
    }

    private void appended()
    {
        if (lackedPosition != 0)
        {
            lackedPosition = 0; // not each time, as it costs a fence
        }
    }

    int messageLengthMax()
    {
        return messageLengthMax;
    }

    long offer(final DirectBuffer source, final int offset, final int length)
    {
        final long end = claim(length);
        if (end > 0)
        {
            ring.putBytes(claimOffset, source, offset, length);
            commit();
        }
        return end;
    }

    long tryClaim(final int length, final MessageClaim claim)
    {
        final long end = claim(length);
        if (end > 0)
        {
            claim.wrap(this, ring, claimOffset, length);
        }
        return end;
    }

    @Override
    public void commit()
    {
        requireClaim();
        commit(StreamRecord.MESSAGE);
    }

    private void commit(final int type)
    {
        StreamRecord.writeHeader(ring, claimOffset - StreamRecord.HEADER_LENGTH, claimLength, type);
        appTail = claimEnd;
        claimEnd = -1;
        tail.setRelease(appTail);
        appended();
        agent.wake();
    }

    @Override
    public void abort()
    {
        // padding that was written for it is overwritten by the next claim
        requireClaim();
        claimEnd = -1;
    }

    private void requireNoClaim()
    {
        if (claimEnd >= 0)
        {
            throw new IllegalStateException("a claim is outstanding: commit or abort it first");
        }
    }

    private void requireClaim()
    {
        if (claimEnd < 0)
        {
            throw new IllegalStateException("no claim is outstanding: it was committed or aborted before");
        }
    }

    private long claim(final int length)
    {
        if (length < 0 || length > messageLengthMax)
        {
            throw new MeshException(ErrorCode.MESSAGE_TOO_LONG,
                "need 0 <= length <= " + messageLengthMax + ": length=" + length + ", windowLength=" + capacity);
        }
        requireNoClaim();

        final int total = StreamRecord.totalLength(length);
        final int offset = (int)appTail & mask;
        final int toEnd = capacity - offset;
        final int padding = total > toEnd ? toEnd : 0;
        final long end = appTail + padding + total;
        if (!hasRoomTo(end))
        {
            return refuse(end - capacity);
        }

        if (padding > 0)
        {
            StreamRecord.writeHeader(ring, offset, padding - StreamRecord.HEADER_LENGTH, StreamRecord.PADDING);
        }
        claimOffset = (padding > 0 ? 0 : offset) + StreamRecord.HEADER_LENGTH;
        claimLength = length;
        claimEnd = end;
        return end;
    }

    /**
     * Takes over a lease, whose bytes become a range of the stream without being moved. It needs room for its header
     * alone; what comes behind it waits until the peer has consumed enough of it.
     */
    long transfer(final Lease lease)
    {
        requireNoClaim();
        if (!hasRoomTo(appTail + StreamRecord.HEADER_LENGTH))
        {
            return refuse(appTail + StreamRecord.HEADER_LENGTH - capacity);
        }
        if (!ranges().hasRoom())
        {
            return refuse(ranges().oldestEnd());
        }
        final long end = appendBytes(lease);
        publishTail(end);
        return end;
    }

    /**
     * Hands a lease over to the one peer: what goes into the stream is its handle.
     *
     * @return as {@link MessageSink#transfer}, or {@link NodeLeases#NOT_ATTACHED}, and nothing has changed.
     */
    long handOver(final Lease lease, final SentLeases sent)
    {
        if (!sent.hasRoom())
        {
            sent.settle(freed.getAcquire());
        }
        final long end = sent.hasRoom() ? claim(NodeLeases.HANDLE_LENGTH) : MessageSink.BACK_PRESSURED;
        if (end < 0)
        {
            return end;
        }
        int result = NodeLeases.NOT_ATTACHED;
        try
        {
            result = sent.offer(lease);
        }
        finally
        {
            if (result < 0)
            {
                abort(); // also when its owner took it back, which is thrown
            }
        }
        if (result < 0)
        {
            return result;
        }
        ring.putBytes(claimOffset, sent.handles(), sent.handleOffset(), NodeLeases.HANDLE_LENGTH);
        sent.sent(end);
        commit(StreamRecord.HANDLE);
        return end;
    }

    /**
     * Gives a share of a lease to each of some peers, and keeps one until all have consumed the message.
     *
     * @param peers  as {@link NodeLeases#offerToMany}.
     * @param others whether there are others too, for whom the bytes follow.
     * @return as {@link MessageSink#transfer}, or {@link NodeLeases#NOT_ATTACHED} when not all of the peers can have a
     *     share now, and none has.
     */
    long share(
        final Lease lease, final NodeLeases from, final long[] peers, final int count, final boolean others)
    {
        final long handleEnd = claim(NodeLeases.SHARES_LENGTH);
        if (handleEnd < 0)
        {
            return handleEnd;
        }
        if (!ranges().hasRoom())
        {
            abort();
            return refuse(ranges().oldestEnd());
        }
        if (others && !hasRoomTo(handleEnd + StreamRecord.HEADER_LENGTH))
        {
            abort();
            return refuse(handleEnd + StreamRecord.HEADER_LENGTH - capacity);
        }
        int result = NodeLeases.NOT_ATTACHED;
        try
        {
            result = from.offerToMany(lease, peers, count, ring, claimOffset);
        }
        finally
        {
            if (result < 0)
            {
                abort();
            }
        }
        if (result < 0)
        {
            return NodeLeases.NOT_ATTACHED;
        }
        StreamRecord.writeHeader(ring, claimOffset - StreamRecord.HEADER_LENGTH, claimLength,
            others ? StreamRecord.SHARE_OR_BYTES : StreamRecord.SHARE);
        appTail = claimEnd;
        claimEnd = -1;
        if (others)
        {
            appendBytes(lease);
        }
        else
        {
            ranges().add(lease, appTail, appTail);
        }
        publishTail(appTail);
        return appTail;
    }

    private LeaseRanges ranges()
    {
        if (leases == null)
        {
            leases = new LeaseRanges();
        }
        return leases;
    }

    private boolean hasRoomTo(final long end)
    {
        if (end - cachedFreed > capacity)
        {
            cachedFreed = freed.getAcquire();
        }
        return end - cachedFreed <= capacity;
    }

    private long appendBytes(final Lease lease)
    {
        final int length = lease.length();
        final long begin = appTail + StreamRecord.HEADER_LENGTH;
        final long end = appTail + StreamRecord.totalLength(length);
        StreamRecord.writeHeader(ring, (int)appTail & mask, length, StreamRecord.LEASE);
        ranges().add(lease, begin, end);
        appTail = end;
        return end;
    }

    private void publishTail(final long end)
    {
        tail.setRelease(end);
        appended();
        agent.wake();
        if (isAbandoned)
        {
            ranges().freeAll();
        }
    }

    /**
     * Nothing is sent any more: leases are released, also one that is just being transferred. Agent thread.
     */
    void abandon()
    {
        isAbandoned = true;
        if (leases != null)
        {
            leases.freeAll();
        }
    }

    /**
     * End of what the application has accepted. Application thread.
     */
    long appTail()
    {
        return appTail;
    }

    /**
     * Whether the peer has consumed all that went this way, and no claim is outstanding. Application thread.
     */
    boolean isSettled()
    {
        return claimEnd < 0 && freed.getAcquire() >= appTail;
    }

    /**
     * Whether a claim is outstanding. Application thread.
     */
    boolean hasClaim()
    {
        return claimEnd >= 0;
    }

    /**
     * Goes on at a position: what lies between went another way. Only when settled, or at the end of a session.
     * Application thread.
     */
    void jump(final long position)
    {
        appTail = position;
        cachedFreed = position;
        jumpPosition = position; // before the tail, so that who sees the tail sees why
        tail.setRelease(position);
    }

    /**
     * Where this way was last taken up again; what is before it and was not sent went another way. Agent thread, after
     * {@link #tailPosition()}.
     */
    long jumpPosition()
    {
        return jumpPosition;
    }

    /**
     * Up to here the peer has consumed. Any thread.
     */
    long freedPosition()
    {
        return freed.getAcquire();
    }

    /**
     * End of what the application has accepted, as the agent sees it.
     */
    long tailPosition()
    {
        return tail.getAcquire();
    }

    /**
     * Lets the application overwrite up to the position. Agent thread.
     */
    void free(final long position)
    {
        if (position != freed.getPlain())
        {
            if (leases != null)
            {
                leases.free(position);
            }
            freed.setRelease(position);
        }
    }

    /**
     * Length of the range from the position that is contiguous, in the ring or in a lease, at most the given one.
     */
    int contiguous(final long position, final int length)
    {
        final LeaseRanges ranges = leases;
        return Math.min(ranges == null ? length : ranges.together(position, length),
            capacity - ((int)position & mask));
    }

    /**
     * Copies a contiguous range out. Agent thread.
     */
    public void copyTo(final long position, final int length, final MutableDirectBuffer target, final int targetOffset)
    {
        final LeaseRanges ranges = leases;
        if (ranges == null || !ranges.copyTo(position, length, target, targetOffset))
        {
            target.putBytes(targetOffset, ring, (int)position & mask, length);
        }
    }

    /**
     * Position of the record behind the one at the position. Agent thread.
     */
    long nextRecord(final long position)
    {
        final long header = StreamRecord.readHeader(ring, (int)position & mask);
        return position + StreamRecord.totalLength(StreamRecord.length(header));
    }
}
