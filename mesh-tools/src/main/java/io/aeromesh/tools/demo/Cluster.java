package io.aeromesh.tools.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.tools.process.Await;
import io.aeromesh.tools.process.ChildCommand;
import io.aeromesh.tools.process.ChildProcess;
import io.aeromesh.tools.process.Layout;
import io.aeromesh.tools.process.ProcessFailure;
import io.aeromesh.tools.process.Progress;
import io.aeromesh.tools.process.Signals;
import io.aeromesh.tools.process.UdpPorts;
import io.aeromesh.tools.process.Workspace;
import io.aeromesh.tools.worker.DriverWorker;
import io.aeromesh.tools.worker.NodeWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The demo's processes: starts, stops, kills and asks them.
 * <p>
 * <b>Threading:</b> the demo's main thread, except {@link #close()}. <b>Owns:</b> processes and the directory.
 */
final class Cluster implements AutoCloseable
{
    /** For a JVM to start on a machine that is busy with others. */
    static final Duration START_BOUND = Duration.ofSeconds(30);
    /** For a node to answer, whatever else it does. */
    static final Duration ANSWER_BOUND = Duration.ofSeconds(10);
    private static final Duration DIAGNOSTICS_BOUND = Duration.ofSeconds(1);
    private static final String DRIVER = "driver";
    /** Lives as long as the demo, so it is the one to end the others should the demo be killed. */
    private static final String GUARD = "A";

    private final Workspace workspace;
    private final Layout layout;
    private final Await await;
    private final Map<String, ChildProcess> children = new TreeMap<>();
    private boolean closed;

    private Cluster(final Workspace workspace, final Layout layout, final Progress progress)
    {
        this.workspace = workspace;
        this.layout = layout;
        this.await = new Await(this::checkHealth, progress);
    }

    /**
     * Makes the directory; starts nothing.
     */
    static Cluster create(final DemoOptions options, final Progress progress)
    {
        final int[] ports = UdpPorts.free(Layout.UDP_PORTS);
        final Workspace workspace = Workspace.create(options.sharedDirectory(), "aeromesh-demo-", options.keepLogs());
        return new Cluster(workspace, Layout.create(workspace.driverDirectory(), ports), progress);
    }

    Layout layout()
    {
        return layout;
    }

    Await await()
    {
        return await;
    }

    void startAll()
    {
        startDriver();
        layout.nodes().forEach(this::spawnNode);
        layout.nodes().forEach(this::awaitReady);
        updateGuard();
    }

    void startNode(final String name)
    {
        spawnNode(name);
        awaitReady(name);
        updateGuard();
    }

    void startDriver()
    {
        spawn(DRIVER, DriverWorker.class, List.of(workspace.driverDirectory().toString()));
        awaitReady(DRIVER);
    }

    /**
     * SIGKILL.
     *
     * @return when, by the monotonic clock that all processes share.
     */
    long kill(final String name)
    {
        final ChildProcess child = forget(name);
        final long killNs = System.nanoTime();
        child.kill();
        await.until(name + " to be gone", ANSWER_BOUND, () -> !child.isAlive());
        return killNs;
    }

    long killDriver()
    {
        return kill(DRIVER);
    }

    /**
     * Lets a node leave in good order.
     */
    void closeNode(final String name)
    {
        final ChildProcess child = child(name);
        final CompletableFuture<JsonNode> answer = child.send(child.command("close"));
        await.answer(name + " close", START_BOUND, answer);
        forget(name);
        await.until("the process of " + name + " to end", START_BOUND, () -> !child.isAlive());
    }

    void signal(final String name, final String signal)
    {
        Signals.send(child(name).pid(), signal);
    }

    ChildProcess child(final String name)
    {
        synchronized (this)
        {
            final ChildProcess child = children.get(name);
            if (child == null)
            {
                throw new ProcessFailure(closed ? "the demo is ending" : "no process " + name);
            }
            return child;
        }
    }

    /**
     * Asks a node and waits for its answer.
     */
    JsonNode ask(final String name, final ObjectNode command)
    {
        return await.answer(name + " " + command, ANSWER_BOUND, child(name).send(command));
    }

    /**
     * Asks a node without more words than the verb.
     */
    JsonNode ask(final String name, final String verb)
    {
        return ask(name, child(name).command(verb));
    }

    /**
     * Asks all nodes at once.
     */
    void askAll(final Function<ChildProcess, ObjectNode> command)
    {
        final Map<String, CompletableFuture<JsonNode>> answers = new TreeMap<>();
        layout.nodes().forEach(name -> answers.put(name, child(name).send(command.apply(child(name)))));
        answers.forEach((name, answer) -> await.answer(name, ANSWER_BOUND, answer));
    }

    /**
     * The next node on the way, or nothing.
     */
    String nextHop(final String from, final String to)
    {
        return ask(from, "status").path("routes").path(to).path("next_hop").asText();
    }

    /**
     * Waits until messages between A and F go by this node in both directions.
     */
    void awaitWay(final String by, final Duration bound)
    {
        final String[] last = {"", ""};
        await.until("the way from A to F to go by " + by, bound,
            () -> "from B by '" + last[0] + "', from D by '" + last[1] + "'",
            () ->
            {
                last[0] = nextHop("B", "F");
                last[1] = nextHop("D", "A");
                return by.equals(last[0]) && by.equals(last[1]);
            });
    }

    /**
     * State of an edge, seen from one end.
     */
    String edgeState(final String node, final String edge)
    {
        for (final JsonNode status : ask(node, "status").path("edges"))
        {
            if (edge.equals(status.path("name").asText()))
            {
                return status.path("state").asText();
            }
        }
        return "absent";
    }

    /**
     * What each process last said, for a failure's report.
     */
    List<String> diagnostics()
    {
        final List<ChildProcess> all;
        synchronized (this)
        {
            all = new ArrayList<>(children.values());
        }

        final List<String> lines = new ArrayList<>();
        final Map<String, CompletableFuture<JsonNode>> answers = new TreeMap<>();
        all.stream().filter(child -> !DRIVER.equals(child.name()) && child.isAlive() && child.isReady())
            .forEach(child -> answers.put(child.name(), child.send(child.command("status"))));
        for (final ChildProcess child : all)
        {
            lines.addAll(child.diagnostics());
            final CompletableFuture<JsonNode> answer = answers.get(child.name());
            if (answer != null)
            {
                lines.add("  status " + answer.completeOnTimeout(null, DIAGNOSTICS_BOUND.toMillis(),
                    TimeUnit.MILLISECONDS)
                    .handle(
                        (status, ex) -> ex != null ? ex.getMessage() : status == null ? "no answer" : status.toString())
                    .join());
            }
        }
        return lines;
    }

    /**
     * Whether the user has interrupted, which ends the children as well.
     */
    synchronized boolean interrupted()
    {
        return closed || children.values().stream().anyMatch(ChildProcess::wasInterrupted);
    }

    /**
     * Ends all processes and removes the directory. Any thread; idempotent.
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
            closed = true;
            children.values().forEach(ChildProcess::kill);
            children.values().forEach(ChildProcess::awaitEnd);
        }
        workspace.close();
    }

    private void spawnNode(final String name)
    {
        final List<String> args = new ArrayList<>(List.of(
            workspace.meshName(), name, workspace.nodeDirectory().toString()));
        args.addAll(layout.urisOf(name));
        spawn(name, NodeWorker.class, args);
    }

    private synchronized void spawn(final String name, final Class<?> main, final List<String> args)
    {
        if (closed)
        {
            throw new ProcessFailure("the demo is ending");
        }
        final List<String> command = ChildCommand.of(main, workspace.temporary(), args);
        children.put(name, ChildProcess.start(name, command, workspace.log(name)));
    }

    private void awaitReady(final String name)
    {
        final ChildProcess child = child(name);
        await.until(name + " to be ready", START_BOUND, child::isReady);
    }

    private synchronized ChildProcess forget(final String name)
    {
        return children.remove(name);
    }

    private void updateGuard()
    {
        final ChildProcess guard = child(GUARD);
        final ObjectNode command = guard.command("guard").put("directory", workspace.root().toString());
        final ArrayNode pids = command.putArray("pids");
        synchronized (this)
        {
            children.values().stream().filter(child -> child != guard).forEach(child -> pids.add(child.pid()));
        }
        ask(GUARD, command);
    }

    private synchronized void checkHealth()
    {
        for (final ChildProcess child : children.values())
        {
            if (!child.isAlive())
            {
                throw new ProcessFailure(child.describeEnd() + ", which it should not");
            }
        }
    }
}
