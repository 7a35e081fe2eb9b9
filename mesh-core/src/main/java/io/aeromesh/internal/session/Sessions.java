package io.aeromesh.internal.session;

import io.aeromesh.NodeLimits;
import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.SessionReport.Outcome;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.link.Link;
import io.aeromesh.internal.link.NodeSelf;
import io.aeromesh.internal.routing.Route;
import io.aeromesh.internal.session.ControlDispatcher.Addressee;
import io.aeromesh.os.HostPresence;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.Parking;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.codec.CloseReason;
import io.aeromesh.protocol.codec.OpenDecoder;
import io.aeromesh.protocol.codec.RejectReason;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.status.NodeCounters;
import io.aeromesh.status.NodeStatus;
import io.aeromesh.status.OccupancyVisitor;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * All sessions of a node: who has which channel open, and which packet belongs to whom.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none for data and acknowledgements.
 */
public final class Sessions implements SessionNode
{
    private final NodeSelf self;
    private final MeshOs os;
    private final int hopLimit;
    private final SessionPackets packets;
    private final NodeStatus status;
    private final NodeCounters counters;
    private final BroadcastSender broadcastSender;
    private final Replies replies;
    private final ClosingSessions closing;
    private final Requests requests;
    private final StreamJoiner streams;
    private final Opens opens;

    private final Destinations destinations;
    private final SessionTable table = new SessionTable();
    private final OpenEnds ends = new OpenEnds();
    private final Consumer<PeerEnd> onPeerClosed = this::onClosed;
    private final Consumer<GroupEnd> onGroupClosed = this::onClosed;
    private final UnmetSources unmet = new UnmetSources();
    private final LatestInstances instances;
    private final LettingGo lettingGo = new LettingGo();
    private final PeerStreams peerStreams;
    private final List<SharedMemory> memories;
    private final NodeLeases leases;
    private final LeaseDuty leaseDuty;
    private final HostPresence presence;
    private final Consumer<MeshException> errors;
    private Thread closer;
    private long openSequence;

    /**
     * @param self            who this node is.
     * @param limits          of the node.
     * @param os              for fresh ids.
     * @param hopLimit        that packets start with.
     * @param sender          of control packets.
     * @param broadcastSender of broadcasts.
     * @param status          told to those who watch the node.
     * @param memories        that channels may share with others of this host.
     * @param leases          of the node.
     * @param presence        that tells of a peer's death.
     * @param streams         that makes direct streams.
     * @param errors          told of what fails.
     */
    public Sessions(
        final NodeSelf self,
        final NodeLimits limits,
        final MeshOs os,
        final int hopLimit,
        final ControlSender sender,
        final BroadcastSender broadcastSender,
        final NodeStatus status,
        final List<SharedMemory> memories,
        final NodeLeases leases,
        final HostPresence presence,
        final StreamJoiner streams,
        final Consumer<MeshException> errors)
    {
        this.self = self;
        this.os = os;
        this.hopLimit = hopLimit;
        this.broadcastSender = broadcastSender;
        this.status = status;
        counters = status.counters();
        this.memories = memories;
        this.leases = leases;
        leaseDuty = new LeaseDuty(leases, memories, presence, counters, this::hasReadAllOf, errors);
        this.presence = presence;
        this.streams = streams;
        this.errors = errors;
        packets = new SessionPackets(sender);
        replies = new Replies(packets, counters);
        closing = new ClosingSessions(packets);
        requests = new Requests(limits.pendingRequests(), this::ask);
        opens = new Opens(self.id(), limits, table, ends, requests, replies, this::sessionFor);
        destinations = new Destinations(limits.destinationsMax());
        instances = new LatestInstances(limits.destinationsMax());
        peerStreams = new PeerStreams(destinations, closing, replies, streams, this::dropIfUnused);
    }

    // --- commands ---

    /**
     * Opens the agent's side of a channel to one node, in place of one with the same name.
     */
    public void open(final PeerChannel channel, final long peerId)
    {
        final ChannelKey key = new ChannelKey(peerId, channel.name());
        final PeerEnd old = ends.peer(key);
        if (old != null && !old.isClosed())
        {
            if (!old.channel().isReplaced())
            {
                old.succeededBy(channel); // it drains first, as it was promised when it was closed
                return;
            }
            old.closeNow(EndReason.CLOSED_HERE, CloseReason.REPLACED);
        }
        begin(channel, key);
    }

    private void begin(final PeerChannel channel, final ChannelKey key)
    {
        requests.remove(key);
        ends.add(key, new PeerEnd(channel, destinations.of(key.peerId(), channel.peer()), this));
    }

    /**
     * Opens the agent's side of a broadcast channel.
     */
    public void open(final GroupChannel channel)
    {
        final GroupEnd old = ends.group(channel.name());
        if (old != null && !old.isClosed())
        {
            old.succeededBy(channel); // it drains first, as it was promised when it was closed
            return;
        }
        begin(channel);
    }

    private void begin(final GroupChannel channel)
    {
        final GroupEnd end = new GroupEnd(channel, freshId(), this, broadcastSender);
        ends.add(end);
        for (final Destination destination : destinations.all())
        {
            if (destination.isRouted())
            {
                end.member(destination);
            }
        }
    }

    /**
     * Starts telling a listener.
     */
    public void listen(final RequestQueue listener)
    {
        requests.listen(listener);
    }

    /**
     * Ends all sessions and tells the peers as far as there is room.
     */
    public void closeAll()
    {
        ends.closeAll();
        closing.doWork();
        lettingGo.doWork(closer);
        for (final PeerChannel channel : lettingGo.waiting())
        {
            errors.accept(new MeshException(ErrorCode.CHANNEL_STILL_USED, channel +
                " is closed, but its thread has not called it since; its shared memory stays mapped"));
        }
    }

    /**
     * Asks all channels to close as if the application had.
     *
     * @param newCloser thread that closes the node.
     */
    public void requestClose(final Thread newCloser)
    {
        closer = newCloser;
        ends.requestClose();
    }

    /**
     * Whether no channel is open.
     */
    public boolean isEmpty()
    {
        return ends.isEmpty();
    }

    /**
     * Whether something waits for what no event tells: a channel that closes, for its bound and for how far the
     * peer has consumed directly; leases of the dead, for what they sent to be read.
     */
    public boolean hasTimedWork()
    {
        return leaseDuty.isWaiting() || ends.isAnyClosing();
    }

    /**
     * For how long the agent may sleep.
     */
    public void boundSleep(final long nowNs, final Parking parking)
    {
        leaseDuty.boundSleep(nowNs, parking);
        ends.boundSleep(nowNs, parking);
    }

    /**
     * Whether peers remain to be told of closed channels.
     */
    public boolean hasGoodbyes()
    {
        return closing.hasDue();
    }

    // --- routes ---

    /**
     * A node can be reached, perhaps for the first time, perhaps as another instance.
     */
    public void onRoute(final Route route)
    {
        final Destination destination = destinations.of(route.destinationId(), route.name());
        final boolean isNew = destination.route() == null;
        instances.note(route);
        final boolean isFormer = instances.isFormer(route);
        if (!isFormer)
        {
            onInstancesGone(destination, route);
        }
        destination.route(route);
        final List<Session> sessions = List.copyOf(destination.sessions());
        for (final Session session : sessions)
        {
            if (isFormer)
            {
                session.onPathChanged(); // should it be alive, it answers by a reset
            }
            else
            {
                session.onPeerInstance(route.instanceHigh(), route.instanceLow());
            }
        }
        onWay(destination);
        if (isNew)
        {
            // a context hears of other contexts by what its node shows to it, and may have been away
            ends.onMet(destination, NodeIds.isContext(self.id()));
        }
        destinations.route(route.destinationId(), route).forEach(this::onRouteOfNode);
        unmet.removeContextsOf(route.destinationId(), this::notice);
    }

    /**
     * The way to the node of a context is another.
     */
    private void onRouteOfNode(final Destination context)
    {
        List.copyOf(context.sessions()).forEach(Session::onPathChanged);
        onWay(context);
    }

    /**
     * There is a way, or another: what is not the state of a session is told again.
     */
    private void onWay(final Destination destination)
    {
        closing.onPathChanged(destination);
        replies.onPathChanged(destination);
        requests.onPathChanged(destination.id());
        if (unmet.remove(destination))
        {
            replies.notice(destination);
        }
    }

    /**
     * A node is another instance than before.
     */
    public void onInstanceChanged(final Route route)
    {
        final Destination destination = destinations.of(route.destinationId(), route.name());
        if (instances.note(route))
        {
            closing.onPeerGone(destination);
            requests.removePeer(route.destinationId());
        }
        onRoute(route);
    }

    /**
     * Asks whether an end is still there that has asked for a channel.
     *
     * @return false when there is no room now.
     */
    private boolean ask(final long peerId, final long endId)
    {
        final Destination peer = source(peerId);
        // where there is no way it is asked when there is one
        return peer == null || !peer.isReachable() || packets.question(peer, endId);
    }

    /**
     * What its earlier instances had of this node's memory comes back as soon as the kernel says that they are dead.
     */
    private void onInstancesGone(final Destination destination, final Route route)
    {
        for (final Session session : destination.sessions())
        {
            if (session.peerEnd() != 0 && (session.peerInstanceHigh() != route.instanceHigh() ||
                session.peerInstanceLow() != route.instanceLow()))
            {
                leaseDuty.onDead(destination.name(), session.peerInstanceHigh(), session.peerInstanceLow());
            }
        }
    }

    /**
     * The mesh has forgotten a node. Its sessions stay: it may come back, and may never have lost its own way to here.
     */
    public void onRouteRemoved(final Route route)
    {
        if (!NodeIds.isContext(route.destinationId())) // one that comes back says so itself
        {
            unmet.add(route.destinationId());
        }
        final Destination destination = destinations.get(route.destinationId());
        if (destination != null)
        {
            destination.route(null);
            if (!destination.isKnown())
            {
                closing.onPeerGone(destination);
            }
            requests.removePeer(route.destinationId());
            ends.onForgotten(destination);
            dropIfUnused(destination);
        }
        for (final Destination context : destinations.route(route.destinationId(), null))
        {
            requests.removePeer(context.id());
            unmet.add(context.id()); // it says again what it wants as soon as there is a way to its node
            ends.onForgotten(context);
            dropIfUnused(context);
        }
    }

    /**
     * A channel end keeps its peer, also while it has no session: there must never be two of one node.
     */
    private void dropIfUnused(final Destination destination)
    {
        if (!destination.isRouted() && !isUsed(destination))
        {
            destinations.remove(destination);
            closing.onPeerGone(destination); // when it is known again, it is asked, and is answered by a reset
        }
    }

    private boolean isUsed(final Destination destination)
    {
        return !destination.sessions().isEmpty() || destination.stream().isJoined() || ends.isAnyWith(destination) ||
            NodeIds.isContext(destination.id()) && (replies.owes(destination) || closing.owes(destination));
    }

    /**
     * The kernel says that a context of this node is dead, and what came from it has been read.
     */
    public void onContextDied(final long contextId)
    {
        final Destination context = destinations.get(contextId);
        if (context != null)
        {
            List.copyOf(context.sessions()).forEach(Session::onPeerDied);
        }
    }

    /**
     * Something for a node was dropped, as there is no way to it now: it is asked to try again when there is.
     */
    public void onNoWay(final long id)
    {
        unmet.add(id);
    }

    private Destination source(final long id)
    {
        return destinations.source(id, this::isUsed);
    }

    /**
     * Packets of a node were discarded here, and it is not known any more which: its sessions have to find out.
     *
     * @return false when it is not known and can not be made known now.
     */
    public boolean notice(final long destinationId)
    {
        final Destination destination = source(destinationId);
        if (destination != null)
        {
            replies.notice(destination);
        }
        return destination != null;
    }

    /**
     * Tells a source what was discarded here.
     *
     * @return false when there is no room or no way now.
     */
    public boolean sendCongestion(final long sourceId, final long sessionId, final long position)
    {
        final Destination source = source(sourceId);
        if (source == null)
        {
            return true;
        }
        final boolean isSent = packets.congestion(source, sessionId, position);
        if (isSent && sessionId == 0)
        {
            source.onAsked();
        }
        else if (isSent)
        {
            source.onTold();
        }
        return isSent;
    }

    /**
     * A node was told, in the name of another, what no session repeats.
     */
    public void onTold(final long id)
    {
        final Destination destination = source(id);
        if (destination != null)
        {
            destination.onTold();
        }
    }

    // --- direct streams ---

    /**
     * The direct stream to a node is up.
     */
    public void onStreamUp(final long peerId, final Link link)
    {
        peerStreams.onUp(peerId, link);
    }

    /**
     * The direct stream to a node is down; it may come up again.
     */
    public void onStreamDown(final long peerId)
    {
        peerStreams.onDown(peerId);
    }

    /**
     * This node can be reached at another place than before, or at none; all streams are down.
     */
    public void onPlaceChanged()
    {
        peerStreams.onPlaceChanged();
    }

    /**
     * Shows how full the tables are.
     */
    public void occupancy(final OccupancyVisitor visitor)
    {
        replies.occupancy(visitor);
        closing.occupancy(visitor);
        requests.occupancy(visitor);
    }

    // --- duty ---

    /**
     * One duty cycle over all channels.
     */
    public int doWork(final long nowNs)
    {
        return replies.doWork() + closing.doWork() + requests.doWork() + lettingGo.doWork(closer) +
            peerStreams.doWork() + leaseDuty.doWork(nowNs) + ends.doWork(nowNs, onPeerClosed, onGroupClosed);
    }

    private void onClosed(final PeerEnd end)
    {
        if (end.successor() != null)
        {
            begin(end.successor(), end.key());
        }
        else if (end.hasMissedOpen() || end.session().peerEnd() == 0) // its opening took the peer's request
        {
            replies.notice(end.peer()); // asks it to repeat what nobody has taken
            noticeContextsOf(end.peer());
        }
        dropIfUnused(end.peer());
    }

    private void noticeContextsOf(final Destination node)
    {
        for (final Destination destination : destinations.all())
        {
            if (destination != node && NodeIds.nodeOf(destination.id()) == node.id())
            {
                replies.notice(destination);
            }
        }
    }

    private void onClosed(final GroupEnd end)
    {
        List.copyOf(destinations.all()).forEach(this::dropIfUnused); // it may have been the last that knew some
        if (end.successor() != null)
        {
            begin(end.successor());
        }
    }

    // --- packets ---

    /**
     * Takes DATA for this node.
     */
    public void onData(
        final long sourceId,
        final long sessionId,
        final long position,
        final int sequence,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        final Session session = table.local(sessionId, sourceId);
        if (session != null)
        {
            session.onData(position, sequence, buffer, offset, length);
        }
        else
        {
            onUnknown(sourceId, sessionId);
        }
    }

    /**
     * Takes a BROADCAST; one of a channel that is not open here is none of our business.
     */
    public void onBroadcast(
        final long sourceId,
        final long streamId,
        final long position,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        final Session session = table.stream(streamId, sourceId);
        if (session != null)
        {
            session.onBroadcast(position, buffer, offset, length);
        }
    }

    /**
     * The session that a control packet is for; when there is none the source is told.
     */
    Session sessionFor(final long sourceId, final long sessionId)
    {
        final Session session = table.local(sessionId, sourceId);
        if (session == null)
        {
            onUnknown(sourceId, sessionId);
        }
        return session;
    }

    /**
     * Somebody asks whether an end is still there that has asked for a channel. It may have asked the source's node, or
     * be served by another context of that: then it is there.
     */
    void onQuestion(final long sourceId, final long endId)
    {
        if (!table.isOfNode(endId, sourceId))
        {
            onUnknown(sourceId, endId);
        }
    }

    private void onUnknown(final long sourceId, final long sessionId)
    {
        if (closing.onPacket(sessionId))
        {
            return; // the Close says more than a reset would
        }
        counters.unknownSession();
        final Destination source = source(sourceId);
        if (source != null && source.isKnown())
        {
            replies.reset(source, sessionId);
        }
        else
        {
            unmet.add(sourceId); // it is asked again when the route to it comes, and is told then
        }
    }

    /**
     * Takes an Open.
     *
     * @return false when nobody here takes it, so that it may be meant for a context of this node.
     */
    boolean onOpen(
        final long sourceId,
        final OpenDecoder open,
        final String channelName,
        final String sourceName,
        final Addressee addressee)
    {
        NodeIds.validate(channelName); // before it is kept: replies and listeners take it for a name
        final Destination source = destinations.source(sourceId, sourceName, this::isUsed);
        if (source == null || !source.isCurrent(open.instance().high(), open.instance().low()))
        {
            unmet.add(sourceId); // it is asked again when the route to that instance comes
            return true;
        }
        return opens.onOpen(source, open, channelName, addressee);
    }

    void onReject(final long sourceId, final long endId, final RejectReason reason, final long theirs, final long ours)
    {
        opens.onReject(table.local(endId, sourceId), reason, theirs, ours);
    }

    void onReset(final long sourceId, final long unknownEnd, final boolean hasDied)
    {
        Session session = table.peer(unknownEnd);
        if (session == null && hasDied)
        {
            session = table.local(unknownEnd, sourceId); // it was asked, and is dead
        }
        requests.removeEnd(sourceId, unknownEnd);
        if (session != null && session.peer().id() == sourceId)
        {
            if (hasDied)
            {
                session.onPeerDied();
            }
            else
            {
                session.end(EndReason.RESET_BY_PEER, Outcome.UNKNOWN);
            }
        }
    }

    void onClose(final long sourceId, final long sessionId, final long endId, final long consumed,
        final CloseReason why)
    {
        requests.removeEnd(sourceId, endId);
        final Session session = table.local(sessionId, sourceId);
        final Destination source = destinations.get(sourceId);
        if (source != null)
        {
            final boolean known = session != null && session.peerEnd() == endId;
            final long ownConsumed =
                known && session.inbound() != null ? session.inbound().stream().consumedPosition() : 0;
            replies.closeAck(source, endId, sessionId, ownConsumed);
            if (known)
            {
                session.onClose(consumed, why);
            }
            else if (session != null && session.peerEnd() == 0)
            {
                // the peer's end was gone before we had heard of it, and has taken our Open with it
                session.end(EndReason.CLOSED_BY_PEER, Outcome.NOT_CONSUMED);
            }
        }
    }

    /**
     * @param sessionId 0: it has begun all of its sessions anew, as it was asked to.
     */
    void onCloseAck(final long sourceId, final long sessionId)
    {
        closing.onCloseAck(sessionId);
        final Destination source = sessionId == 0 ? destinations.get(sourceId) : null;
        if (source != null)
        {
            source.onHeard();
        }
    }

    /**
     * A relay, or this node's own agent, discarded packets of ours.
     *
     * @param sessionId as in those packets, 0: any.
     * @param position  lowest one discarded.
     */
    public void onCongestion(final long sessionId, final long position)
    {
        if (sessionId == 0)
        {
            for (final Destination destination : destinations.all())
            {
                destination.sessions().forEach(session -> session.onCongestion(position));
                closing.onPathChanged(destination);
            }
            return;
        }
        final Session session = table.peer(sessionId);
        if (session != null)
        {
            session.onCongestion(position);
            closing.onPathChanged(session.peer());
            return;
        }
        closing.onDiscarded(sessionId);
        ends.onCongestion(sessionId);
    }

    /**
     * A node says that packets of this one were discarded, or what it has told this one may be lost.
     */
    void onNotice(final long sourceId, final long sessionId, final long position)
    {
        if (NodeIds.isContext(sourceId))
        {
            onNoticeOfContext(sourceId, sessionId, position);
        }
        else
        {
            onCongestion(sessionId, sessionId == 0 ? ControlSender.NO_POSITION : position);
        }
        final Destination source = sessionId == 0 ? source(sourceId) : null;
        if (source != null)
        {
            replies.noticeAck(source);
            if (NodeIds.isContext(self.id()) && NodeIds.nodeOf(self.id()) == sourceId)
            {
                ends.announce(); // what others have opened was not shown to it
            }
        }
    }

    /**
     * A context passes nothing on, so it has discarded nothing but what came to itself, or was shown to it: an Open to
     * its node, which it could not take before it knew this node.
     */
    private void onNoticeOfContext(final long sourceId, final long sessionId, final long position)
    {
        final Destination context = destinations.get(sourceId);
        final Destination node = destinations.get(NodeIds.nodeOf(sourceId));
        final Session session = table.peer(sessionId);
        if (sessionId == 0 && node != null)
        {
            node.sessions().stream().filter(each -> each.peerEnd() == 0)
                .forEach(each -> each.onCongestion(ControlSender.NO_POSITION));
        }
        if (sessionId == 0 && context != null)
        {
            context.sessions().forEach(each -> each.onCongestion(ControlSender.NO_POSITION));
            closing.onPathChanged(context);
        }
        else if (session != null && session.peer() == context)
        {
            session.onCongestion(position);
            closing.onPathChanged(context);
        }
    }

    /**
     * Whether a session here sends by memory that is shared with that instance, which therefore is or was of this host.
     */
    public boolean isJoinedWith(final long instanceHigh, final long instanceLow)
    {
        return ends.isJoinedWith(instanceHigh, instanceLow);
    }

    /**
     * The kernel says that a process has ended: what it shared memory with is over, as it can not come back. More than
     * once is as once.
     */
    public void onProcessEnded(final String name, final long instanceHigh, final long instanceLow)
    {
        ends.onProcessEnded(instanceHigh, instanceLow);
        leaseDuty.onDead(name, instanceHigh, instanceLow);
    }

    /**
     * Whether no end here can still be given handles of leases that one has sent: read from memory, or from what has
     * come. What is still on its way is lost with its sender.
     */
    private boolean hasReadAllOf(final Death dead)
    {
        return ends.hasReadAllOf(dead) && !lettingGo.isJoinedWith(dead.instanceHigh(), dead.instanceLow());
    }

    // --- SessionNode ---

    @Override
    public List<SharedMemory> memories()
    {
        return memories;
    }

    @Override
    public StreamJoiner streams()
    {
        return streams;
    }

    @Override
    public void onStreamUnused(final Destination peer)
    {
        peerStreams.onUnused(peer);
    }

    @Override
    public void watch(final Session session)
    {
        presence.watch(session.peer().name(), session.peerInstanceHigh(), session.peerInstanceLow());
    }

    @Override
    public Runnable bell(final Session session)
    {
        return presence.bell(session.peerInstanceHigh(), session.peerInstanceLow());
    }

    @Override
    public void watch(final String name, final long instanceHigh, final long instanceLow)
    {
        presence.watch(name, instanceHigh, instanceLow);
    }

    @Override
    public NodeLeases leases()
    {
        return leases;
    }

    @Override
    public void report(final MeshException error)
    {
        errors.accept(error);
    }

    @Override
    public Thread closer()
    {
        return closer;
    }

    @Override
    public void letGo(final PeerChannel channel, final Session last)
    {
        lettingGo.add(channel, last.peerInstanceHigh(), last.peerInstanceLow());
    }

    @Override
    public NodeSelf self()
    {
        return self;
    }

    @Override
    public int hopLimit()
    {
        return hopLimit;
    }

    @Override
    public SessionPackets packets()
    {
        return packets;
    }

    @Override
    public NodeStatus status()
    {
        return status;
    }

    @Override
    public NodeCounters counters()
    {
        return counters;
    }

    @Override
    public Session newSession(final SessionOwner owner, final Destination peer, final boolean wantsRetained)
    {
        final Session session = new Session(owner, peer, this, freshId(), ++openSequence, wantsRetained);
        table.add(session);
        return session;
    }

    @Override
    public void onPeerEnd(final Session session)
    {
        table.addPeerEnd(session);
    }

    @Override
    public void onEnded(final Session session)
    {
        table.remove(session);
    }

    @Override
    public void renew(final Session session)
    {
        table.remove(session);
        session.renew(freshId(), ++openSequence);
        table.add(session);
    }

    @Override
    public void onForgotten(final Destination peer)
    {
        dropIfUnused(peer);
    }

    @Override
    public void closeLater(final Session session, final CloseReason reason)
    {
        if (session.isRequest())
        {
            replies.reset(session.peer(), session.localEnd());
        }
        closing.add(session, reason);
        session.onClosing(reason); // what it has consumed is final now
    }

    @Override
    public void rejectFull(final Session session, final long peerEnd)
    {
        replies.reject(session.peer(), peerEnd, session.owner().kind(), RejectReason.MEMBER_TABLE_FULL,
            session.peer().sessions().size(), 0, session.owner().channelName());
    }

    private long freshId()
    {
        long id;
        do
        {
            id = os.nextRandom();
        }
        while (id == 0);
        return id;
    }
}
