package io.aeromesh.internal.direct;

import io.aeromesh.Lease;
import io.aeromesh.MessageSink;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.lease.SentLeases;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The writing half of a direct channel at one end. A short message goes through the hot line while this end has the
 * turn, every other one into the ring, packed. Positions are those of the session's stream, whichever way it goes.
 * <p>
 * <b>Memory order.</b> The reader looks at the hot line and at one header of the ring, the one behind the last record.
 * Invariant: that header is zero or a committed record. {@link #commit} first makes the header behind the new record
 * zero (plain; most often it is already), then stores the new header with release. A record that does not fit before
 * the end is stored at the start first, then the padding that leads to it. Room is claimed only where the reader's
 * freed count, loaded with acquire, has passed; the reader stores it with release after its handlers have returned.
 * <p>
 * <b>Threading:</b> the end's thread, except {@link #acceptedPosition()} and {@link #consumedPosition()}: any.
 * <b>Allocation:</b> none. <b>Trust:</b> what the reader publishes may only grow, up to what was written; anything else
 * counts as nothing, so a hostile reader stops its own channel only.
 */
public final class DirectWriter implements ClaimHolder
{
    private static final int NO_CLAIM = -1;

    private final UnsafeBuffer memory;
    private final HotLine hot;
    private final int ringOffset;
    private final int ringLength;
    private final int messageLengthMax;
    private final int beginOffset;
    private final int consumedOffset;
    private final int takenBackOffset;
    private final SentLeases leases;
    private final Position accepted = new Position();

    private long tail;
    private int index;
    private long written;
    private long freed;
    private int claimLength = NO_CLAIM;
    private int claimPadding;
    private boolean isClaimHot;

    DirectWriter(
        final UnsafeBuffer memory,
        final HotLine hot,
        final boolean isCreator,
        final int ringOffset,
        final int window,
        final int messageLengthMax,
        final SentLeases leases)
    {
        this.memory = memory;
        this.hot = hot;
        this.ringOffset = ringOffset;
        ringLength = DirectLayout.ringLength(window);
        this.messageLengthMax = messageLengthMax;
        this.leases = leases;
        takenBackOffset = DirectLayout.takenBackOffset(isCreator);
        beginOffset = DirectLayout.beginOffset(isCreator);
        consumedOffset = DirectLayout.consumedOffset(!isCreator);
    }

    /**
     * Goes on with the stream at a position: what comes before it went another way.
     */
    public void begin(final long position)
    {
        tail = position;
        accepted.setRelease(position);
        // 0 is what the memory has at first: positions are told one off
        memory.putLongRelease(beginOffset, position + 1);
    }

    /**
     * Copies a message in.
     *
     * @return as {@link MessageSink#offer}.
     */
    public long offer(final DirectBuffer source, final int offset, final int length)
    {
        if (!claim(length))
        {
            return MessageSink.BACK_PRESSURED;
        }
        memory.putBytes(claimOffset(), source, offset, length);
        commit();
        return tail;
    }

    /**
     * Claims room for a message.
     *
     * @return the stream position behind the message, or {@link MessageSink#BACK_PRESSURED}.
     */
    public long tryClaim(final int length)
    {
        return claim(length) ? tail + DirectLayout.align(length + DirectLayout.HEADER_LENGTH) :
            MessageSink.BACK_PRESSURED;
    }

    /**
     * Where the claimed message is written in {@link #buffer()}.
     */
    public int claimOffset()
    {
        return isClaimHot ? DirectLayout.HOT_OFFSET + DirectLayout.HEADER_LENGTH :
            ringOffset + (claimPadding == 0 ? index : 0) + DirectLayout.HEADER_LENGTH;
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return memory;
    }

    private boolean claim(final int length)
    {
        if (length < 0 || length > messageLengthMax || claimLength != NO_CLAIM)
        {
            throw badClaim(length);
        }
        if (hot.hasTurn() && length <= DirectLayout.HOT_LENGTH_MAX - DirectLayout.HEADER_LENGTH)
        {
            isClaimHot = true;
        }
        else
        {
            final int aligned = DirectLayout.align(length + DirectLayout.HEADER_LENGTH);
            if (!hasRoom(aligned))
            {
                return false;
            }
            isClaimHot = false;
        }
        claimLength = length;
        return true;
    }

    /**
     * Whether a record fits, with the header behind it; sets the padding that it needs.
     */
    private boolean hasRoom(final int aligned)
    {
        final int untilEnd = ringLength - index;
        claimPadding = aligned + DirectLayout.HEADER_LENGTH > untilEnd ? untilEnd : 0;
        final long needed = written + claimPadding + aligned + DirectLayout.HEADER_LENGTH - ringLength;
        if (needed > freed)
        {
            final long latest = memory.getLongAcquire(consumedOffset + Long.BYTES);
            if (latest >= freed && latest <= written)
            {
                freed = latest;
            }
            return needed <= freed;
        }
        return true;
    }

    @Override
    public void commit()
    {
        if (claimLength == NO_CLAIM)
        {
            throw new IllegalStateException("no claim is outstanding: it was committed or aborted before");
        }
        publish(DirectLayout.MESSAGE, claimLength + DirectLayout.HEADER_LENGTH);
        claimLength = NO_CLAIM;
    }

    private void publish(final int type, final int length)
    {
        final int aligned = DirectLayout.align(length);
        final long header = DirectLayout.header(tail, type, length);
        if (isClaimHot)
        {
            hot.publish(header);
        }
        else
        {
            final int at = claimPadding == 0 ? index : 0;
            if (memory.getLong(ringOffset + at + aligned) != 0)
            {
                memory.putLong(ringOffset + at + aligned, 0);
            }
            memory.putLongRelease(ringOffset + at, header);
            if (claimPadding > 0)
            {
                memory.putLongRelease(ringOffset + index,
                    DirectLayout.header(tail, DirectLayout.PADDING, claimPadding));
            }
            written += claimPadding + aligned;
            index = at + aligned;
        }
        tail += aligned;
        accepted.setRelease(tail);
    }

    @Override
    public void abort()
    {
        if (claimLength == NO_CLAIM)
        {
            throw new IllegalStateException("no claim is outstanding: it was committed or aborted before");
        }
        claimLength = NO_CLAIM;
    }

    /**
     * Whether a claim is outstanding.
     */
    public boolean hasClaim()
    {
        return claimLength != NO_CLAIM;
    }

    /**
     * Tells the reader that the stream goes on another way.
     *
     * @return the position from which on it does, or -1 when there is no room now.
     */
    public long sealPosition()
    {
        return hasRoom(DirectLayout.HEADER_LENGTH) ? tail + DirectLayout.HEADER_LENGTH : -1;
    }

    /**
     * Seals at the position that {@link #sealPosition()} gave just before.
     */
    public void seal()
    {
        isClaimHot = false;
        publish(DirectLayout.SEAL, DirectLayout.HEADER_LENGTH);
    }

    /**
     * Behind the last accepted message. Any thread.
     */
    public long acceptedPosition()
    {
        return accepted.getAcquire();
    }

    /**
     * Up to here the reader's handlers have returned, as far as it can be: never beyond what was accepted. Any thread;
     * takes the line from the reader's core, so not to be called for each message.
     */
    public long consumedPosition()
    {
        return Math.min(memory.getLongAcquire(consumedOffset), accepted.getAcquire());
    }

    /**
     * Hands a lease over: what is written is its handle.
     *
     * @return as {@link MessageSink#transfer}, or {@link NodeLeases#NOT_ATTACHED}, and nothing has changed.
     */
    public long transfer(final Lease lease)
    {
        if (!leases.hasRoom())
        {
            leases.settle(consumedPosition());
        }
        if (!claim(NodeLeases.HANDLE_LENGTH))
        {
            return MessageSink.BACK_PRESSURED;
        }
        int offered = NodeLeases.OVER_LIMIT;
        try
        {
            offered = leases.offer(lease);
        }
        finally
        {
            claimLength = NO_CLAIM;
        }
        if (offered < 0)
        {
            return offered;
        }
        memory.putBytes(claimOffset(), leases.handles(), leases.handleOffset(), offered);
        leases.sent(tail + DirectLayout.align(DirectLayout.HEADER_LENGTH + offered));
        publish(DirectLayout.LEASE, DirectLayout.HEADER_LENGTH + offered);
        return tail;
    }

    /**
     * Takes leases back that the reader has not taken, and says so before: a reader that comes late does not take them
     * for forged. After the end's thread has let go.
     */
    void takeBackLeases()
    {
        memory.putLongVolatile(takenBackOffset, 1);
        leases.takeBack();
    }

    private RuntimeException badClaim(final int length)
    {
        return claimLength != NO_CLAIM ?
            new IllegalStateException("a claim is outstanding: commit or abort it first") :
            new MeshException(ErrorCode.MESSAGE_TOO_LONG,
                "need 0 <= length <= " + messageLengthMax + ": length=" + length);
    }
}
