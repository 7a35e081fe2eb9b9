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
    }

    private record Reset(Destination to, long unknownEnd) implements Reply
    {
        @Override
        public boolean send(final SessionPackets packets)
        {
            return packets.reset(to, unknownEnd);
        }
    }

    private record CloseAck(Destination to, long peerEnd, long localEnd, long consumed) implements Reply
    {
        @Override
        public boolean send(final SessionPackets packets)
        {
            return packets.closeAck(to, peerEnd, localEnd, consumed);
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
            if (!to.isKnown() || packets.congestion(to, 0, ControlSender.NO_POSITION))
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
            }
            else if (reply.to().isKnown())
            {
                queue.add(reply); // no room, or no way at this moment
            }
        }
        return work;
    }
}
