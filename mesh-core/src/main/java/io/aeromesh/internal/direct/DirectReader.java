package io.aeromesh.internal.direct;

import io.aeromesh.ControlledMessageHandler;
import io.aeromesh.ControlledMessageHandler.Action;
import io.aeromesh.Lease;
import io.aeromesh.MessageOrigin;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.lease.LeasePeer;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.lease.ReceivedLease;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The reading half of a direct channel at one end.
 * <p>
 * <b>Memory order.</b> Headers are loaded with acquire. Consumed position and freed bytes are stored with release after
 * the handlers returned: at the end of a poll, on {@link Action#COMMIT}, and after each eighth of the ring; the writer
 * looks at them only when it runs out of room, so their line stays here.
 * <p>
 * <b>Threading:</b> the end's thread. <b>Allocation:</b> none, but to name what is corrupt.
 * <p>
 * <b>Trust.</b> The peer can change any byte at any time, so no length of its is looked at twice. A header of the ring
 * is loaded into a local, that of the hot line by {@link HotLine#look}; type and length are taken from that local, held
 * against what is left of the ring, or the hot line's length, and then used: by {@link #onRecord}, and by {@link
 * HotLine#take}, which copies the line out for good. A padding must lead exactly to the end, from a place that is not
 * the start, so that following one always comes to an end. Where the next header is follows from lengths that were
 * checked. Of the peer's other words, where its part of the stream begins is only compared for equality, how far it has
 * written only says how long to wait, and whether it took leases back only whether a failure is told. A handle is
 * checked field by field as it is read, see {@link NodeLeases#accept}. A bad header makes this half corrupt for good.
 * What the peer changes in a payload while the handler reads it is its own loss.
 */
public final class DirectReader implements MessageOrigin
{
    private final UnsafeBuffer memory;
    private final HotLine hot;
    private final Distance distance;
    private final UnsafeBuffer hotMessage = new UnsafeBuffer(
        BufferUtil.allocateDirectAligned(DirectLayout.HOT_LENGTH_MAX, DirectLayout.ALIGNMENT));
    private final String source;
    private final int ringOffset;
    private final int ringLength;
    private final int recordLengthMax;
    private final int publishLength;
    private final int beginOffset;
    private final int consumedOffset;
    private final int takenBackOffset;
    private final LeasePeer leasePeer;
    private final ReceivedLease lease = new ReceivedLease();

    private long position;
    private long publishedPosition;
    /** Stream position that the start of the memory stands for: a message in the ring does not change it. */
    private long basePosition;
    /** Bytes of the ring that are free again, less the position: a message in the ring does not change that either. */
    private long freedBeyond;
    private int hotLength = -1;
    private boolean isHotLease;
    private long sealedAt = -1;
    private boolean isCorrupt;
    private volatile String failure;

    DirectReader(
        final UnsafeBuffer memory,
        final HotLine hot,
        final boolean isCreator,
        final String source,
        final int ringOffset,
        final int window,
        final int messageLengthMax,
        final LeasePeer leasePeer)
    {
        this.leasePeer = leasePeer;
        takenBackOffset = DirectLayout.takenBackOffset(!isCreator);
        this.memory = memory;
        distance = new Distance(memory, DirectLayout.writtenOffset(!isCreator));
        this.hot = hot;
        this.source = source;
        this.ringOffset = ringOffset;
        ringLength = DirectLayout.ringLength(window);
        basePosition = -ringOffset;
        recordLengthMax = messageLengthMax + DirectLayout.HEADER_LENGTH;
        publishLength = window >> 3;
        beginOffset = DirectLayout.beginOffset(!isCreator);
        consumedOffset = DirectLayout.consumedOffset(isCreator);
    }

    /**
     * Whether the peer's stream goes on here at that position.
     */
    public boolean beginsAt(final long streamPosition)
    {
        return memory.getLongAcquire(beginOffset) == streamPosition + 1;
    }

    /**
     * Goes on reading at a position at which {@link #beginsAt} was true.
     */
    public void begin(final long streamPosition)
    {
        final long jump = streamPosition - position;
        basePosition += jump;
        freedBeyond -= jump;
        position = streamPosition;
        publishedPosition = streamPosition;
        sealedAt = -1;
        distance.reset();
        memory.putLongRelease(consumedOffset, streamPosition);
    }

    /**
     * Position from which on the stream goes another way, or -1.
     */
    public long sealedAt()
    {
        return sealedAt;
    }

    /**
     * What the peer wrote that can not be, or null. Any thread.
     */
    public String failure()
    {
        return failure;
    }

    @Override
    public String source()
    {
        return source;
    }

    @Override
    public long position()
    {
        return position;
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

    /**
     * Releases a lease that was shown and is not consumed. After the end's thread has let go.
     */
    void releaseLease()
    {
        lease.release();
    }

    /**
     * Up to here the application has consumed.
     */
    public long consumedPosition()
    {
        return position;
    }

    /**
     * Whether nothing committed is left. Only after the peer has ended.
     */
    public boolean isDrained()
    {
        return isCorrupt || sealedAt >= 0 || hotLength < 0 &&
            nextHeader(memory.getLongAcquire(nextOffset())) == 0;
    }

    /**
     * Hands messages to the handler, as {@link io.aeromesh.Channel#controlledPoll}.
     */
    public int poll(final ControlledMessageHandler handler, final int limit)
    {
        if (sealedAt >= 0 || isCorrupt)
        {
            return 0; // what the ring has now is of a part that this half has not begun
        }
        final long freedBefore = freed();
        int count = 0;
        try
        {
            while (count < limit)
            {
                final long before = position;
                distance.await(before);
                final int at = (int)(before - basePosition);
                final long header = hotLength >= 0 ? 0 : memory.getLongAcquire(at);
                final Action action = DirectLayout.isMessageAt(header, before) ?
                    onMessage(header, before, at, handler) : onOther(header, handler);
                if (action == null || action == Action.ABORT)
                {
                    break;
                }
                count++;
                if (action == Action.BREAK)
                {
                    break;
                }
                if (action == Action.COMMIT || before - publishedPosition >= publishLength)
                {
                    publish();
                }
            }
        }
        finally
        {
            if (position != publishedPosition)
            {
                publish();
            }
            distance.onPolled(freed() == freedBefore ? 0 : count, position);
        }
        return count;
    }

    private long freed()
    {
        return position + freedBeyond;
    }

    /**
     * Where the next header in the ring is looked for.
     */
    private int nextOffset()
    {
        return (int)(position - basePosition);
    }

    /**
     * The usual case by itself: a message in the ring that is no lease. A field that changes costs a store for each, so
     * only one does.
     */
    private Action onMessage(final long header, final long before, final int at, final ControlledMessageHandler handler)
    {
        final int length = DirectLayout.length(header);
        if (!isRecord(length, at))
        {
            fail("record", header);
            return null;
        }
        position = before + DirectLayout.align(length);
        final Action action = handler.onMessage(
            memory, at + DirectLayout.HEADER_LENGTH, length - DirectLayout.HEADER_LENGTH, this);
        if (action == Action.ABORT)
        {
            position = before;
        }
        return action;
    }

    private boolean isRecord(final int length, final int at)
    {
        return length >= DirectLayout.HEADER_LENGTH && length <= recordLengthMax &&
            at + DirectLayout.align(length) <= ringOffset + ringLength - DirectLayout.HEADER_LENGTH;
    }

    /**
     * What is not the next message in the ring: one in the hot line, padding, a seal, nothing.
     *
     * @return null when there is no message.
     */
    private Action onOther(final long ringHeader, final ControlledMessageHandler handler)
    {
        if (hotLength >= 0)
        {
            return onHot(handler);
        }
        final long header = nextHeader(ringHeader);
        return hotLength >= 0 ? onHot(handler) : header == 0 ? null : onRecord(header, handler);
    }

    /**
     * Finds the next record: in the ring, whose header it returns, or in the hot line, which it takes. Follows padding.
     */
    private long nextHeader(final long ringHeader)
    {
        long header = ringHeader;
        while (isPadding(header))
        {
            if (!follow(header)) // nor a second one, which would be at the start
            {
                return 0;
            }
            header = memory.getLongAcquire(ringOffset);
        }
        if (DirectLayout.isStamped(header, position))
        {
            return header;
        }
        header = hot.look(position);
        if (header != 0)
        {
            final int length = DirectLayout.length(header);
            if (length < DirectLayout.HEADER_LENGTH || length > DirectLayout.HOT_LENGTH_MAX ||
                DirectLayout.type(header) != DirectLayout.MESSAGE)
            {
                fail("hot line", header);
                return 0;
            }
            hot.take(header, hotMessage);
            hotLength = length;
            isHotLease = DirectLayout.isLease(header);
        }
        return header;
    }

    private boolean isPadding(final long header)
    {
        return DirectLayout.isStamped(header, position) && DirectLayout.type(header) == DirectLayout.PADDING;
    }

    /**
     * Goes to the start of the ring, where the next record will be or is.
     */
    private boolean follow(final long padding)
    {
        final int length = DirectLayout.length(padding);
        final int at = nextOffset();
        if (at == ringOffset || length != ringOffset + ringLength - at)
        {
            fail("padding", padding);
            return false;
        }
        freedBeyond += length;
        basePosition = position - ringOffset;
        return true;
    }

    private Action onHot(final ControlledMessageHandler handler)
    {
        final int length = hotLength;
        final int aligned = DirectLayout.align(length);
        hotLength = -1;
        passHot(aligned);
        final Action action = isHotLease ? onLease(hotMessage, 0, length - DirectLayout.HEADER_LENGTH, handler) :
            handler.onMessage(hotMessage, 0, length - DirectLayout.HEADER_LENGTH, this);
        if (action == Action.ABORT)
        {
            passHot(-aligned);
            hotLength = length;
        }
        return action;
    }

    /**
     * Moves on in the stream and not in the ring.
     */
    private void passHot(final int aligned)
    {
        position += aligned;
        basePosition += aligned;
        freedBeyond -= aligned;
    }

    private Action onRecord(final long header, final ControlledMessageHandler handler)
    {
        final long before = position;
        final int at = nextOffset();
        final int length = DirectLayout.length(header);
        final boolean isSeal = DirectLayout.type(header) == DirectLayout.SEAL;
        if (!isSeal && !DirectLayout.isLease(header))
        {
            return onMessage(header, before, at, handler);
        }
        if (!isRecord(length, at))
        {
            fail("record", header);
            return null;
        }
        position = before + DirectLayout.align(length);
        if (isSeal)
        {
            sealedAt = position;
            return null;
        }
        final Action action =
            onLease(memory, at + DirectLayout.HEADER_LENGTH, length - DirectLayout.HEADER_LENGTH, handler);
        if (action == Action.ABORT)
        {
            position = before;
        }
        return action;
    }

    /**
     * Takes the lease and shows it.
     *
     * @return what the handler said; or ABORT when there is no such lease, and then nothing more is read.
     */
    private Action onLease(
        final UnsafeBuffer buffer, final int offset, final int length, final ControlledMessageHandler handler)
    {
        if (!lease.isWaiting() && !accept(buffer, offset, length))
        {
            return Action.ABORT;
        }
        return lease.show(handler, this);
    }

    private boolean accept(final UnsafeBuffer buffer, final int offset, final int length)
    {
        try
        {
            if (length != NodeLeases.HANDLE_LENGTH)
            {
                throw new MeshException(ErrorCode.PROTOCOL_VIOLATION,
                    "handle of a lease: length=" + length + ", need " + NodeLeases.HANDLE_LENGTH);
            }
            leasePeer.accept(buffer, offset, lease.lease());
            return true;
        }
        catch (final MeshException ex)
        {
            isCorrupt = true;
            if (memory.getLongVolatile(takenBackOffset) == 0) // else the writer has ended, and took its leases back
            {
                failure = ex.getMessage();
            }
            return false;
        }
    }

    private void publish()
    {
        publishedPosition = position;
        memory.putLongRelease(consumedOffset + Long.BYTES, freed());
        memory.putLongRelease(consumedOffset, position);
    }

    private void fail(final String what, final long header)
    {
        isCorrupt = true;
        failure = "bad " + what + ": position=" + position + ", index=" + (nextOffset() - ringOffset) + ", type=" +
            DirectLayout.type(header) + ", length=" + DirectLayout.length(header) + ", longest=" + recordLengthMax;
    }
}
