package io.aeromesh.internal.node;

import io.aeromesh.EdgeStatus;
import io.aeromesh.NodeConfig;
import io.aeromesh.NodeListener;
import io.aeromesh.RouteStatus;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.link.LinkPackets;
import io.aeromesh.internal.link.NodeSelf;
import io.aeromesh.internal.routing.NodeIdentity;
import io.aeromesh.internal.routing.RoutingConfig;
import io.aeromesh.internal.routing.RoutingTable;
import io.aeromesh.internal.session.ControlDispatcher;
import io.aeromesh.internal.session.ControlSender;
import io.aeromesh.internal.session.Sessions;
import io.aeromesh.os.HostPresence;
import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.protocol.codec.PingDecoder;
import io.aeromesh.protocol.codec.PongDecoder;
import io.aeromesh.protocol.codec.TopologyRequestDecoder;
import io.aeromesh.protocol.codec.TopologyResponseDecoder;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.Transport;
import io.aeromesh.status.MeshCounter;
import io.aeromesh.status.NodeCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * One node's duty cycle: commands, transports, links, sessions, services.
 * <p>
 * <b>Threading:</b> agent thread only, except {@link #roleName()}, {@link #edges()}, {@link #routes()},
 * {@link #isDrained()} and {@link #isClosed()}. <b>Allocation:</b> none while nothing but messages and
 * acknowledgements flow.
 */
public final class NodeAgent implements Agent, ControlHandler
{
    private final String name;
    private final NanoClock clock;
    private final Queue<Command> commands;
    private final List<Transport> transports;
    private final List<Agent> services;
    private final Links links;
    private final RoutingTable routing;
    private final RouteWatch routeWatch;
    private final Sessions sessions;
    private final ControlDispatcher dispatcher;
    private final Discards discards;
    private final Pings pings;
    private final Topologies topologies;
    private final ErrorReporter errors;
    private final HostPresence presence;
    private final List<SharedMemory> memories;
    private final NodeLeases leases;
    private final HostPresence.DeathListener deaths = this::onProcessEnded;
    private final AtomicCounter cycleTimeMax;
    private final long selfId;
    private final long pauseNs;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PingDecoder ping = new PingDecoder();
    private final PongDecoder pong = new PongDecoder();
    private final TopologyRequestDecoder topologyRequest = new TopologyRequestDecoder();
    private final TopologyResponseDecoder topologyResponse = new TopologyResponseDecoder();
    private long lastNs;
    private boolean draining;
    private volatile boolean drained;
    private volatile boolean closed;
    private volatile List<EdgeStatus> edgeSnapshot = List.of();
    private volatile List<RouteStatus> routeSnapshot = List.of();

    /**
     * Builds the graph of one node.
     *
     * @param config     of the node.
     * @param self       who it is.
     * @param commands   from the application; any thread offers, the agent polls.
     * @param transports opened so far; grows, by any thread, as edges of new schemes are added.
     * @param counters   of the node.
     * @param errors     of the node.
     * @param memories   that channels may share; closed by the agent.
     * @param leases     of the node; closed by the agent.
     * @param presence   by which processes of this host learn of each other's end; closed by the agent.
     */
    public NodeAgent(
        final NodeConfig config,
        final NodeSelf self,
        final Queue<Command> commands,
        final List<Transport> transports,
        final NodeCounters counters,
        final ErrorReporter errors,
        final HostPresence presence,
        final List<SharedMemory> memories,
        final NodeLeases leases)
    {
        name = config.name();
        clock = config.os().nanoClock();
        this.commands = commands;
        this.transports = transports;
        this.errors = errors;
        this.presence = presence;
        this.memories = memories;
        this.leases = leases;
        services = config.services();
        selfId = self.id();
        pauseNs = config.limits().edgeSilentNs() / 2;
        cycleTimeMax = counters.node(MeshCounter.CYCLE_TIME_MAX_NS);

        final int hopLimit = config.mesh().hopLimit();
        final List<EdgeSlot> slots = new ArrayList<>();
        final ControlSender sender = new ControlSender(selfId, hopLimit);
        final NodeListener listener = new GuardedListener(config.listener(), errors);
        routeWatch = new RouteWatch(listener, errors, counters);
        routing = new RoutingTable(
            new RoutingConfig(config.limits().destinationsMax(), RoutingConfig.defaults().maxMetric(),
                RoutingConfig.defaults().packetLengthMax(), RoutingConfig.defaults().rememberedDistances()),
            new NodeIdentity(selfId, name, self.instanceHigh(), self.instanceLow(), self.incarnation()),
            routeWatch);
        discards = new Discards(config.limits().discardTable(), counters);
        sessions = new Sessions(self, config.limits(), config.os(), hopLimit, sender,
            new Broadcaster(selfId, hopLimit, slots, discards), counters, memories, leases, presence, errors::report);
        dispatcher = new ControlDispatcher(sessions);
        links = new Links(
            name, slots, new LinkPackets(self), config.limits(), config.os(), counters, listener, errors,
            presence);
        final PacketRouter router = new PacketRouter(selfId, routing, sessions, this, discards, slots, counters);
        routeWatch.wire(sessions, router);
        links.wire(routing, router);
        pings = new Pings(sender, routing, self.nameUtf8(), hopLimit);
        topologies = new Topologies(sender, routing, name, links::status);
    }

    @Override
    public String roleName()
    {
        return "mesh-" + name;
    }

    @Override
    public void onStart()
    {
        lastNs = clock.nanoTime();
        services.forEach(Agent::onStart);
    }

    @Override
    public int doWork()
    {
        final long nowNs = clock.nanoTime();
        final long cycleNs = nowNs - lastNs;
        lastNs = nowNs;
        if (cycleNs > cycleTimeMax.getPlain())
        {
            cycleTimeMax.setRelease(cycleNs);
        }
        if (cycleNs > pauseNs)
        {
            links.onOwnPause(nowNs);
        }

        try
        {
            return takeCommands(nowNs) + workTransports(nowNs) + presence.doWork(nowNs, deaths) + links.doWork(nowNs) +
                sessions.doWork(nowNs) + discards.doWork(selfId, sessions) + pings.doWork(nowNs) +
                topologies.doWork(nowNs) + workServices();
        }
        catch (final RuntimeException | Error ex)
        {
            // a defect of ours has left state half-changed: better a node that is seen to be dead than one that lies
            errors.report(ex);
            throw new AgentTerminationException(ex);
        }
        finally
        {
            publish();
        }
    }

    private void onProcessEnded(final String peerName, final long instanceHigh, final long instanceLow)
    {
        links.onProcessEnded(peerName, instanceHigh, instanceLow); // drains what it committed to edges first
        sessions.onProcessEnded(peerName, instanceHigh, instanceLow);
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
        if (links.takeChanged())
        {
            edgeSnapshot = links.status();
        }
        if (routeWatch.takeChanged())
        {
            routeSnapshot = RouteWatch.status(routing);
        }
        if (draining && !drained && sessions.isEmpty() && !sessions.hasGoodbyes())
        {
            drained = true;
        }
    }

    private int takeCommands(final long nowNs)
    {
        int work = 0;
        Command command;
        while ((command = commands.poll()) != null)
        {
            work++;
            if (command instanceof Command.OpenProxy open)
            {
                sessions.open(open.channel(), open.peerId());
            }
            else if (command instanceof Command.OpenGroup open)
            {
                sessions.open(open.channel());
            }
            else if (command instanceof Command.Listen listen)
            {
                sessions.listen(listen.listener());
            }
            else if (command instanceof Command.AddEdge add)
            {
                links.add(add.medium());
            }
            else if (command instanceof Command.RemoveEdge remove)
            {
                remove.reply().complete(links.remove(remove.name()));
            }
            else if (command instanceof Command.Ping wanted)
            {
                pings.start(wanted.destination(), nowNs, wanted.reply());
            }
            else if (command instanceof Command.Picture wanted)
            {
                topologies.start(nowNs, wanted.reply());
            }
            else if (command instanceof Command.Drain drain)
            {
                sessions.requestClose(drain.closer());
                draining = true;
            }
        }
        return work;
    }

    @Override
    public void onMessage(
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
            default -> dispatcher.onMessage(sourceId, sessionId, buffer, offset, templateId);
        }
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
            links.close();
        }
        finally
        {
            transports.forEach(Transport::close);
            leases.close();
            memories.forEach(SharedMemory::close);
            presence.close();
            for (Command command = commands.poll(); command != null; command = commands.poll())
            {
                drop(command);
            }
            publish();
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
     * Nobody will carry the command out: whoever waits for it is told.
     */
    private void drop(final Command command)
    {
        final MeshException closedError = new MeshException(ErrorCode.NODE_CLOSED, "node '" + name + "' is closed");
        if (command instanceof Command.AddEdge add)
        {
            add.medium().close();
        }
        else if (command instanceof Command.OpenProxy open)
        {
            open.channel().close();
        }
        else if (command instanceof Command.OpenGroup open)
        {
            open.channel().close();
        }
        else if (command instanceof Command.RemoveEdge remove)
        {
            remove.reply().fail(closedError);
        }
        else if (command instanceof Command.Ping wanted)
        {
            wanted.reply().fail(closedError);
        }
        else if (command instanceof Command.Picture wanted)
        {
            wanted.reply().fail(closedError);
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
