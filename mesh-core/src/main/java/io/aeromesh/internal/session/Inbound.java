package io.aeromesh.internal.session;

import org.agrona.DirectBuffer;

/**
 * The receiving half of a session: rebuilds the peer's stream and knows what to acknowledge.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Owns:</b> the write side of a {@link ReceiveStream}.
 */
final class Inbound
{
    /** Ranges kept beyond the first gap; what needs more is discarded and comes again. */
    static final int RANGES_MAX = 16;
    private static final long NOTHING_DISCARDED = Long.MAX_VALUE;

    private final ReceiveStream stream;
    private final int capacity;
    private final int ackLength;
    private final RangeSet beyond = new RangeSet(RANGES_MAX);
    private long receivedPosition;
    private int echoSequence;
    private boolean hasEcho;
    private long ackedConsumed;
    private long ackedReceived;
    private long quietReceived;
    private boolean ackDue = true;
    private long discardedPosition = NOTHING_DISCARDED;

    Inbound(final ReceiveStream stream, final long startPosition)
    {
        this.stream = stream;
        capacity = stream.capacity();
        ackLength = capacity / 8;
        receivedPosition = startPosition;
        ackedConsumed = startPosition;
        ackedReceived = startPosition;
        quietReceived = startPosition;
    }

    ReceiveStream stream()
    {
        return stream;
    }

    long receivedPosition()
    {
        return receivedPosition;
    }

    RangeSet beyond()
    {
        return beyond;
    }

    int echoSequence()
    {
        return echoSequence;
    }

    /**
     * Notes the transmission sequence of a packet that came by this session's own path.
     */
    void onSequence(final int sequence)
    {
        if (!hasEcho || sequence - echoSequence > 0)
        {
            hasEcho = true;
            echoSequence = sequence;
        }
    }

    /**
     * What the application has consumed and did not come this way came directly: this way goes on from there.
     */
    void followReader()
    {
        final long consumed = stream.consumedPosition();
        if (consumed > receivedPosition)
        {
            receivedPosition = beyond.size() == 0 ? consumed : beyond.advance(consumed);
            stream.received(receivedPosition);
            ackDue = true;
        }
    }

    /**
     * Takes a range of the stream.
     *
     * @return what became of it.
     */
    Taken onData(final long position, final DirectBuffer buffer, final int offset, final int length)
    {
        final long end = position + length;
        if (((position | length) & (StreamRecord.ALIGNMENT - 1)) != 0 || end < position)
        {
            return Taken.MALFORMED;
        }
        followReader();
        if (end <= receivedPosition)
        {
            return Taken.DUPLICATE;
        }
        if (end - stream.consumedPosition() > capacity)
        {
            return Taken.BEYOND_WINDOW;
        }

        final int skip = (int)Math.max(0, receivedPosition - position);
        final long begin = position + skip;
        if (begin > receivedPosition)
        {
            ackDue = true;
            if (!beyond.add(begin, end))
            {
                discardedPosition = Math.min(discardedPosition, begin);
                return Taken.TOO_SCATTERED;
            }
            stream.put(begin, buffer, offset + skip, length - skip);
            return Taken.STORED;
        }

        stream.put(begin, buffer, offset + skip, length - skip);
        receivedPosition = beyond.size() == 0 ? end : beyond.advance(end);
        stream.received(receivedPosition);
        return Taken.STORED;
    }

    /**
     * What became of a range.
     */
    enum Taken
    {
        STORED, DUPLICATE, BEYOND_WINDOW, TOO_SCATTERED, MALFORMED
    }

    void ackDue()
    {
        ackDue = true;
    }

    /**
     * Decides whether to acknowledge in this duty cycle: an eighth of the window has gone by, or a cycle has brought
     * nothing new and there is something to tell. So acknowledgements are batched without a timer.
     */
    boolean isAckDue()
    {
        followReader();
        final long consumed = stream.consumedPosition();
        if (ackDue || consumed - ackedConsumed >= ackLength || receivedPosition - ackedReceived >= ackLength)
        {
            return true;
        }
        final boolean quiet = quietReceived == receivedPosition;
        quietReceived = receivedPosition;
        return quiet && (consumed != ackedConsumed || receivedPosition != ackedReceived);
    }

    /**
     * Whether stream bytes were discarded for want of room for their range, and there is room again.
     */
    boolean isNoticeDue()
    {
        return discardedPosition != NOTHING_DISCARDED && beyond.size() <= RANGES_MAX / 2;
    }

    /**
     * The lowest position that was discarded.
     */
    long discardedPosition()
    {
        return discardedPosition;
    }

    void onNoticeSent()
    {
        discardedPosition = NOTHING_DISCARDED;
    }

    void onAckSent(final long consumed)
    {
        ackDue = false;
        ackedConsumed = consumed;
        ackedReceived = receivedPosition;
    }
}
