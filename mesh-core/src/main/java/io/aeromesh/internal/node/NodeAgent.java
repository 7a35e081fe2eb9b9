package io.aeromesh.internal.node;

import io.aeromesh.EdgeStatus;
import io.aeromesh.Idle;
import io.aeromesh.NodeConfig;
import io.aeromesh.NodeLimits;
import io.aeromesh.NodeListener;
import io.aeromesh.RouteStatus;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.link.LinkPackets;
import io.aeromesh.internal.link.NodeSelf;
import io.aeromesh.internal.node.CycleWatch.Part;
import io.aeromesh.internal.peers.PeerKeeper;
import io.aeromesh.internal.routing.NodeIdentity;
import io.aeromesh.internal.routing.RoutingConfig;
import io.aeromesh.internal.routing.RoutingTable;
import io.aeromesh.internal.session.ControlDispatcher;
import io.aeromesh.internal.session.ControlSender;
import io.aeromesh.internal.session.ProxyReplies;
import io.aeromesh.internal.session.Sessions;
import io.aeromesh.os.HostPresence;
import io.aeromesh.os.KeptFile;
import io.aeromesh.os.Parking;
import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.protocol.codec.PingDecoder;
import io.aeromesh.protocol.codec.PongDecoder;
import io.aeromesh.protocol.codec.TopologyRequestDecoder;
import io.aeromesh.protocol.codec.TopologyResponseDecoder;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.Transport;
import io.aeromesh.status.MeshEvent;
import io.aeromesh.status.NodeCounters;
import io.aeromesh.status.NodeStatus;
import io.aeromesh.status.OccupancyVisitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One node's duty cycle: commands, transports, links, sessions, services.
 * <p>
 * <b>Threading:</b> agent thread only, except {@link #roleName()}, {@link #edges()}, {@link #routes()},
 * {@link #isDrained()} and {@link #isClosed()}. <b>Allocation:</b> none while nothing but messages and
 * acknowledgements flow.
 */
public final class NodeAgent implements Agent, ControlHandler, HostPresence.DeathListener
{
    /** How long a parked agent sleeps while something has to be looked at that wakes nobody. */
    static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final String PARKED = "parked";

    private final String name;
    private final NanoClock clock;
    private final CommandTaker commands;
    private final List<Transport> transports;
    private final List<Agent> services;
    private final Links links;
    private final Links streamLinks;
    private final Streams streams;
    private final PeerKeeper peers;
    private final RoutingTable routing;
    private final RouteWatch routeWatch;
    private final Sessions sessions;
    private final ControlDispatcher dispatcher;
    private final AbsentContexts absent;
    private final Discards discards;
    private final Pings pings;
    private final Topologies topologies;
    private final ErrorReporter errors;
    private final HostPresence presence;
    private final List<SharedMemory> memories;
    private final Deaths deaths;
    private final NodeLeases leases;
    private final NodeStatus status;
    private final CycleWatch watch;
    private final long selfId;
    private final int destinationsMax;
    private final long pauseNs;
    private final Parking parking;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PingDecoder ping = new PingDecoder();
    private final PongDecoder pong = new PongDecoder();
    private final TopologyRequestDecoder topologyRequest = new TopologyRequestDecoder();
    private final TopologyResponseDecoder topologyResponse = new TopologyResponseDecoder();
    private long lastNs;
    private volatile boolean drained;
    private volatile boolean closed;
    private volatile boolean keepsName;
    private volatile List<EdgeStatus> edgeSnapshot = List.of();
    private volatile List<RouteStatus> routeSnapshot = List.of();
    private volatile String idling;

    /**
     * Builds the graph of one node.
     *
     * @param config     of the node.
     * @param self       who it is.
     * @param commands   from the application; any thread offers, the agent polls.
     * @param transports opened so far; grows, by any thread, as edges of new schemes are added.
     * @param status     told to those who watch; closed by the agent, its memory with the presence.
     * @param errors     of the node.
     * @param memories   that channels may share; closed by the agent.
     * @param leases     of the node; closed by the agent.
     * @param presence   by which processes of this host learn of each other's end; closed by the agent.
     * @param parking    where the agent sleeps, if it does; closed by the agent.
     * @param kept       in which known places are kept; closed by the agent.
     */
    public NodeAgent(
        final NodeConfig config,
        final NodeSelf self,
        final Queue<Command> commands,
        final List<Transport> transports,
        final NodeStatus status,
        final ErrorReporter errors,
        final HostPresence presence,
        final List<SharedMemory> memories,
        final NodeLeases leases,
        final Parking parking,
        final KeptFile kept)
    {
        this.status = status;
        final NodeCounters counters = status.counters();
        name = config.name();
        clock = config.os().nanoClock();
        this.transports = transports;
        this.errors = errors;
        this.presence = presence;
        this.memories = memories;
        this.parking = parking;
        this.leases = leases;
        services = config.services();
        selfId = self.id();
        destinationsMax = config.limits().destinationsMax();
        final NodeLimits limits = limits(config, parking);
        pauseNs = config.limits().edgeSilentNs() / 2;
        idling = parking.isParkable() ? PARKED : config.idle() instanceof Idle idle ? idle.name() :
            "a strategy of the application";
        watch = new CycleWatch(status, clock, config.threading(), services.size());

        final int hopLimit = config.mesh().hopLimit();
        final List<EdgeSlot> slots = new ArrayList<>();
        final ControlSender sender = new ControlSender(selfId, hopLimit);
        final NodeListener listener =
            new NotingListener(status.events(), watch, new GuardedListener(config.listener(), errors));
        routeWatch = new RouteWatch(name, listener, errors, counters);
        routing = new RoutingTable(
            new RoutingConfig(config.limits().destinationsMax(), RoutingConfig.defaults().maxMetric(),
                RoutingConfig.defaults().packetLengthMax(), RoutingConfig.defaults().rememberedDistances()),
            new NodeIdentity(selfId, name, self.instanceHigh(), self.instanceLow(), self.incarnation()),
            routeWatch);
        discards = new Discards(config.limits().discardTable(), counters);
        streams = new Streams(errors);
        sessions = new Sessions(self, config.limits(), config.os(), hopLimit, sender,
            new Broadcaster(self, hopLimit, slots, discards), status, memories, leases, presence, streams,
            errors::report);
        dispatcher = new ControlDispatcher(sessions);
        peers = new PeerKeeper(config.peers(), name, config.os(), kept, errors::report);
        peers.wire(routing);
        final Neighbours neighbours = new Neighbours(listener, errors, status.events(), peers);
        absent = new AbsentContexts(
            routing, presence, new ProxyReplies(sender, sessions::onNoWay, sessions::onTold), sessions::onContextDied);
        neighbours.wire(routing, absent);
        final LinkPackets linkPackets = new LinkPackets(self);
        links = new Links(name, slots, linkPackets, limits, config.os(), status, errors, presence, neighbours,
            Links.Purpose.EDGES);
        streamLinks = new Links(name, new ArrayList<>(), linkPackets, limits, config.os(), status, errors, presence,
            streams, Links.Purpose.STREAMS);
        streams.wire(streamLinks, sessions);
        deaths = new Deaths(memories, sessions, List.of(links, streamLinks));
        final PacketRouter router =
            new PacketRouter(selfId, routing, sessions, this, absent, discards, slots, counters);
        routeWatch.wire(routing, sessions, router);
        links.wire(routing, router);
        streamLinks.wire(routing, router);
        pings = new Pings(sender, routing, self.nameUtf8(), hopLimit);
        topologies = new Topologies(sender, routing, name, links::status);
        this.commands = new CommandTaker(name, commands, sessions, links, streams, peers, pings, topologies);
    }

    @Override
    public String roleName()
    {
        return "mesh-" + name;
    }

    @Override
    public void onStart()
    {
        status.events().note(MeshEvent.NODE_STARTED, name, "");
        services.forEach(Agent::onStart);
        lastNs = clock.nanoTime();
    }

    @Override
    public int doWork()
    {
        final long nowNs = clock.nanoTime();
        final long cycleNs = nowNs - lastNs;
        lastNs = nowNs;
        if (cycleNs > pauseNs)
        {
            links.onOwnPause(nowNs);
            streamLinks.onOwnPause(nowNs);
        }

        try
        {
            return watch.begin(nowNs, cycleNs) ? workReadThrough(nowNs) : work(nowNs);
        }
        catch (final RuntimeException | Error ex)
        {
            // a defect of ours has left state half-changed: better a node that is seen to be dead than one that lies
            errors.report(ex);
            status.onFailed(name);
            throw new AgentTerminationException(ex);
        }
        finally
        {
            links.wakePeers();
            streamLinks.wakePeers();
            publish();
        }
    }

    /**
     * The parts of a cycle, almost without looks at the clock.
     */
    private int work(final long nowNs)
    {
        return watch.afterOthers(commands.doWork(nowNs), workTransports(nowNs), presence.doWork(nowNs, this)) +
            watch.afterOurs(links.doWork(nowNs) + streamLinks.doWork(nowNs), sessions.doWork(nowNs)) +
            workSeldom(nowNs) + (services.isEmpty() ? 0 : workServicesTimed());
    }

    private int workServicesTimed()
    {
        watch.beforeServices();
        return watch.afterServices(workServices());
    }

    /**
     * The same parts with a look behind each. Written twice, as a question behind each part in {@link #work(long)},
     * whether it is to be looked at, costs 3 to 5 % of throughput.
     */
    private int workReadThrough(final long nowNs)
    {
        final int work = watch.after(Part.COMMANDS, commands.doWork(nowNs)) +
            watch.after(Part.TRANSPORTS, workTransports(nowNs)) +
            watch.after(Part.PRESENCE, presence.doWork(nowNs, this)) +
            watch.after(Part.LINKS, links.doWork(nowNs) + streamLinks.doWork(nowNs)) +
            watch.after(Part.SESSIONS, sessions.doWork(nowNs)) +
            watch.after(Part.OTHER, workSeldom(nowNs)) +
            watch.after(Part.SERVICES, workServices());
        watch.end();
        return work;
    }

    private int workSeldom(final long nowNs)
    {
        return discards.doWork(selfId, sessions) + absent.doWork(nowNs) + pings.doWork(nowNs) +
            topologies.doWork(nowNs) + deaths.doWork(nowNs) + peers.doWork(nowNs);
    }

    /**
     * Pings are for those that are silent, and each wakes two agents: a node that sleeps sends as few as
     * {@link NodeLimits#edgeSilentNs()} allows.
     */
    private static NodeLimits limits(final NodeConfig config, final Parking parking)
    {
        final NodeLimits limits = config.limits();
        return parking.isParkable() ? limits.edgePing(sleepNsMax(limits), limits.edgeSilentNs()) : limits;
    }

    /**
     * Longest sleep, in nanoseconds: half of the time after which a neighbour counts as silent.
     */
    public static long sleepNsMax(final NodeLimits limits)
    {
        return limits.edgeSilentNs() / 2;
    }

    /**
     * The agent is about to sleep: says for how long it may, as far as that is not a matter of wake-ups. Before the
     * last look, so that what is said here was so before it.
     */
    void onArmed()
    {
        final long nowNs = clock.nanoTime();
        links.boundSleep(nowNs, parking);
        streamLinks.boundSleep(nowNs, parking);
        deaths.boundSleep(nowNs, parking);
        sessions.boundSleep(nowNs, parking);
        if (!services.isEmpty() || sessions.hasTimedWork() || absent.isWaiting() || pings.isWaiting() ||
            topologies.isWaiting())
        {
            parking.noLongerThan(POLL_NS);
        }
    }

    /**
     * The agent has slept: that was no pause of its own, but for the part that was longer than asked for.
     */
    void onAwake(final long lateNs)
    {
        lastNs = clock.nanoTime() - lateNs;
    }

    private String describeIdling()
    {
        final List<String> polled = links.unableToWake();
        polled.addAll(streamLinks.unableToWake());
        if (!services.isEmpty())
        {
            polled.add(services.size() + " service(s)");
        }
        return polled.isEmpty() ? PARKED :
            PARKED + ", at most " + POLL_NS / 1_000 + " us at a time, as nothing wakes it for " + polled;
    }

    @Override
    public void onProcessEnded(final String peerName, final long instanceHigh, final long instanceLow)
    {
        status.events().note(MeshEvent.PROCESS_ENDED, peerName, "");
        links.onProcessEnded(peerName, instanceHigh, instanceLow); // drains what it committed to edges first
        streamLinks.onProcessEnded(peerName, instanceHigh, instanceLow);
        sessions.onProcessEnded(peerName, instanceHigh, instanceLow);
        deaths.suspect(peerName, instanceHigh, instanceLow, lastNs);
    }

    @Override
    public void onWatchLost(final String peerName, final long instanceHigh, final long instanceLow)
    {
        deaths.suspect(peerName, instanceHigh, instanceLow, lastNs);
    }

    private int workTransports(final long nowNs)
    {
        int work = 0;
        for (int i = 0; i < transports.size(); i++)
        {
            work += work(transports.get(i), nowNs);
        }
        return work;
    }

    /**
     * What a transport throws costs its edges, which it reports down, and not the node.
     */
    private int work(final Transport transport, final long nowNs)
    {
        try
        {
            return transport.doWork(nowNs);
        }
        catch (final RuntimeException ex)
        {
            errors.report(ex);
            return 0;
        }
    }

    private int workServices()
    {
        int work = 0;
        for (int i = 0; i < services.size(); i++)
        {
            final Agent service = services.get(i);
            try
            {
                work += service.doWork();
            }
            catch (final Exception ex)
            {
                errors.reportApplication("service '" + service.roleName() + "'", ex);
            }
        }
        return work;
    }

    private void publish()
    {
        if (links.takeChanged() | streamLinks.takeChanged())
        {
            edgeSnapshot = Stream.concat(links.status().stream(), streamLinks.status().stream()).toList();
            idling = parking.isParkable() ? describeIdling() : idling;
        }
        if (routeWatch.takeChanged())
        {
            routeSnapshot = RouteWatch.status(routing);
        }
        if (commands.isDraining() && !drained && sessions.isEmpty() && !sessions.hasGoodbyes())
        {
            drained = true;
        }
    }

    @Override
    public void onOpenToHost(final long sourceId, final UnsafeBuffer buffer, final int offset)
    {
        dispatcher.onOpenToHost(sourceId, buffer, offset);
    }

    @Override
    public boolean onMessage(
        final LinkReader in,
        final long sourceId,
        final long sessionId,
        final UnsafeBuffer buffer,
        final int offset,
        final int templateId,
        final long nowNs)
    {
        switch (templateId)
        {
            case PingDecoder.TEMPLATE_ID ->
            {
                ping.wrapAndApplyHeader(buffer, offset, header);
                pings.answer(sourceId, ping.correlationId(), ping.hop(), in.slot().name());
            }
            case PongDecoder.TEMPLATE_ID -> pings.onPong(pong.wrapAndApplyHeader(buffer, offset, header), nowNs);
            case TopologyRequestDecoder.TEMPLATE_ID -> topologies.answer(
                sourceId, topologyRequest.wrapAndApplyHeader(buffer, offset, header).correlationId());
            case TopologyResponseDecoder.TEMPLATE_ID ->
                topologies.onResponse(topologyResponse.wrapAndApplyHeader(buffer, offset, header));
            default ->
            {
                return dispatcher.onMessage(sourceId, sessionId, buffer, offset, templateId);
            }
        }
        return false;
    }

    @Override
    public void onMalformed(final MeshException error)
    {
        errors.report(error);
    }

    @Override
    public void onClose()
    {
        closed = true;
        services.forEach(this::close);
        try
        {
            sessions.closeAll();
            streamLinks.close();
            links.close();
        }
        finally
        {
            peers.close();
            transports.forEach(Transport::close);
            reportHeldLeases();
            closeMemory();
            errors.close();
            status.close();
            if (!keepsName)
            {
                presence.close();
            }
            parking.close();
            commands.dropAll();
            publish();
        }
    }

    /**
     * Where leases of others are held and this instance can not linger for them, its name is kept until the process
     * ends: else their owners would give out what is still in use here.
     */
    private void closeMemory()
    {
        try
        {
            leases.close();
        }
        catch (final MeshException ex)
        {
            keepsName = true;
            errors.report(ex);
            return;
        }
        memories.forEach(SharedMemory::close);
    }

    private void reportHeldLeases()
    {
        final long held = leases.heldOfOthers();
        if (held > 0)
        {
            errors.report(new MeshException(ErrorCode.LEASES_STILL_HELD, "node '" + name + "' is closed and holds " +
                held + " lease(s) of others, which stay theirs until they are released here or this process ends"));
        }
    }

    private void close(final Agent service)
    {
        try
        {
            service.onClose();
        }
        catch (final RuntimeException ex)
        {
            errors.reportApplication("service '" + service.roleName() + "'", ex);
        }
    }

    /**
     * Whether commands are not carried out any more. Any thread.
     */
    public boolean isClosed()
    {
        return closed;
    }

    /**
     * Whether the node's name stays taken until the process ends. Any thread, after {@link #isClosed}.
     */
    public boolean keepsName()
    {
        return keepsName;
    }

    /**
     * What the agent does when there is nothing to do, for people. Any thread.
     */
    public String idling()
    {
        return idling;
    }

    /**
     * Shows how full the tables are. Agent thread.
     */
    public void occupancy(final OccupancyVisitor visitor)
    {
        visitor.onTable("destinations", routing.routes().size(), destinationsMax);
        discards.occupancy(visitor);
        sessions.occupancy(visitor);
        peers.occupancy(visitor);
    }

    /**
     * Edges as they were at the last change. Any thread.
     */
    public List<EdgeStatus> edges()
    {
        return edgeSnapshot;
    }

    /**
     * Routes as they were at the last change. Any thread.
     */
    public List<RouteStatus> routes()
    {
        return routeSnapshot;
    }

    /**
     * Whether all channels are closed after a {@link Command.Drain}. Any thread.
     */
    public boolean isDrained()
    {
        return drained;
    }
}
