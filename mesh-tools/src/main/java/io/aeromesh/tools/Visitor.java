package io.aeromesh.tools;

import io.aeromesh.MeshNode;
import io.aeromesh.NodeListener;
import io.aeromesh.Topology;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.spi.TransportContext.Threading;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A node that joins the mesh for one command.
 * <p>
 * <b>Threading:</b> the command's; what is told of the node comes on that thread or the agent's.
 */
final class Visitor implements AutoCloseable, NodeListener
{
    private static final long PARK_NS = 100_000;
    private static final int TOPOLOGY_ATTEMPTS = 3;
    /** More than a node waits for answers. */
    private static final Duration TOPOLOGY_BOUND = Duration.ofSeconds(10);
    private static final Duration ROUTES_BOUND = Duration.ofSeconds(2);
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);
    /** When no route has changed for so long, the mesh is taken as known. */
    private static final long SETTLED_NS = 300_000_000;

    private final VisitorOptions options;
    private final MeshNode node;
    private final Threading threading;
    private volatile long lastChangeNs = System.nanoTime();
    private volatile String lastError = "";
    private volatile MeshException refusal;

    private Visitor(final VisitorOptions options, final Threading threading)
    {
        this.options = options;
        this.threading = threading;
        node = options.join(this, threading);
    }

    /**
     * For questions: the node runs in the command's thread, so that no change of thread is in what is measured.
     */
    static Visitor asking(final VisitorOptions options)
    {
        return new Visitor(options, Threading.INVOKED);
    }

    /**
     * For a conversation: the node has a thread of its own, so that the command's may wait for input and output.
     */
    static Visitor talking(final VisitorOptions options)
    {
        return new Visitor(options, Threading.THREADED);
    }

    MeshNode node()
    {
        return node;
    }

    /**
     * Waits for a way to a node.
     *
     * @param bound longest wait; zero: none.
     * @param until the user wants no more.
     * @return whether there is one, or the user wants no more.
     * @throws MeshException when the host refuses this user, which waiting does not change.
     */
    boolean awaitRoute(final String destination, final Duration bound, final BooleanSupplier until)
    {
        return awaitAsTold(bound, () -> until.getAsBoolean() || hasRoute(destination));
    }

    boolean hasRoute(final String destination)
    {
        final String known = NodeIds.nodeOf(destination); // a context goes by its node's route
        return node.routes().stream()
            .anyMatch(route -> route.destination().equals(known) && !route.nextHop().isEmpty());
    }

    /**
     * The picture of the mesh. Asked for again while somebody is missing, which may have no way back yet to this node
     * that has just come; and while somebody told of a neighbour that no route has told of, as routes may come late
     * where the machine is busy.
     */
    Topology topology()
    {
        Topology topology = node.topology().await(TOPOLOGY_BOUND);
        for (int i = 1; i < TOPOLOGY_ATTEMPTS && !isWhole(topology); i++)
        {
            final Topology seen = topology;
            await(ROUTES_BOUND, () -> seen.links().stream().allMatch(link -> isKnown(link.to())));
            topology = node.topology().await(TOPOLOGY_BOUND);
        }
        return topology;
    }

    /**
     * Whether all have answered that are known, be it by their neighbours only.
     */
    static boolean isWhole(final Topology topology)
    {
        return topology.missing().isEmpty() &&
            topology.links().stream().allMatch(link -> topology.nodes().contains(link.to()));
    }

    private boolean isKnown(final String name)
    {
        return name.equals(node.name()) || hasRoute(name);
    }

    /**
     * Runs the node for a while.
     *
     * @param until may end it before.
     */
    void idle(final Duration time, final BooleanSupplier until)
    {
        await(time, until);
    }

    /**
     * Waits until there is a neighbour and the routes that it told have come.
     *
     * @param bound longest wait; zero: none.
     * @param until the user wants no more.
     * @return whether there is a neighbour, or the user wants no more.
     */
    boolean awaitSettled(final Duration bound, final BooleanSupplier until)
    {
        return awaitAsTold(bound, () -> until.getAsBoolean() ||
            System.nanoTime() - lastChangeNs > SETTLED_NS && noWay().isJoined());
    }

    /**
     * For when nobody came.
     */
    NoWay noWay()
    {
        return new NoWay(node, options, lastError);
    }

    @Override
    public void onEdgeUp(final String edge, final String peer)
    {
        lastError = options.hasOneEdge() ? "" : lastError; // of several another one's may stand
        lastChangeNs = System.nanoTime();
    }

    @Override
    public void onRoute(final String destination, final String nextHop, final int metric)
    {
        lastChangeNs = System.nanoTime();
    }

    @Override
    public void onError(final MeshException error)
    {
        lastError = error.getMessage();
        refusal = error.code() == ErrorCode.USER_REFUSED ? error : refusal;
    }

    @Override
    public void close()
    {
        node.close();
    }

    /**
     * With a bound of the command line, of which 0 means the same in all commands.
     */
    private boolean awaitAsTold(final Duration bound, final BooleanSupplier condition)
    {
        return await(bound.isZero() ? FOR_EVER : bound, condition);
    }

    private boolean await(final Duration bound, final BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            if (refusal != null)
            {
                throw refusal;
            }
            if (System.nanoTime() - startNs > bound.toNanos())
            {
                return false;
            }
            work();
        }
        return true;
    }

    private void work()
    {
        if (threading == Threading.THREADED || node.doWork() == 0)
        {
            LockSupport.parkNanos(PARK_NS);
        }
    }
}
