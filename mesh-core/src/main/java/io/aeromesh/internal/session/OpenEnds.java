package io.aeromesh.internal.session;

import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.os.Parking;
import io.aeromesh.protocol.codec.CloseReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The channel ends of a node that are open, each until it has drained and is closed. They take turns, so that none is
 * always first.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> when ends are opened and closed.
 */
final class OpenEnds
{
    private final Map<ChannelKey, PeerEnd> peerByKey = new HashMap<>();
    private final Map<String, GroupEnd> groupByName = new HashMap<>();
    private final List<PeerEnd> peers = new ArrayList<>();
    private final List<GroupEnd> groups = new ArrayList<>();
    private int first;

    void add(final ChannelKey key, final PeerEnd end)
    {
        peerByKey.put(key, end);
        peers.add(end);
    }

    void add(final GroupEnd end)
    {
        groupByName.put(end.channel().name(), end);
        groups.add(end);
    }

    /**
     * The end of a channel to one node, or null.
     */
    PeerEnd peer(final ChannelKey key)
    {
        return peerByKey.get(key);
    }

    /**
     * The end of a broadcast channel, or null.
     */
    GroupEnd group(final String name)
    {
        return groupByName.get(name);
    }

    boolean isEmpty()
    {
        return peers.isEmpty() && groups.isEmpty();
    }

    /**
     * Whether one waits for what no event tells, its bound, or how far its peer has consumed directly.
     */
    boolean isAnyClosing()
    {
        for (int i = 0; i < peers.size(); i++)
        {
            if (peers.get(i).isClosing())
            {
                return true;
            }
        }
        for (int i = 0; i < groups.size(); i++)
        {
            if (groups.get(i).isClosing())
            {
                return true;
            }
        }
        return false;
    }

    /**
     * For how long the agent may sleep.
     */
    void boundSleep(final long nowNs, final Parking parking)
    {
        for (int i = 0; i < peers.size(); i++)
        {
            final Session session = peers.get(i).session();
            if (session != null && session.direct() != null)
            {
                session.direct().boundSleep(nowNs, parking);
            }
        }
    }

    /**
     * Whether an end has to do with a node.
     */
    boolean isAnyWith(final Destination destination)
    {
        return peers.stream().anyMatch(end -> end.peer() == destination) ||
            groups.stream().anyMatch(group -> group.knows(destination));
    }

    void closeAll()
    {
        for (final PeerEnd end : peers)
        {
            end.succeededBy(null);
            end.closeNow(EndReason.NODE_CLOSED, CloseReason.CLOSED_BY_PEER);
        }
        for (final GroupEnd end : groups)
        {
            end.succeededBy(null);
            end.closeNow();
        }
    }

    /**
     * Asks all to close as if the application had.
     */
    void requestClose()
    {
        for (final PeerEnd end : peers)
        {
            end.succeededBy(null);
            end.channel().close();
        }
        for (final GroupEnd end : groups)
        {
            end.succeededBy(null);
            end.channel().close();
        }
    }

    /**
     * A node has come, perhaps again, which may have broadcast channels open.
     *
     * @param isAnnounced whether it is told once more what is open here, also where it knows that.
     */
    void onMet(final Destination destination, final boolean isAnnounced)
    {
        for (final GroupEnd group : groups)
        {
            final GroupMember member = group.member(destination);
            if (isAnnounced)
            {
                member.session.announce();
            }
        }
    }

    /**
     * Others may have opened broadcast channels, and this node not have been told of it.
     */
    void announce()
    {
        groups.forEach(GroupEnd::announce);
    }

    void onForgotten(final Destination destination)
    {
        groups.forEach(group -> group.forget(destination));
    }

    /**
     * Broadcasts of one stream were discarded somewhere.
     */
    void onCongestion(final long streamId)
    {
        for (final GroupEnd group : groups)
        {
            if (group.streamId() == streamId)
            {
                group.onCongestion();
                return;
            }
        }
    }

    boolean isJoinedWith(final long instanceHigh, final long instanceLow)
    {
        return peers.stream().anyMatch(
            end -> isWith(end.session(), instanceHigh, instanceLow) && end.channel().gate().direct() != null);
    }

    private static boolean isWith(final Session session, final long instanceHigh, final long instanceLow)
    {
        return session.peerInstanceHigh() == instanceHigh && session.peerInstanceLow() == instanceLow;
    }

    /**
     * A process has ended: what it shared memory with is over, as it can not come back.
     */
    void onProcessEnded(final long instanceHigh, final long instanceLow)
    {
        for (final PeerEnd end : List.copyOf(peers))
        {
            final Session session = end.session();
            if (!isWith(session, instanceHigh, instanceLow))
            {
                continue;
            }
            if (end.channel().gate().direct() != null)
            {
                session.onPeerDied();
            }
            else if (session.direct() != null)
            {
                // what it sent by other nodes may still be on its way, so the session does not end by that
                session.direct().onPeerProcessEnded();
            }
        }
    }

    /**
     * Whether all that one has sent here, by memory or by hops as far as it has come, was read.
     */
    boolean hasReadAllOf(final Death dead)
    {
        for (int i = 0; i < peers.size(); i++)
        {
            final PeerEnd end = peers.get(i);
            if (dead.isOf(end.session()) && (end.channel().gate().direct() != null || !end.session().isRead()))
            {
                return false;
            }
        }
        for (int i = 0; i < groups.size(); i++)
        {
            if (!groups.get(i).hasReadAllOf(dead))
            {
                return false;
            }
        }
        return true;
    }

    /**
     * One duty cycle of each.
     *
     * @param onPeerClosed  told of each that has closed and was taken out.
     * @param onGroupClosed the same.
     */
    int doWork(final long nowNs, final Consumer<PeerEnd> onPeerClosed, final Consumer<GroupEnd> onGroupClosed)
    {
        int work = 0;
        boolean isAnyClosed = false;
        final int count = peers.size();
        first = first + 1 < count ? first + 1 : 0;
        for (int i = 0; i < count; i++)
        {
            final int index = first + i;
            final PeerEnd end = peers.get(index < count ? index : index - count);
            work += end.doWork(nowNs);
            isAnyClosed |= end.isClosed();
        }
        if (isAnyClosed)
        {
            removeClosed(onPeerClosed);
        }
        for (int i = groups.size() - 1; i >= 0; i--)
        {
            final GroupEnd group = groups.get(i);
            work += group.doWork(nowNs);
            if (group.isClosed())
            {
                groups.remove(i);
                groupByName.remove(group.channel().name(), group);
                onGroupClosed.accept(group);
            }
        }
        return work;
    }

    private void removeClosed(final Consumer<PeerEnd> onPeerClosed)
    {
        for (int i = peers.size() - 1; i >= 0; i--)
        {
            final PeerEnd end = peers.get(i);
            if (end.isClosed())
            {
                peers.remove(i);
                peerByKey.remove(end.key(), end);
                onPeerClosed.accept(end);
            }
        }
    }
}
