package io.aeromesh;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.Users;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.spi.TransportContext.Threading;
import io.aeromesh.spi.TransportProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;

/**
 * Configuration of one node. Immutable; the methods named after a component give a changed copy. It opens nothing:
 * {@link MeshNode#launch} does.
 *
 * @param name          of the node, unique in the mesh, 1 to 128 bytes of UTF-8.
 * @param mesh          what all nodes agree on.
 * @param limits        of this node.
 * @param edges         to attach at launch.
 * @param threading     who runs the agent and the transports' shared state.
 * @param idle          what a threaded agent does when there is nothing to do.
 * @param baseDirectory for files that processes of this host share.
 * @param os            clocks, randomness, threads.
 * @param listener      told of events.
 * @param services      run in the agent's duty cycle, on its thread; they may use channels.
 * @param providers     of transports; empty: those found on the class path.
 * @param memories      that channels may share with other nodes; none: all channels go by proxy.
 * @param leases        bounds of the memory that the node hands out as leases.
 * @param contextsMax   processes that may be attached to the node at once, as the host of its base directory; 0: it is
 *                      none.
 * @param peers         how a node with a place finds neighbours and remembers them.
 * @param grants        other users of this machine, by name or uid, whose processes may be attached to the node too.
 */
public record NodeConfig(
    String name,
    MeshConfig mesh,
    NodeLimits limits,
    List<EdgeConfig> edges,
    Threading threading,
    Supplier<IdleStrategy> idle,
    Path baseDirectory,
    MeshOs os,
    NodeListener listener,
    List<Agent> services,
    List<TransportProvider> providers,
    List<SharedMemoryProvider> memories,
    LeaseConfig leases,
    int contextsMax,
    PeersConfig peers,
    List<String> grants)
{
    /** Most of {@link #contextsMax()}. */
    public static final int CONTEXTS_LIMIT = 4096;
    /** What {@link #hosting()} allows. */
    public static final int CONTEXTS_DEFAULT = 512;

    /** System property for {@link #defaultBaseDirectory()}. */
    public static final String DIRECTORY_PROPERTY = "aeromesh.dir";

    /**
     * Validates.
     */
    public NodeConfig
    {
        NodeIds.validateNode(name);
        Objects.requireNonNull(mesh, "mesh");
        Objects.requireNonNull(limits, "limits");
        edges = List.copyOf(edges);
        Objects.requireNonNull(threading, "threading");
        Objects.requireNonNull(idle, "idle");
        Objects.requireNonNull(baseDirectory, "baseDirectory");
        Objects.requireNonNull(os, "os");
        Objects.requireNonNull(listener, "listener");
        services = List.copyOf(services);
        providers = List.copyOf(providers);
        memories = List.copyOf(memories);
        Objects.requireNonNull(leases, "leases");
        if (contextsMax < 0 || contextsMax > CONTEXTS_LIMIT)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "contextsMax=" + contextsMax + " of node '" + name +
                "', need 0.." + CONTEXTS_LIMIT);
        }
        if (contextsMax > 0 && NodeIds.isContext(name))
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "name='" + name + "' of a host with contextsMax=" +
                contextsMax + ", need one without '" + NodeIds.CONTEXT_SEPARATOR + "', which only its contexts have");
        }
        Objects.requireNonNull(peers, "peers");
        grants = List.copyOf(grants);
        grants.forEach(Users::validate);
        if (!grants.isEmpty() && contextsMax == 0)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "node '" + name + "' has grants=" + grants +
                " and is no host: name hosting() first");
        }
        if (threading == Threading.INVOKED && idle == Idle.PARKED)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "node '" + name + "' has threading=INVOKED and " +
                "idle=PARKED: who invokes a node decides itself when to sleep; leave out threaded(Idle.PARKED)");
        }
    }

    /**
     * Starts a configuration: an agent thread that backs off when idle, no edges.
     */
    public static NodeConfig named(final String name)
    {
        return new NodeConfig(name, MeshConfig.DEFAULT, NodeLimits.DEFAULT, List.of(), Threading.THREADED,
            Idle.BACK_OFF, defaultBaseDirectory(), MeshOs.system(), NodeListener.NONE, List.of(),
            List.of(), Providers.memories(), LeaseConfig.DEFAULT, 0, PeersConfig.DEFAULT,
            List.of());
    }

    /**
     * Sharing these memories in place of those found on the class path; none: all channels go by proxy.
     */
    public NodeConfig sharing(final SharedMemoryProvider... newMemories)
    {
        return with(parts -> parts.memories = List.of(newMemories));
    }

    /**
     * The directory that {@link #DIRECTORY_PROPERTY} names; without it shared memory where there is one, else the
     * temporary directory; one directory per user.
     */
    public static Path defaultBaseDirectory()
    {
        final String directory = System.getProperty(DIRECTORY_PROPERTY);
        return directory != null ? Path.of(directory) : baseDirectoryOf(MeshOs.system().userName());
    }

    /**
     * The base directory that the processes of a user have, by its name, who does not say otherwise.
     */
    public static Path baseDirectoryOf(final String user)
    {
        final Path shm = Path.of("/dev/shm");
        final Path parent = shm.toFile().isDirectory() ? shm : Path.of(System.getProperty("java.io.tmpdir"));
        return parent.resolve("aeromesh-" + user);
    }

    /**
     * With one more edge, from a URI such as {@code shm:link?peer=gateway}. Name {@link #provider}s first, if any.
     *
     * @throws io.aeromesh.error.MeshException saying which part of the URI is bad.
     */
    public NodeConfig edge(final String uri)
    {
        return edge(EdgeConfigs.parse(uri, providers));
    }

    /**
     * With one more edge.
     *
     * @throws io.aeromesh.error.MeshException BAD_EDGE_CONFIG when it leads to this node itself.
     */
    public NodeConfig edge(final EdgeConfig edge)
    {
        if (edge.options().peer().equals(name))
        {
            throw new MeshException(ErrorCode.BAD_EDGE_CONFIG,
                "edge " + edge.toUri() + ": " + EdgeOptions.PEER_PARAM + " is '" + name + "', the node's own name");
        }
        final List<EdgeConfig> all = new ArrayList<>(edges);
        all.add(edge);
        return with(parts -> parts.edges = all);
    }

    /**
     * Run by the caller, who invokes {@link MeshNode#doWork()}: node, media driver and application in one thread.
     */
    public NodeConfig invoked()
    {
        return with(parts -> parts.threading = Threading.INVOKED);
    }

    /**
     * Whether the agent sleeps until it is woken.
     */
    boolean isParked()
    {
        return idle == Idle.PARKED;
    }

    /**
     * Run by an agent thread of its own, with this idle strategy: an {@link Idle}, or one of your own.
     */
    public NodeConfig threaded(final Supplier<IdleStrategy> newIdle)
    {
        return with(parts ->
        {
            parts.threading = Threading.THREADED;
            parts.idle = newIdle;
        });
    }

    /**
     * With this agreement.
     */
    public NodeConfig mesh(final MeshConfig newMesh)
    {
        return with(parts -> parts.mesh = newMesh);
    }

    /**
     * With these limits.
     */
    public NodeConfig limits(final NodeLimits newLimits)
    {
        return with(parts -> parts.limits = newLimits);
    }

    /**
     * With this directory.
     */
    public NodeConfig baseDirectory(final Path newBaseDirectory)
    {
        return with(parts -> parts.baseDirectory = newBaseDirectory);
    }

    /**
     * With these clocks, randomness and threads.
     */
    public NodeConfig os(final MeshOs newOs)
    {
        return with(parts -> parts.os = newOs);
    }

    /**
     * With this listener.
     */
    public NodeConfig listener(final NodeListener newListener)
    {
        return with(parts -> parts.listener = newListener);
    }

    /**
     * With these bounds of leases.
     */
    public NodeConfig leases(final LeaseConfig newLeases)
    {
        return with(parts -> parts.leases = newLeases);
    }

    /**
     * As the host of its base directory: other processes attach to it, by {@link MeshNode#attach}.
     */
    public NodeConfig hosting()
    {
        return hosting(CONTEXTS_DEFAULT);
    }

    /**
     * As the host of its base directory, for so many at once.
     */
    public NodeConfig hosting(final int newContextsMax)
    {
        return with(parts -> parts.contextsMax = newContextsMax);
    }

    /**
     * As a host that processes of these other users of this machine attach to as well, by {@link MeshNode#attach(
     * NodeConfig, String, Path)}; as many as of its own user. Each is a member of the mesh: it reads no channel
     * of two ends but its own, and what is broadcast in the mesh. Name {@link #hosting()} first.
     *
     * @param users by name, or by uid.
     */
    public NodeConfig granting(final String... users)
    {
        return with(parts -> parts.grants = List.of(users));
    }

    /**
     * As a context of a host: with the name of both, and an edge to it in place of all others.
     */
    NodeConfig contextOf(final String host)
    {
        return contextOf(host, name, ContextEdges.connecting(mesh, host));
    }

    /**
     * As a context of the host of another user: its name begins with that of this user, so that no user can take a
     * name that a process of another one might have.
     */
    NodeConfig contextOf(final String host, final String hostUser, final Path hostDirectory)
    {
        return contextOf(host, os.userName() + NodeIds.USER_SEPARATOR + name,
            ContextEdges.connecting(mesh, host, hostDirectory, hostUser));
    }

    private NodeConfig contextOf(final String host, final String context, final String edge)
    {
        return with(parts ->
        {
            parts.name = host + NodeIds.CONTEXT_SEPARATOR + context;
            parts.edges = List.of(EdgeConfigs.parse(edge, providers));
            parts.contextsMax = 0;
            parts.grants = List.of();
            parts.peers = PeersConfig.DEFAULT;
        });
    }

    /**
     * With these rules for finding neighbours and remembering them.
     */
    public NodeConfig peers(final PeersConfig newPeers)
    {
        return with(parts -> parts.peers = newPeers);
    }

    /**
     * With one more service in the duty cycle.
     */
    public NodeConfig service(final Agent service)
    {
        final List<Agent> all = new ArrayList<>(services);
        all.add(service);
        return with(parts -> parts.services = all);
    }

    /**
     * With one more transport provider; once one is named, the class path is not searched.
     */
    public NodeConfig provider(final TransportProvider provider)
    {
        final List<TransportProvider> all = new ArrayList<>(providers);
        all.add(provider);
        return with(parts -> parts.providers = all);
    }

    private NodeConfig with(final Consumer<Parts> change)
    {
        final Parts parts = new Parts(this);
        change.accept(parts);
        return parts.build();
    }

    /**
     * The components, of which some are to be changed.
     */
    private static final class Parts
    {
        private String name;
        private MeshConfig mesh;
        private NodeLimits limits;
        private List<EdgeConfig> edges;
        private Threading threading;
        private Supplier<IdleStrategy> idle;
        private Path baseDirectory;
        private MeshOs os;
        private NodeListener listener;
        private List<Agent> services;
        private List<TransportProvider> providers;
        private List<SharedMemoryProvider> memories;
        private LeaseConfig leases;
        private int contextsMax;
        private PeersConfig peers;
        private List<String> grants;

        Parts(final NodeConfig from)
        {
            name = from.name;
            mesh = from.mesh;
            limits = from.limits;
            edges = from.edges;
            threading = from.threading;
            idle = from.idle;
            baseDirectory = from.baseDirectory;
            os = from.os;
            listener = from.listener;
            services = from.services;
            providers = from.providers;
            memories = from.memories;
            leases = from.leases;
            contextsMax = from.contextsMax;
            peers = from.peers;
            grants = from.grants;
        }

        NodeConfig build()
        {
            return new NodeConfig(name, mesh, limits, edges, threading, idle, baseDirectory, os, listener,
                services, providers, memories, leases, contextsMax, peers, grants);
        }
    }
}
