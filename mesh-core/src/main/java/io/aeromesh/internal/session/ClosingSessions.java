package io.aeromesh.internal.session;

import io.aeromesh.protocol.codec.CloseReason;
import io.aeromesh.status.OccupancyVisitor;
import java.util.ArrayDeque;

/**
 * Sessions that have ended at this end and whose peer has not acknowledged it yet. A Close is sent again on each change
 * of path. Bounded: what is forgotten is answered by a reset when the peer next speaks. Agent thread.
 */
final class ClosingSessions
{
    private static final int LIMIT = 1024;

    private final ArrayDeque<Closing> closing = new ArrayDeque<>();
    private final SessionPackets packets;

    private static final class Closing
    {
        final Destination peer;
        final long peerEnd;
        final long localEnd;
        final long finalPosition;
        final ReceiveStream stream;
        final CloseReason reason;
        boolean due = true;

        Closing(final Session session, final CloseReason reason)
        {
            peer = session.peer();
            peerEnd = session.peerEnd();
            localEnd = session.localEnd();
            finalPosition = session.outbound().sentPosition();
            stream = session.inbound() == null ? null : session.inbound().stream();
            this.reason = reason;
            if (stream != null && (reason == CloseReason.CLOSED_BY_PEER || reason == CloseReason.REPLACED))
            {
                stream.halt(); // what was not consumed until now never will be, and the peer is told so
            }
        }

        boolean isQuiet()
        {
            return stream == null || stream.isQuiet();
        }

        long consumedPosition()
        {
            return stream == null ? 0 : stream.consumedPosition();
        }
    }

    ClosingSessions(final SessionPackets packets)
    {
        this.packets = packets;
    }

    void add(final Session session, final CloseReason reason)
    {
        if (session.peerEnd() != 0)
        {
            if (closing.size() >= LIMIT)
            {
                closing.poll();
            }
            closing.add(new Closing(session, reason));
        }
    }

    void onPathChanged(final Destination peer)
    {
        closing.forEach(session -> session.due |= session.peer == peer);
    }

    /**
     * The peer does not know yet: it is told again.
     *
     * @return whether the session is one of these.
     */
    boolean onPacket(final long localEnd)
    {
        boolean known = false;
        for (final Closing session : closing)
        {
            if (session.localEnd == localEnd)
            {
                session.due = true;
                known = true;
            }
        }
        return known;
    }

    /**
     * A relay has discarded packets for the peer's end: a Close may have been among them.
     */
    void onDiscarded(final long peerEnd)
    {
        closing.forEach(session -> session.due |= session.peerEnd == peerEnd);
    }

    void onCloseAck(final long localEnd)
    {
        closing.removeIf(session -> session.localEnd == localEnd);
    }

    void onPeerGone(final Destination peer)
    {
        closing.removeIf(session -> session.peer == peer);
    }

    void occupancy(final OccupancyVisitor visitor)
    {
        visitor.onTable("closing sessions", closing.size(), LIMIT);
    }

    int doWork()
    {
        if (closing.isEmpty())
        {
            return 0;
        }
        int work = 0;
        for (final Closing session : closing)
        {
            if (session.due && session.isQuiet() &&
                packets.close(session.peer, session.peerEnd, session.localEnd,
                    session.finalPosition, session.consumedPosition(), session.reason))
            {
                session.due = false;
                work++;
            }
        }
        return work;
    }

    /**
     * Whether a node does not know yet that a session with it is over.
     */
    boolean owes(final Destination peer)
    {
        return closing.stream().anyMatch(session -> session.peer == peer);
    }

    /**
     * Whether a Close waits for room or a way.
     */
    boolean hasDue()
    {
        for (final Closing session : closing)
        {
            if (session.due && session.peer.isReachable())
            {
                return true;
            }
        }
        return false;
    }
}
