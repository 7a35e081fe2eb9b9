package io.aeromesh.system;

import io.aeromesh.EdgeStatus;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.NodeListener;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.TransportContext.Threading;
import io.aeromesh.system.Wiring.Ends;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.agrona.IoUtil;

/**
 * Real nodes with real transports in this process, run by the test's thread or by threads of their own.
 */
final class Grid implements AutoCloseable
{
    private static final long DEADLINE_NS = 20_000_000_000L;
    private static final Path SHARED = Path.of("/dev/shm");

    private static final int IDLE_CYCLES = 1_000;
    private static final long REST_NS = 20_000;

    private final Threading threading;
    private final Path base;
    private final Wiring wiring;
    private final Map<String, MeshNode> nodes = new LinkedHashMap<>();
    private final ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
    private final long startNs = System.nanoTime();
    private int idleCycles;

    Grid(final Threading threading)
    {
        this.threading = threading;
        try
        {
            base = Files.createTempDirectory(SHARED.toFile().isDirectory() ? SHARED : Path.of("/tmp"), "mesh-grid-");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        wiring = new Wiring(base);
    }

    Wiring wiring()
    {
        return wiring;
    }

    Path base()
    {
        return base;
    }

    MeshNode start(final String name, final String... uris)
    {
        NodeConfig config = NodeConfig.named(name).baseDirectory(base).listener(new Recorder(name))
            .sharing(); // what is tested is edges
        if (threading == Threading.INVOKED)
        {
            config = config.invoked();
        }
        for (final String uri : uris)
        {
            config = config.edge(uri);
        }
        final MeshNode node = MeshNode.launch(config);
        nodes.put(name, node);
        return node;
    }

    MeshNode node(final String name)
    {
        return nodes.get(name);
    }

    void stop(final String name)
    {
        nodes.remove(name).close();
    }

    /**
     * Starts two nodes with an edge, the first of the two first.
     */
    Ends startPair(final Joint joint, final String first, final String second)
    {
        final Ends ends = wiring.join(joint, first, second);
        start(first, ends.first());
        start(second, ends.second());
        return ends;
    }

    /**
     * Adds an edge between two nodes that run.
     */
    Ends addEdge(final Joint joint, final String first, final String second)
    {
        final Ends ends = wiring.join(joint, first, second);
        node(first).addEdge(ends.first());
        node(second).addEdge(ends.second());
        return ends;
    }

    Conversation converse(final String first, final String second)
    {
        return new Conversation(this, first, second, "talk");
    }

    void awaitRoute(final String from, final String to)
    {
        await("route from " + from + " to " + to, () -> node(from).routes().stream()
            .anyMatch((route) -> route.destination().equals(to) && !route.nextHop().isEmpty()));
    }

    void awaitEdge(final String at, final String edge, final EdgeStatus.State state)
    {
        await("edge " + edge + " of " + at + " to be " + state, () -> node(at).edges().stream()
            .anyMatch((status) -> status.name().equals(edge) && status.state() == state));
    }

    /**
     * One duty cycle of each node, or a chance for their threads and for other processes, which have few cores.
     */
    void cycle()
    {
        if (threading == Threading.INVOKED)
        {
            int work = 0;
            for (final MeshNode node : nodes.values())
            {
                work += node.doWork();
            }
            if (work > 0)
            {
                idleCycles = 0;
                return;
            }
            idleCycles++;
            if (idleCycles < IDLE_CYCLES)
            {
                Thread.yield();
                return;
            }
        }
        LockSupport.parkNanos(REST_NS);
    }

    void cycles(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            cycle();
        }
    }

    /**
     * Runs until the condition holds.
     */
    void await(final String what, final BooleanSupplier condition)
    {
        await(() -> what, condition);
    }

    /**
     * Runs until the condition holds.
     *
     * @param what is awaited, asked for when it was in vain.
     */
    void await(final Supplier<String> what, final BooleanSupplier condition)
    {
        final long awaitNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - awaitNs > DEADLINE_NS)
            {
                throw new AssertionError("awaited " + what.get() + " in vain" + describe());
            }
            cycle();
        }
    }

    /**
     * State of all nodes, for a failure's message.
     */
    String describe()
    {
        final StringBuilder out = new StringBuilder();
        nodes.forEach((name, node) ->
        {
            out.append('\n').append(name).append(":\n  edges ").append(node.edges());
            out.append("\n  routes ").append(node.routes());
            out.append("\n  errors ").append(node.errors());
            node.counters().forEach((value, id, label) ->
            {
                if (value != 0)
                {
                    out.append("\n  ").append(label).append(" = ").append(value);
                }
            });
        });
        out.append("\nevents:");
        events.forEach((event) -> out.append("\n  ").append(event));
        return out.toString();
    }

    void forgetEvents()
    {
        events.clear();
    }

    /** Whether an edge of that node went down since events were forgotten. */
    boolean hasLostEdge(final String node)
    {
        return events.stream().anyMatch(event -> event.contains(" " + node + ": edge ") && event.contains(" down to "));
    }

    /** Whether an edge of that node came up since events were forgotten. */
    boolean hasGainedEdge(final String node)
    {
        return events.stream().anyMatch(event -> event.contains(" " + node + ": edge ") && event.contains(" up to "));
    }

    List<String> events()
    {
        return List.copyOf(events);
    }

    @Override
    public void close()
    {
        try
        {
            for (final String name : List.copyOf(nodes.keySet()))
            {
                stop(name);
            }
        }
        finally
        {
            wiring.close();
            IoUtil.delete(base.toFile(), true);
        }
    }

    private final class Recorder implements NodeListener
    {
        private final String name;

        Recorder(final String name)
        {
            this.name = name;
        }

        @Override
        public void onEdgeUp(final String edge, final String peer)
        {
            record("edge " + edge + " up to " + peer);
        }

        @Override
        public void onEdgeDown(final String edge, final String peer, final String reason)
        {
            record("edge " + edge + " down to " + peer + ": " + reason);
        }

        @Override
        public void onError(final MeshException error)
        {
            record("error " + error.getMessage());
        }

        private void record(final String event)
        {
            events.add((System.nanoTime() - startNs) / 1_000_000 + " ms " + name + ": " + event);
        }
    }
}
