package io.aeromesh;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.lease.PrivateMemory;
import io.aeromesh.internal.link.NodeSelf;
import io.aeromesh.internal.node.Command;
import io.aeromesh.internal.node.ErrorReporter;
import io.aeromesh.internal.node.NodeAgent;
import io.aeromesh.internal.node.ParkedIdle;
import io.aeromesh.internal.node.PendingReply;
import io.aeromesh.internal.session.ChannelRegistry;
import io.aeromesh.internal.session.GroupChannel;
import io.aeromesh.internal.session.PeerChannel;
import io.aeromesh.internal.session.RequestQueue;
import io.aeromesh.os.HostPresence;
import io.aeromesh.os.JvmFlags;
import io.aeromesh.os.KeptFile;
import io.aeromesh.os.NameLocks;
import io.aeromesh.os.Parking;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.spi.DirectMedium;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.JoinableMedium;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.spi.Transport;
import io.aeromesh.spi.TransportContext;
import io.aeromesh.spi.TransportContext.Threading;
import io.aeromesh.status.NodeStatus;
import io.aeromesh.status.OccupancyVisitor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.status.CountersReader;

/**
 * A named member of the mesh.
 * <p>
 * <b>Threading:</b> any thread may call its methods, except {@link #doWork()}, which belongs to one thread where the
 * node is {@link NodeConfig#invoked()}.
 */
public final class MeshNode implements AutoCloseable
{
    private static final int COMMANDS_MAX = 4096;
    private static final int REQUESTS_WAITING_MAX = 1024;
    private static final long CLOSE_BOUND_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long PARK_NS = 50_000;
    private static final Duration REMOVE_BOUND = Duration.ofSeconds(10);

    private final NodeConfig config;
    private final NodeSelf self;
    private final HostPresence presence;
    private AutoCloseable hostClaim;
    private AutoCloseable announcement;
    private final Parking parking;
    private final NodeStatus status;
    private final ErrorReporter errors;
    private final ManyToOneConcurrentArrayQueue<Command> commands = new ManyToOneConcurrentArrayQueue<>(COMMANDS_MAX);
    /** The agent looks at each in each cycle, by index, as an iterator may be an allocation. */
    private final CopyOnWriteArrayList<Transport> transports = new CopyOnWriteArrayList<>();
    private final ChannelRegistry registry;
    private final List<SharedMemory> memories;
    private final NodeLeases leases;
    private final NodeAgent agent;
    private final AgentRunner runner;
    private final AgentInvoker invoker;

    // guarded by this: set-up only, never on a message path
    private final Map<String, Transport> transportByScheme = new HashMap<>();
    private final Set<String> edgeNames = new HashSet<>();
    private String directEdge = "";
    private String placeEdge = "";
    private volatile boolean closed;

    /**
     * Opens the node's edges and starts its agent, or hands it to the caller where the node is invoked.
     *
     * @throws MeshException saying what is wrong and what to do: name taken, directory not usable, too little memory,
     *                       address in use, driver absent.
     */
    public static MeshNode launch(final NodeConfig config)
    {
        JvmFlags.requireOpen("the mesh", List.of("jdk.internal.misc"));
        return new MeshNode(config);
    }

    /**
     * Attaches to the host of the base directory, as a context of it: a node called {@code HOST/NAME} that has the
     * host's edges and routes and none of its own, is seen by others as part of it, and may end at any moment. When the
     * host ends the context stays, with its direct channels, and is attached again when a host of that name is back.
     *
     * @param config whose name is unique among the contexts of the host, and which has no edges.
     * @throws MeshException NO_HOST when none runs, else as {@link #launch}.
     */
    public static MeshNode attach(final NodeConfig config)
    {
        requireContext(config);
        final String host = config.os().findHost(config.baseDirectory(), config.mesh().meshName());
        if (host == null)
        {
            throw NoHost.here(config);
        }
        return launch(config.contextOf(host));
    }

    /**
     * Attaches to the host of another user, who must have granted it to this one: {@link NodeConfig#granting}. The
     * context is called {@code HOST/USER:NAME}, after this user. It meets others of this user in its own base
     * directory, and is joined directly with those alone: to all else its channels go through the host, and its leases
     * are copied.
     * A host that refuses this user is reported as {@link ErrorCode#USER_REFUSED}, and asked again.
     *
     * @param config        whose name is unique among the contexts of this user, and which has no edges.
     * @param hostUser      who runs the host, by name or uid: nobody else is taken for it.
     * @param hostDirectory base directory of the host, such as {@link NodeConfig#baseDirectoryOf}.
     * @throws MeshException NO_HOST when none runs that grants anybody, DIRECTORY_UNUSABLE when the directory is not
     *                       that user's, else as {@link #launch}.
     */
    public static MeshNode attach(final NodeConfig config, final String hostUser, final Path hostDirectory)
    {
        requireContext(config);
        final String host = config.os().findHostOf(hostUser, hostDirectory, config.mesh().meshName());
        if (host == null)
        {
            throw NoHost.ofUser(config, hostUser, hostDirectory);
        }
        return launch(config.contextOf(host, hostUser, hostDirectory));
    }

    private static void requireContext(final NodeConfig config)
    {
        if (!config.edges().isEmpty() || NodeIds.isContext(config.name()) ||
            config.name().indexOf(NodeIds.USER_SEPARATOR) >= 0)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "name='" + config.name() + "' with " + config.edges().size() +
                " edge(s): a context has a name without '" + NodeIds.CONTEXT_SEPARATOR + "' and '" +
                NodeIds.USER_SEPARATOR + "', and no edges of its own");
        }
    }

    private MeshNode(final NodeConfig config)
    {
        this.config = config;
        final long incarnation = Math.max(0, config.os().epochClock().time());
        self = NodeSelf.of(config.name(), config.os().nextRandom(), config.os().nextRandom(), incarnation,
            config.mesh());
        presence = config.os().claimName(config.baseDirectory(), config.mesh().meshName(), config.name(),
            self.instanceHigh(), self.instanceLow());
        Parking opened = Parking.NONE;
        final KeptFile kept;
        try
        {
            status = openStatus();
            errors = new ErrorReporter(status.errorBuffer(), config.os().epochClock(), config.listener());
            kept = openKept(config);
            opened = config.isParked() ? config.os().newParking(NodeAgent.sleepNsMax(config.limits())) : opened;
            presence.wakes(opened);
            memories = openMemories(config, self);
        }
        catch (final RuntimeException ex)
        {
            presence.close();
            opened.close();
            throw ex;
        }
        parking = opened;
        leases = new NodeLeases(config.name(), self.instanceHigh(), self.instanceLow(), config.leases(),
            leaseMemory(memories), config.os());
        registry = new ChannelRegistry(leases, parking);
        agent = new NodeAgent(
            config, self, commands, transports, status, errors, presence, memories, leases, parking, kept);
        try
        {
            config.edges().forEach(this::addEdge);
            if (config.contextsMax() > 0)
            {
                hostClaim = config.os().claimHost(config.baseDirectory(), config.mesh().meshName(), config.name());
                addEdge(ContextEdges.listening(config.mesh(), config.name(), config.contextsMax()));
                if (!config.grants().isEmpty())
                {
                    addEdge(ContextEdges.granting(config.mesh(), config.name(), config.contextsMax(),
                        config.baseDirectory(), config.grants()));
                    announcement = config.os().announceHost(
                        config.baseDirectory(), config.mesh().meshName(), config.name());
                }
            }
        }
        catch (final RuntimeException ex)
        {
            agent.onClose();
            releaseHost();
            presence.close();
            throw ex;
        }

        if (config.threading() == Threading.THREADED)
        {
            invoker = null;
            final IdleStrategy idle =
                config.isParked() ? new ParkedIdle(parking, agent, config.os()) : config.idle().get();
            runner = new AgentRunner(idle, this::onStopped, null, agent);
            AgentRunner.startOnThread(runner, task -> config.os().newThread(agent.roleName(), task));
        }
        else
        {
            runner = null;
            invoker = new AgentInvoker(this::onStopped, null, agent);
            invoker.start();
        }
    }

    private NodeStatus openStatus()
    {
        final StatusConfig wanted = config.limits().status();
        return new NodeStatus(
            new NodeStatus.Subject(
                config.name(), config.mesh().meshName(), self.instanceHigh(), self.instanceLow()),
            wanted, presence.openStatus(NodeStatus.length(wanted)), config.os());
    }

    private static KeptFile openKept(final NodeConfig config)
    {
        return !config.peers().isKept() ? KeptFile.NONE : config.os().keep(config.peers().directory(),
            NameLocks.fileName(config.mesh().meshName(), config.name()) + ".peers");
    }

    private static List<SharedMemory> openMemories(final NodeConfig config, final NodeSelf self)
    {
        final SharedMemoryProvider.Context context = new SharedMemoryProvider.Context(
            config.name(), config.mesh().meshName(), self.instanceHigh(), self.instanceLow(), config.os(),
            config.baseDirectory());
        final List<SharedMemory> memories = new ArrayList<>();
        try
        {
            config.memories().forEach(provider -> memories.add(provider.open(context)));
        }
        catch (final RuntimeException ex)
        {
            memories.forEach(SharedMemory::close);
            throw ex;
        }
        return List.copyOf(memories);
    }

    /**
     * That which reaches farthest, so that a block can be handed on to as many as possible.
     */
    private static SharedMemory leaseMemory(final List<SharedMemory> memories)
    {
        SharedMemory best = null;
        for (final SharedMemory memory : memories)
        {
            if (best == null || memory.scope() == SharedMemory.Scope.HOST)
            {
                best = memory;
            }
        }
        return best == null ? new PrivateMemory() : best;
    }

    /**
     * The agent has reported what stopped it already; what comes else is an error of starting or closing.
     */
    private void onStopped(final Throwable error)
    {
        if (!(error instanceof AgentTerminationException))
        {
            errors.report(error);
        }
    }

    /**
     * Whether the node works: false after {@link #close()}, and after an error of the kind
     * {@link ErrorCode.Action#RESTART_NODE}, which also closed its channels.
     */
    public boolean isRunning()
    {
        return invoker != null ? !invoker.isClosed() : !runner.isClosed();
    }

    /**
     * Name of the node.
     */
    public String name()
    {
        return config.name();
    }

    /**
     * 64-bit id, derived from the name.
     */
    public long id()
    {
        return self.id();
    }

    /**
     * Blocks of memory that change their owner without being moved.
     */
    public Leases leases()
    {
        return leases;
    }

    /**
     * Runs one duty cycle. Only where the node is invoked, and always by the same thread.
     *
     * @return amount of work done; 0: nothing to do now.
     */
    public int doWork()
    {
        if (invoker == null)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG,
                "node '" + name() + "' has an agent thread of its own: doWork() is for NodeConfig.invoked()");
        }
        return invoker.invoke();
    }

    /**
     * Opens one end of a channel to one other node. Returns at once; the channel connects when the other end is open
     * too, in any order and at any time.
     *
     * @throws MeshException CHANNEL_EXISTS when it is open here and the spec does not ask for replacement.
     */
    public Channel open(final ChannelSpec spec)
    {
        if (spec.peer().equals(name()))
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "peer='" + spec.peer() + "' is this node itself");
        }
        final PeerChannel channel = registry.add(spec);
        submit(new Command.OpenProxy(channel, NodeIds.idOf(spec.peer())), channel::close);
        return channel;
    }

    /**
     * Opens a broadcast channel. Returns at once; members join when they are reached.
     *
     * @throws MeshException CHANNEL_EXISTS when it is open here.
     */
    public BroadcastChannel open(final BroadcastSpec spec)
    {
        final GroupChannel channel = registry.add(spec);
        submit(new Command.OpenGroup(channel), channel::close);
        return channel;
    }

    /**
     * Listens for requests of other nodes for channels that are not open here, those of the past included that were
     * not answered. There may be several listeners.
     *
     * @param channelName to listen for; empty: any.
     */
    public RequestListener listen(final String channelName)
    {
        final RequestQueue listener = new RequestQueue(channelName, REQUESTS_WAITING_MAX);
        submit(new Command.Listen(listener));
        return listener;
    }

    /**
     * Makes a poller of channels for one thread of the application.
     *
     * @param idle what the thread does while it waits.
     * @throws MeshException BAD_CONFIG for {@link Idle#PARKED} where the node is invoked: who sleeps invokes nothing.
     */
    public Poller poller(final Idle idle)
    {
        if (idle == Idle.PARKED && invoker != null)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "node '" + name() + "' is invoked, so no agent would wake " +
                "a poller with idle=PARKED: use NodeConfig.threaded, or another idle");
        }
        return Poller.of(config.os(), idle);
    }

    /**
     * Adds an edge from a URI such as {@code shm:link?peer=gateway}.
     *
     * @throws MeshException EDGE_EXISTS, or why it can not be opened.
     */
    public void addEdge(final String uri)
    {
        addEdge(EdgeConfigs.parse(uri, config.providers()));
    }

    /**
     * Adds an edge. Its peer may exist already, or later.
     *
     * @throws MeshException EDGE_EXISTS, or why it can not be opened.
     */
    public synchronized void addEdge(final EdgeConfig edge)
    {
        requireOpen();
        if (hasEdge(edge.name()))
        {
            throw new MeshException(ErrorCode.EDGE_EXISTS, "node '" + name() + "' has an edge '" + edge.name() + "'");
        }
        final Medium medium = transport(edge).attach(edge);
        if (medium instanceof DirectMedium)
        {
            if (!directEdge.isEmpty())
            {
                medium.close();
                throw new MeshException(ErrorCode.EDGE_EXISTS, "node '" + name() + "' has the place '" + directEdge +
                    "' for direct streams already, at most 1: '" + edge.name() + "'");
            }
            directEdge = edge.name();
        }
        if (medium instanceof JoinableMedium)
        {
            if (!placeEdge.isEmpty())
            {
                medium.close();
                throw new MeshException(ErrorCode.EDGE_EXISTS, "node '" + name() + "' has the place '" + placeEdge +
                    "' that others join already, at most 1: '" + edge.name() + "'");
            }
            placeEdge = edge.name();
        }
        if (!commands.offer(new Command.AddEdge(medium)))
        {
            medium.close();
            throw queueFull();
        }
        wakeAgent();
        edgeNames.add(edge.name());
    }

    /**
     * Adds an edge from a URI in place of the one with the same name, if there is one; channels stay and go on.
     *
     * @throws MeshException why it can not be opened.
     */
    public void replaceEdge(final String uri)
    {
        replaceEdge(EdgeConfigs.parse(uri, config.providers()));
    }

    /**
     * Adds an edge in place of the one with the same name, if there is one; channels stay and go on. Waits as
     * {@link #removeEdge} does.
     */
    public void replaceEdge(final EdgeConfig edge)
    {
        if (hasEdge(edge.name()))
        {
            removeEdge(edge.name());
        }
        addEdge(edge);
    }

    /**
     * After a command was queued. An agent that backs off sleeps by itself, and a permit ends that too.
     */
    private void wakeAgent()
    {
        parking.wake();
        if (runner != null)
        {
            LockSupport.unpark(runner.thread());
        }
    }

    private synchronized boolean hasEdge(final String edgeName)
    {
        return edgeNames.contains(edgeName);
    }

    private Transport transport(final EdgeConfig edge)
    {
        Transport transport = transportByScheme.get(edge.scheme());
        if (transport == null)
        {
            transport = EdgeConfigs.provider(edge.scheme(), config.providers()).open(
                new TransportContext(config.mesh().meshName(), name(), config.os(), config.baseDirectory(),
                    config.threading(), parking));
            transportByScheme.put(edge.scheme(), transport);
            transports.add(transport);
        }
        return transport;
    }

    /**
     * Removes an edge; the neighbour is told. Waits until what it held is free, so not to be called from the agent's
     * own duty cycle.
     *
     * @throws MeshException EDGE_NOT_FOUND naming those that exist.
     */
    public void removeEdge(final String edgeName)
    {
        synchronized (this)
        {
            if (!edgeNames.remove(edgeName))
            {
                throw new MeshException(ErrorCode.EDGE_NOT_FOUND,
                    "node '" + name() + "' has no edge '" + edgeName + "', it has " + edgeNames);
            }
            directEdge = directEdge.equals(edgeName) ? "" : directEdge;
            placeEdge = placeEdge.equals(edgeName) ? "" : placeEdge;
        }
        final PendingReply<Boolean> reply = reply("removal of edge '" + edgeName + "'");
        submit(new Command.RemoveEdge(edgeName, reply));
        reply.await(REMOVE_BOUND);
    }

    /**
     * What the agent does when there is nothing to do, for people: a strategy, or {@code parked}, and then also what
     * keeps it from sleeping until it is woken, such as an Aeron edge.
     */
    public String idling()
    {
        return agent.idling();
    }

    /**
     * Edges as they are now.
     */
    public List<EdgeStatus> edges()
    {
        return agent.edges();
    }

    /**
     * Known nodes and the way to each.
     */
    public List<RouteStatus> routes()
    {
        return agent.routes();
    }

    /**
     * Measures the way to a node hop by hop.
     */
    public Reply<PingReport> ping(final String node)
    {
        NodeIds.validateNode(node);
        final PendingReply<PingReport> reply = reply("ping '" + node + "'");
        submit(new Command.Ping(node, reply));
        return reply;
    }

    /**
     * Gathers a picture of the mesh.
     */
    public Reply<Topology> topology()
    {
        final PendingReply<Topology> reply = reply("topology");
        submit(new Command.Picture(reply));
        return reply;
    }

    private <T> PendingReply<T> reply(final String question)
    {
        return new PendingReply<>(question, config.os().nanoClock(), invoker == null ? null : this::doWork);
    }

    /**
     * Shows how full the node's tables and queues are. Allocates nothing. Only where the node is invoked, between duty
     * cycles.
     */
    public void occupancy(final OccupancyVisitor visitor)
    {
        visitor.onTable("commands", commands.size(), commands.capacity());
        agent.occupancy(visitor);
    }

    /**
     * Counters of the node, its edges and channels; see {@link io.aeromesh.status.MeshCounter}. When the node is
     * closed a reader asked for before shows nothing any more, and one asked for after what it last was.
     */
    public CountersReader counters()
    {
        return status.reader();
    }

    /**
     * Distinct errors so far, with their counts.
     */
    public List<String> errors()
    {
        return errors.errors();
    }

    private void submit(final Command command, final Runnable undo)
    {
        try
        {
            submit(command);
        }
        catch (final MeshException ex)
        {
            undo.run();
            throw ex;
        }
    }

    /**
     * Under the lock, so that nothing is submitted behind the back of {@link #close()} and never answered.
     */
    private void submit(final Command command)
    {
        synchronized (commands) // not this, which is held while a driver starts
        {
            requireOpen();
            if (!commands.offer(command))
            {
                throw queueFull();
            }
            wakeAgent();
            requireOpen(); // an agent that has stopped meanwhile may have missed it
        }
    }

    private void requireOpen()
    {
        if (closed || agent.isClosed())
        {
            throw new MeshException(ErrorCode.NODE_CLOSED, "node '" + name() + "' is closed");
        }
    }

    private MeshException queueFull()
    {
        return new MeshException(
            ErrorCode.COMMAND_QUEUE_FULL, "node '" + name() + "' has " + COMMANDS_MAX + " commands waiting");
    }

    /**
     * Closes the channels, each after its own bound for draining, then edges and agent. Waits for that, and drives the
     * duty cycle itself where the node is invoked. Idempotent. Not for a handler of a message, nor for who has a claim
     * outstanding: the memory that it uses stays mapped then, and this waits in vain for its channel to let go of it.
     */
    @Override
    public void close()
    {
        synchronized (this)
        {
            if (closed)
            {
                return;
            }
            synchronized (commands)
            {
                closed = true;
            }
        }
        final boolean asked = commands.offer(new Command.Drain(Thread.currentThread()));
        wakeAgent();
        final long deadlineNs = config.os().nanoClock().nanoTime() + CLOSE_BOUND_NS;
        while (asked && isRunning() && !agent.isDrained() && config.os().nanoClock().nanoTime() - deadlineNs < 0)
        {
            if (invoker != null)
            {
                invoker.invoke();
            }
            else
            {
                LockSupport.parkNanos(PARK_NS);
            }
        }
        if (invoker != null)
        {
            invoker.close();
        }
        else
        {
            parking.retire(); // the runner tells nobody that it waits for its thread
            runner.close();
        }
        releaseHost();
        if (!agent.keepsName())
        {
            presence.close();
        }
    }

    private void releaseHost()
    {
        CloseHelper.quietClose(announcement);
        CloseHelper.quietClose(hostClaim); // the kernel does it else, when the process ends
    }
}
