package io.aeromesh.internal.session;

import io.aeromesh.BroadcastSpec;
import io.aeromesh.ChannelSpec;
import io.aeromesh.SessionReport;
import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.SessionReport.Outcome;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.Waiter;
import io.aeromesh.protocol.codec.ChannelKind;
import io.aeromesh.protocol.codec.CloseReason;
import io.aeromesh.status.ChannelCounters;
import io.aeromesh.status.MeshHistogram;
import java.util.ArrayList;
import java.util.List;

/**
 * The agent's side of a {@link GroupChannel}: one stream out to all members by broadcast, a session with each member
 * for acknowledgement and repair, and one stream in from each.
 */
final class GroupEnd implements SessionOwner
{
    private final GroupChannel channel;
    private final BroadcastSpec spec;
    private final GroupGate gate;
    private final SendStream send;
    private final GroupStream stream;
    private final SessionNode node;
    private final long streamId;
    private final List<GroupMember> members = new ArrayList<>();
    private boolean closed;
    private boolean closing;
    private long closeDeadlineNs;
    private final ChannelCounters counters;
    private final AcknowledgedSample sample;
    /** Up to here all members have consumed. */
    private long consumedPosition;
    private long seenLackedPosition;
    private GroupChannel successor;

    GroupEnd(
        final GroupChannel channel, final long streamId, final SessionNode node, final BroadcastSender sender)
    {
        this.channel = channel;
        this.streamId = streamId;
        this.node = node;
        counters = node.counters().channel(channel.toString());
        sample = new AcknowledgedSample(node.status().times(MeshHistogram.ACKNOWLEDGED));
        spec = channel.spec();
        gate = channel.gate();
        send = channel.send();
        stream = new GroupStream(send, sender, streamId, spec.retainLength());
        publish();
    }

    GroupChannel channel()
    {
        return channel;
    }

    /**
     * Notes a channel that takes this one's place when it has drained; one that waited before is closed unused.
     */
    void succeededBy(final GroupChannel next)
    {
        if (successor != null)
        {
            successor.gate().closeRequested = true;
            successor.gate().closed = true;
        }
        successor = next;
    }

    GroupChannel successor()
    {
        return successor;
    }

    boolean isClosed()
    {
        return closed;
    }

    /**
     * Whether it waits for what no event tells, its bound.
     */
    boolean isClosing()
    {
        return closing;
    }

    /**
     * Meets another node, which may or may not have the channel open.
     */
    GroupMember member(final Destination peer)
    {
        final GroupMember known = find(peer);
        if (known != null)
        {
            return known;
        }
        final GroupMember member = new GroupMember(peer);
        member.session = newSession(peer);
        members.add(member);
        return member;
    }

    /**
     * Another one has opened the channel and tells the node of this context, which does not know of this end: it is
     * told of it, now or when what this end had with it is settled.
     */
    void hear(final Destination peer, final long instanceHigh, final long instanceLow, final long openSequence)
    {
        final GroupMember member = member(peer);
        final Session session = member.session;
        if (session.state() == Session.State.OPENING)
        {
            session.greetAgain();
        }
        else if (!session.isOfOpen(instanceHigh, instanceLow, openSequence))
        {
            member.isHeard = true;
            session.onPathChanged(); // the end that this one knows may be over, and have told those it had met only
        }
    }

    /**
     * Contexts of others may have opened the channel, and this end not have been told of it: it tells them.
     */
    void announce()
    {
        for (int i = 0; i < members.size(); i++)
        {
            if (members.get(i).peer().isRouted())
            {
                members.get(i).session.announce();
            }
        }
    }

    private GroupMember find(final Destination peer)
    {
        for (int i = 0; i < members.size(); i++)
        {
            if (members.get(i).peer() == peer)
            {
                return members.get(i);
            }
        }
        return null;
    }

    boolean knows(final Destination peer)
    {
        return find(peer) != null;
    }

    /**
     * The mesh has forgotten a node: it is dropped unless something is owed to it. What is left of its last session is
     * settled first.
     */
    void forget(final Destination peer)
    {
        for (int i = members.size() - 1; i >= 0; i--)
        {
            final GroupMember member = members.get(i);
            if (member.peer() == peer && member.session.state() != Session.State.ENDED && !member.isOwed())
            {
                members.remove(i);
                member.session.end(EndReason.CLOSED_HERE, Outcome.UNKNOWN);
            }
        }
    }

    int doWork(final long nowNs)
    {
        if (gate.closeRequested && close(nowNs))
        {
            return 1;
        }
        int work = stream.broadcast();
        for (int i = 0; i < members.size(); i++)
        {
            final GroupMember member = members.get(i);
            work += member.session.state() == Session.State.ENDED ?
                settle(member) : serve(member, nowNs);
        }
        final long lacked = send.lackedPosition();
        if (work > 0 || lacked != seenLackedPosition)
        {
            seenLackedPosition = lacked; // it may be all that is to be sent, and then nobody acknowledges anything more
            work += free();
        }
        if (work > 0)
        {
            counters.received(receivedBytes());
            wakeReader();
            channel.count(node.counters());
        }
        if (sample.isDue(nowNs))
        {
            sample.look(send.tailPosition(), consumedPosition, nowNs);
        }
        return work;
    }

    /**
     * There may be members or events that it has not seen.
     */
    private void wakeReader()
    {
        if (channel.waiter() != null)
        {
            channel.waiter().wake();
        }
    }

    private long receivedBytes()
    {
        long sum = 0;
        for (int i = 0; i < members.size(); i++)
        {
            final Session session = members.get(i).session;
            sum += session == null || session.inbound() == null ? 0 : session.inbound().receivedPosition();
        }
        return sum;
    }

    private int serve(final GroupMember member, final long nowNs)
    {
        final Session session = member.session;
        final String failure = session.failure();
        if (failure != null)
        {
            node.counters().malformed();
            node.report(new MeshException(ErrorCode.PROTOCOL_VIOLATION, channel + ": " + failure));
            expel(member, EndReason.PROTOCOL_ERROR, CloseReason.PROTOCOL_ERROR);
            return 1;
        }
        int work = session.doWork(nowNs);
        if (member.pendingEvent != null && gate.events.offer(member.pendingEvent))
        {
            member.pendingEvent = null;
            work++;
        }
        return work;
    }

    /**
     * After the end of a session: tells the application, waits until it has drained what was received, then meets the
     * peer anew.
     */
    private int settle(final GroupMember member)
    {
        if (member.pendingEvent != null)
        {
            if (!gate.events.offer(member.pendingEvent))
            {
                return 0;
            }
            member.pendingEvent = null;
        }
        if (member.leftStream != null && !member.leftStream.isLetGo())
        {
            return 0;
        }
        member.leftStream = null;
        if (!member.peer().isRouted() && !member.isHeard) // a context that opens it again says so itself
        {
            members.remove(member);
            node.onForgotten(member.peer());
            publish();
            return 1;
        }
        member.isHeard = false;
        member.session = newSession(member.peer());
        publish();
        return 1;
    }

    private Session newSession(final Destination peer)
    {
        final Session session = node.newSession(this, peer, spec.start() == BroadcastSpec.Start.RETAINED);
        if (!node.memories().isEmpty())
        {
            session.arenas(new ArenaSetup(session, node));
        }
        return session;
    }

    private void expel(final GroupMember member, final EndReason reason, final CloseReason toPeer)
    {
        node.closeLater(member.session, toPeer);
        member.session.end(reason, Outcome.UNKNOWN);
    }

    /**
     * Lets the application overwrite what every member has consumed, less what is to be retained, and evicts members
     * that have fallen behind the fastest by more than the limit, or by so much that what was refused last has no room
     * while the fastest has nothing left to read.
     *
     * @return how many were evicted.
     */
    private int free()
    {
        if (closed)
        {
            return 0;
        }
        final long lacked = send.lackedPosition(); // before the tail, behind which it was refused
        final long tail = send.tailPosition();
        long slowest = tail;
        long fastest = 0;
        for (int i = 0; i < members.size(); i++)
        {
            if (members.get(i).isOwed())
            {
                final long consumed = stream.consumed(members.get(i));
                slowest = Math.min(slowest, consumed);
                fastest = Math.max(fastest, consumed);
            }
        }
        consumedPosition = slowest;
        counters.sent(tail, stream.free(slowest));
        if (spec.slowMember() == BroadcastSpec.SlowMember.BACK_PRESSURE)
        {
            return 0;
        }
        final long neededPosition = Math.max(fastest == tail ? lacked : 0, fastest - spec.evictLength());
        return slowest < neededPosition ? evict(neededPosition) : 0;
    }

    private int evict(final long neededPosition)
    {
        int evicted = 0;
        for (int i = 0; i < members.size(); i++)
        {
            final GroupMember member = members.get(i);
            if (member.isOwed() && member.session.outbound().consumedPosition() < neededPosition)
            {
                expel(member, EndReason.EVICTED, CloseReason.EVICTED);
                evicted++;
            }
        }
        return evicted;
    }

    /**
     * Somewhere broadcasts were discarded, and which members miss them is not known: all are asked.
     */
    void onCongestion()
    {
        for (int i = 0; i < members.size(); i++)
        {
            if (members.get(i).isOwed())
            {
                members.get(i).session.onPathChanged();
            }
        }
    }

    private boolean close(final long nowNs)
    {
        if (!closing)
        {
            closing = true;
            closeDeadlineNs = nowNs + ChannelSpec.CLOSE_DRAIN_NS_DEFAULT;
        }
        boolean owed = false;
        for (int i = 0; i < members.size(); i++)
        {
            owed |= members.get(i).isOwed() &&
                members.get(i).session.outbound().consumedPosition() < send.tailPosition();
        }
        if (owed && nowNs - closeDeadlineNs < 0)
        {
            return false;
        }
        closeNow();
        return true;
    }

    void closeNow()
    {
        if (!closed)
        {
            closed = true;
            counters.close();
            send.abandon();
            for (final GroupMember member : members)
            {
                if (member.leftStream != null)
                {
                    member.leftStream.abandon();
                }
                if (member.session.inbound() != null)
                {
                    member.session.inbound().stream().abandon();
                }
                if (member.session.state() != Session.State.ENDED)
                {
                    node.closeLater(member.session, CloseReason.CLOSED_BY_PEER);
                    member.session.end(EndReason.CLOSED_HERE, Outcome.UNKNOWN);
                }
            }
            members.clear();
            gate.members = List.of();
            publishPeers(null);
            gate.closeRequested = true;
            gate.closed = true;
            wakeReader();
        }
    }

    /**
     * Shows the application what has changed.
     */
    private void publish()
    {
        final List<ReceiveStream> streams = new ArrayList<>();
        final List<String> joined = new ArrayList<>();
        for (final GroupMember member : members)
        {
            if (member.leftStream != null)
            {
                streams.add(member.leftStream);
            }
            else if (member.session.inbound() != null)
            {
                streams.add(member.session.inbound().stream());
            }
            if (member.joined)
            {
                joined.add(member.peer().name());
            }
        }
        gate.streams = streams.toArray(new ReceiveStream[0]);
        gate.members = List.copyOf(joined);
        publishPeers(null);
        gate.accepting = !joined.isEmpty() || spec.retainLength() > 0;
    }

    /**
     * Whether the application has read all that one has sent and that has come.
     */
    boolean hasReadAllOf(final Death dead)
    {
        for (int i = 0; i < members.size(); i++)
        {
            if (dead.isOf(members.get(i).session) && !members.get(i).session.isRead())
            {
                return false;
            }
        }
        return true;
    }

    // --- SessionOwner ---

    @Override
    public Waiter waiter()
    {
        return channel.waiter();
    }

    @Override
    public String channelName()
    {
        return spec.name();
    }

    @Override
    public ChannelKind kind()
    {
        return ChannelKind.BROADCAST;
    }

    @Override
    public long schemaFingerprint()
    {
        return spec.schemaFingerprint();
    }

    @Override
    public int windowLength()
    {
        return spec.windowLength();
    }

    @Override
    public long streamId()
    {
        return streamId;
    }

    /**
     * As {@link LeaseShares} says: first shown, then the look.
     */
    @Override
    public boolean admits(final Session session)
    {
        publishPeers(session);
        if (gate.isSharing)
        {
            publishPeers(null);
            return false;
        }
        return true;
    }

    private void publishPeers(final Session joining)
    {
        final List<LeaseShares.Peer> peers = new ArrayList<>();
        for (final GroupMember member : members)
        {
            if (member.isOwed() || member.session == joining)
            {
                peers.add(new LeaseShares.Peer(member.session.leasePeer(), member.session.arenas()));
            }
        }
        gate.peers = peers.toArray(new LeaseShares.Peer[0]);
    }

    @Override
    public Outbound newOutbound(final Session session, final boolean wantsRetained)
    {
        if (hasRoom())
        {
            return stream.newOutbound(wantsRetained);
        }
        member(session.peer()).isTurnedAway = true;
        return null;
    }

    private boolean hasRoom()
    {
        int owed = 0;
        for (int i = 0; i < members.size(); i++)
        {
            owed += members.get(i).isOwed() ? 1 : 0;
        }
        return owed < spec.membersMax();
    }

    @Override
    public void onReady(final Session session)
    {
        publish();
    }

    @Override
    public void onConnected(final Session session)
    {
        final GroupMember member = member(session.peer());
        member.joined = true;
        counters.connected();
        member.pendingEvent = new GroupEvent(session.peer().name(), null, null, null);
        publish();
    }

    @Override
    public void onConsumed(final Session session)
    {
        free();
    }

    @Override
    public void onEnded(final Session session, final EndReason reason, final Outcome outcome)
    {
        if (closed)
        {
            return;
        }
        final GroupMember member = find(session.peer());
        if (member == null)
        {
            return; // forgotten
        }
        if (session.inbound() != null)
        {
            final Outbound outbound = session.outbound();
            member.leftStream = session.inbound().stream();
            member.pendingEvent = new GroupEvent(session.peer().name(),
                new SessionReport(session.peer().name(), spec.name(), reason, outbound.startPosition(),
                    outbound.consumedPosition(), send.tailPosition(), outcome),
                null, member.leftStream);
        }
        member.joined = false;
        member.isHeard |= !isLeaving(reason);
        publish();
        free();
        askAgain();
    }

    /**
     * Whether the peer has no end any more; otherwise it has one that is told of this end's next one.
     */
    private static boolean isLeaving(final EndReason reason)
    {
        return switch (reason)
        {
            case PEER_DIED, CLOSED_BY_PEER, CLOSED_HERE, NODE_CLOSED -> true;
            default -> false;
        };
    }

    /**
     * Where there is room now, those are asked for whom there was none, each once: two ends that have no room for each
     * other would else ask and reject for ever.
     */
    private void askAgain()
    {
        for (int i = 0; i < members.size() && hasRoom(); i++)
        {
            final GroupMember member = members.get(i);
            if (member.isTurnedAway && member.session.state() == Session.State.OPENING)
            {
                member.isTurnedAway = false;
                member.session.onPathChanged();
            }
        }
    }

    @Override
    public void onRejected(final Session session, final MeshException error)
    {
        member(session.peer()).pendingEvent = new GroupEvent(session.peer().name(), null, error, null);
        publishPeers(null);
        free();
        askAgain();
    }
}
