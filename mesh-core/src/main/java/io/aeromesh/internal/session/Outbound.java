package io.aeromesh.internal.session;

/**
 * The sending half of a session: what the peer has, and what to send again. Retransmission is a pass over the missing
 * part of a range; a pass is started by an event only:
 * <ul>
 * <li>a gap, seen by the peer in something sent after the last pass (or the pass before it is still under way),</li>
 * <li>a relay's notice that it discarded packets,</li>
 * <li>the answer to a probe, which is sent whenever the path has changed.</li>
 * </ul>
 * <b>Threading:</b> agent thread only.
 */
final class Outbound
{
    private static final int CONGESTION_WINDOW_MIN = 4 * 1024;

    private final SendStream stream;
    private final SendCursor cursor;
    private final long startPosition;
    private final int capacity;
    private final RangeSet peerBeyond = new RangeSet(Inbound.RANGES_MAX);
    private long consumedPosition;
    private long receivedPosition;
    private int congestionWindow;

    private int nextSequence = 1;
    private long passPosition;
    private long passEnd;
    private int passEndSequence;

    private long jumpPosition;
    private boolean isJumpAgreed = true;

    private long probe;
    private long probedPosition;

    Outbound(final SendStream stream, final SendCursor cursor, final long startPosition)
    {
        this.stream = stream;
        this.cursor = cursor;
        this.startPosition = startPosition;
        capacity = stream.capacity();
        congestionWindow = capacity;
        consumedPosition = startPosition;
        receivedPosition = startPosition;
    }

    SendStream stream()
    {
        return stream;
    }

    long startPosition()
    {
        return startPosition;
    }

    long consumedPosition()
    {
        return consumedPosition;
    }

    long receivedPosition()
    {
        return receivedPosition;
    }

    long sentPosition()
    {
        return cursor.position();
    }

    int takeSequence()
    {
        return nextSequence++;
    }

    /**
     * Whether the peer may be sent up to its window. The window is the capacity of both rings.
     */
    long sendLimit()
    {
        return !isJumpAgreed ? cursor.position() :
            Math.min(consumedPosition + capacity, receivedPosition + congestionWindow);
    }

    /**
     * What the application sent another way is none of this one's business: goes on behind it, once the peer has
     * consumed up to there.
     */
    void followWriter()
    {
        final long jump = stream.jumpPosition();
        if (jump > jumpPosition && jump > cursor.position())
        {
            jumpPosition = jump;
            isJumpAgreed = false;
            cursor.position(jump);
            consumedPosition = jump;
            receivedPosition = jump;
            peerBeyond.clear();
            passPosition = 0;
            passEnd = 0;
        }
    }

    /**
     * Takes an acknowledgement. Positions only grow, so that older ones that come late do no harm.
     *
     * @return false when it claims what was never sent, or ends where no record can, and nothing was taken. Of a group
     *     the lowest position counts for all members, so that one of these would be everybody's.
     */
    boolean onAck(final long consumed, final long received)
    {
        followWriter();
        if (consumed > received || received > Math.max(cursor.position(), startPosition) ||
            ((consumed | received) & StreamRecord.ALIGNMENT - 1) != 0)
        {
            return false;
        }
        isJumpAgreed |= consumed >= jumpPosition;
        if (received > receivedPosition)
        {
            final long grown = congestionWindow + (received - receivedPosition) / 8;
            congestionWindow = (int)Math.min(capacity, grown);
            receivedPosition = received;
        }
        consumedPosition = Math.max(consumedPosition, consumed);
        return true;
    }

    RangeSet peerBeyond()
    {
        return peerBeyond;
    }

    /**
     * Called after the ranges of an acknowledgement have been put into {@link #peerBeyond()}: a gap below what the peer
     * has is a loss, unless it is being repaired.
     */
    void onGaps(final int echoSequence)
    {
        final long end = Math.min(peerBeyond.highestEnd(receivedPosition), cursor.position());
        if (end > receivedPosition && !isPassActive() && echoSequence - (passEndSequence - 1) >= 0)
        {
            startPass(receivedPosition, end);
        }
    }

    /**
     * A relay discarded from the position on.
     */
    void onCongestion(final long position)
    {
        congestionWindow = Math.max(Math.min(CONGESTION_WINDOW_MIN, capacity), congestionWindow / 2);
        startPass(Math.max(position, receivedPosition), cursor.position());
    }

    long startProbe()
    {
        probedPosition = cursor.position();
        return ++probe;
    }

    void onProbeAnswer(final long answer)
    {
        if (answer == probe)
        {
            startPass(receivedPosition, probedPosition);
        }
    }

    /**
     * Sends again what the peer misses up to where this stream has been sent.
     */
    void repairAll()
    {
        startPass(receivedPosition, cursor.position());
    }

    private void startPass(final long begin, final long end)
    {
        if (isPassActive())
        {
            passPosition = Math.min(passPosition, begin);
            passEnd = Math.max(passEnd, end);
        }
        else if (begin < end)
        {
            passPosition = begin;
            passEnd = end;
        }
    }

    boolean isPassActive()
    {
        return passPosition < passEnd;
    }

    /**
     * Next position to send again, or -1 when nothing is left of the pass.
     */
    long nextRepair()
    {
        if (!isPassActive())
        {
            return -1;
        }
        passPosition = Math.max(passPosition, receivedPosition);
        passPosition = peerBeyond.firstMissing(passPosition);
        if (passPosition >= passEnd)
        {
            endPass();
            return -1;
        }
        return passPosition;
    }

    /**
     * Length of the missing range at the position that {@link #nextRepair()} gave.
     */
    int repairLength(final int limit)
    {
        return (int)Math.min(limit, peerBeyond.nextBegin(passPosition, passEnd) - passPosition);
    }

    void repaired(final int length)
    {
        passPosition += length;
        if (passPosition >= passEnd)
        {
            endPass();
        }
    }

    private void endPass()
    {
        passPosition = 0;
        passEnd = 0;
        passEndSequence = nextSequence;
    }

    /**
     * The cursor moves on as one session sends; a broadcast moves it for all.
     */
    void sent(final int length)
    {
        cursor.position(cursor.position() + length);
    }
}
