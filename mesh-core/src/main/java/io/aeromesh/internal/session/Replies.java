package io.aeromesh.internal.session;

import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.codec.ChannelKind;
import io.aeromesh.protocol.codec.RejectReason;
import io.aeromesh.status.NodeCounters;
import io.aeromesh.status.OccupancyVisitor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers that are not the state of any session: resets, rejections, acknowledgements of a close. Bounded; when it is
 * full the peer is asked to begin all of its sessions anew, which raises the question again. Agent thread.
 */
final class Replies
{
    private static final int LIMIT = 256;

    private final ArrayDeque<Reply> queue = new ArrayDeque<>(LIMIT);
    /** At most one entry for each node. */
    private final List<Destination> notices = new ArrayList<>();
    private final SessionPackets packets;
    private final NodeCounters counters;

    private interface Reply
    {
        Destination to();

        boolean send(SessionPackets packets);

        /**
         * Whether the peer comes back to it by itself where it does not hear it.
         */
        default boolean isRaisedAgain()
        {
            return false;
        }
    }

    private record Reset(Destination to, long unknownEnd) implements Reply
    {
        @Override
        public boolean send(final SessionPackets packets)
        {
            return packets.reset(to, unknownEnd);
        }
    }

    /** Of a close, or of a notice where both ends are 0. */
    private record CloseAck(Destination to, long peerEnd, long localEnd, long consumed) implements Reply
    {
        @Override
        public boolean send(final SessionPackets packets)
        {
            return packets.closeAck(to, peerEnd, localEnd, consumed);
        }

        @Override
        public boolean isRaisedAgain()
        {
            return true;
        }
    }

    private record Reject(
        Destination to,
        long peerEnd,
        ChannelKind kind,
        RejectReason reason,
        long localValue,
        long remoteValue,
        String channelName) implements Reply
    {
        @Override
        public boolean send(final SessionPackets packets)
        {
            return packets.reject(to, peerEnd, kind, reason, localValue, remoteValue,
                NodeIds.utf8(channelName));
        }
    }

    Replies(final SessionPackets packets, final NodeCounters counters)
    {
        this.packets = packets;
        this.counters = counters;
    }

    void reset(final Destination to, final long unknownEnd)
    {
        add(new Reset(to, unknownEnd));
    }

    void closeAck(final Destination to, final long peerEnd, final long localEnd, final long consumed)
    {
        add(new CloseAck(to, peerEnd, localEnd, consumed));
    }

    /**
     * Says that a node has asked to begin all sessions anew, and that they will.
     */
    void noticeAck(final Destination to)
    {
        closeAck(to, 0, 0, 0);
    }

    void reject(
        final Destination to,
        final long peerEnd,
        final ChannelKind kind,
        final RejectReason reason,
        final long localValue,
        final long remoteValue,
        final String channelName)
    {
        add(new Reject(to, peerEnd, kind, reason, localValue, remoteValue, channelName));
    }

    private void add(final Reply reply)
    {
        if (queue.contains(reply))
        {
            return;
        }
        if (queue.size() >= LIMIT)
        {
            counters.repliesOverflowed();
            notice(reply.to());
            return;
        }
        queue.add(reply);
    }

    /**
     * Asks a node to begin all of its sessions with this one anew: something of its was not heard.
     */
    void notice(final Destination to)
    {
        if (!to.isNoticeDue())
        {
            to.noticeDue(true);
            notices.add(to);
        }
    }

    /**
     * The way to a node is another, and what was told by the one before may be lost.
     */
    void onPathChanged(final Destination to)
    {
        if (to.isUnheard())
        {
            notice(to);
        }
    }

    /**
     * Whether something waits to be sent to a node.
     */
    boolean owes(final Destination to)
    {
        return to.isNoticeDue() || queue.stream().anyMatch(reply -> reply.to() == to);
    }

    void occupancy(final OccupancyVisitor visitor)
    {
        visitor.onTable("replies", queue.size(), LIMIT);
    }

    int doWork()
    {
        int work = 0;
        for (int i = notices.size() - 1; i >= 0; i--)
        {
            final Destination to = notices.get(i);
            final boolean isSent = to.isKnown() && packets.congestion(to, 0, ControlSender.NO_POSITION);
            if (isSent)
            {
                to.onAsked();
            }
            if (isSent || !to.isKnown())
            {
                to.noticeDue(false);
                notices.remove(i);
                work++;
            }
        }
        for (int i = queue.size(); i > 0; i--)
        {
            final Reply reply = queue.poll();
            if (reply.send(packets))
            {
                work++;
                if (!reply.isRaisedAgain())
                {
                    reply.to().onTold();
                }
            }
            else if (reply.to().isKnown())
            {
                queue.add(reply); // no room, or no way at this moment
            }
        }
        return work;
    }
}
