package io.aeromesh.tools.torture;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.aeromesh.tools.torture.Member.State;
import io.aeromesh.tools.worker.DriverWorker;
import io.aeromesh.tools.worker.NodeWorker;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * All processes of a run: starts, stops and kills them, and has each do its part as soon as it is there.
 * <p>
 * <b>Threading:</b> main thread, except {@link #close()}. <b>Owns:</b> the processes.
 */
final class Yard implements AutoCloseable
{
    static final String DRIVER = "driver";
    static final Duration ANSWER_BOUND = Duration.ofSeconds(30);
    private static final int PLACES = 2;
    private static final long DIAGNOSTICS_BOUND_MS = 2_000;
    /** No room in memory, or a directory that can not be used: what a start may end with. */
    private static final Pattern REFUSAL = Pattern.compile("\\b102[01] [A-Z_]+: ");
    /** As may a start while there is no media driver, or one that is stopped. */
    private static final Pattern NO_DRIVER = Pattern.compile("\\b1023 [A-Z_]+: ");
    /** Of a node that runs: memory became full while its media driver made a stream. */
    private static final Pattern FAULT = Pattern.compile("\\b1048 [A-Z_]+: ");
    /** So late Java may tell of a page that was not there. */
    private static final long FAULT_LATE_NS = TimeUnit.SECONDS.toNanos(2);

    private final Machine machine;
    private final Workspace workspace;
    private final Evidence evidence;
    private final Random random;
    private final Await await;
    private final Set<String> planted;
    private final Layout layout;
    private final int[] ports;
    private final Map<String, Member> members = new TreeMap<>();
    private boolean isTrafficOn = true;
    private boolean mayRefuse;
    private boolean isMemoryFull;
    private long faultsUntilNs = System.nanoTime();
    private long faults;
    private boolean isClosed;

    Yard(
        final Machine machine,
        final Workspace workspace,
        final Evidence evidence,
        final Random random,
        final Set<String> planted)
    {
        this.machine = machine;
        this.workspace = workspace;
        this.evidence = evidence;
        this.random = random;
        this.planted = planted;
        // what is awaited is said when it does not come: each step would be a line otherwise
        await = new Await(this::tend, new Progress(new PrintWriter(Writer.nullWriter())));
        ports = UdpPorts.free(Layout.UDP_PORTS + PLACES);
        layout = Layout.create(
            machine.directory().resolve("driver"), machine.nearAddress(), machine.farAddress(), ports);
        members.put(DRIVER, new Member(DRIVER));
        layout.nodes().forEach(name -> members.put(name, new Member(name)));
    }

    Await await()
    {
        return await;
    }

    Member member(final String name)
    {
        return members.get(name);
    }

    Collection<Member> members()
    {
        return members.values();
    }

    List<String> nodes()
    {
        return layout.nodes();
    }

    /**
     * Starts a process in that place; it opens its channels when it is ready, by {@link #tend}.
     */
    synchronized void start(final String name)
    {
        if (isClosed)
        {
            throw new ProcessFailure("the run is ending");
        }
        final List<String> command = new ArrayList<>(machine.prefix(name, random));
        command.addAll(DRIVER.equals(name) ?
            ChildCommand.of(DriverWorker.class, workspace.temporary(),
                List.of(machine.directory().resolve("driver").toString())) :
            ChildCommand.of(NodeWorker.class, workspace.temporary(), arguments(name)));
        member(name).onStarted(ChildProcess.start(name, command, workspace.log(name)));
        if (mayRefuse)
        {
            member(name).onHindered();
        }
        if (!hasDriver())
        {
            member(name).onDriverless();
        }
    }

    private boolean hasDriver()
    {
        return member(DRIVER).isOpen();
    }

    /**
     * A node that is starting needs the media driver.
     */
    private void onStopped(final String name)
    {
        if (DRIVER.equals(name))
        {
            members.values().forEach(Member::onDriverless);
        }
    }

    /**
     * SIGKILL; returns when it is gone.
     */
    void kill(final String name)
    {
        final Member member = member(name);
        member.onDown(State.DOWN);
        onStopped(name);
        member.process().kill();
        await.until(name + " to be gone", ANSWER_BOUND, () -> !member.process().isAlive());
        machine.forget(name, member.process().pid());
    }

    /**
     * SIGSTOP now, SIGCONT later.
     */
    void pause(final String name, final long ms)
    {
        onStopped(name);
        member(name).pause(Signals.pause(member(name).process().pid(), ms));
    }

    /**
     * Whether a process that is starting from now on may say that it can not.
     */
    void mayRefuse(final boolean newMayRefuse)
    {
        mayRefuse = newMayRefuse;
        if (newMayRefuse)
        {
            members.values().forEach(Member::onHindered);
        }
    }

    /**
     * Memory is full from now on, or has room again: then a node may stop as well whose media driver was at work.
     */
    void memoryFull(final boolean isFull)
    {
        mayRefuse(isFull);
        isMemoryFull = isFull;
        faultsUntilNs = System.nanoTime() + FAULT_LATE_NS;
    }

    /**
     * Nodes that have stopped as memory was full.
     */
    long faults()
    {
        return faults;
    }

    private boolean mayFault()
    {
        return isMemoryFull || System.nanoTime() - faultsUntilNs < 0;
    }

    /**
     * Looks after each process: gives its part to one that is ready, starts again what was refused for a passing
     * reason.
     *
     * @throws ProcessFailure when one has ended that should not have.
     */
    void tend()
    {
        for (final Member member : members.values())
        {
            if (member.state() == State.STARTING && member.process().isReady() && !member.isPaused())
            {
                open(member);
            }
            else if (member.state() == State.REFUSED && !mayRefuse && (hasDriver() || DRIVER.equals(member.name())))
            {
                start(member.name());
            }
            else if (member.state() != State.DOWN && member.state() != State.REFUSED && !member.process().isAlive())
            {
                onEnded(member);
            }
        }
    }

    private void onEnded(final Member member)
    {
        machine.forget(member.name(), member.process().pid());
        final String said = member.process().lastText("failed");
        final boolean isFault = mayFault() && FAULT.matcher(said).find();
        if (isFault || member.mayRefuse() && REFUSAL.matcher(said).find() ||
            member.mayLackDriver() && NO_DRIVER.matcher(said).find())
        {
            faults += isFault ? 1 : 0;
            member.onDown(State.REFUSED);
            return;
        }
        member.onDown(State.DOWN);
        throw new ProcessFailure(member.process().describeEnd() + ", which it should not; last it said: '" + said +
            "'");
    }

    /**
     * Whether all processes run and have opened their channels.
     */
    boolean isWhole()
    {
        return members.values().stream().allMatch(Member::isOpen);
    }

    /**
     * Whether all edges of all nodes are up and all channels connected by the way that they want.
     *
     * @return what is not; empty: all is.
     */
    String missing()
    {
        final StringBuilder missing = new StringBuilder();
        askNodes("status").forEach((name, status) ->
        {
            status.path("edges").forEach(edge ->
            {
                if (!"UP".equals(edge.path("state").asText()) && !edge.path("name").asText().contains("direct="))
                {
                    missing.append(name).append(": edge ").append(edge.path("name").asText()).append(' ')
                        .append(edge.path("state").asText()).append("; ");
                }
            });
            status.path("workloads").properties().forEach(one ->
            {
                if (!"CONNECTED".equals(one.getValue().path("state").asText()) ||
                    !ChannelPlan.named(one.getKey()).way().name().equals(one.getValue().path("path").asText()))
                {
                    missing.append(name).append(": channel ").append(one.getKey()).append(' ')
                        .append(one.getValue()).append("; ");
                }
            });
        });
        return missing.toString();
    }

    /**
     * All send, or all rest.
     */
    void traffic(final boolean on)
    {
        isTrafficOn = on;
        askNodes(on ? "go" : "rest");
    }

    /**
     * Asks all nodes at once and waits for their answers.
     */
    Map<String, JsonNode> askNodes(final String verb)
    {
        final Map<String, CompletableFuture<JsonNode>> answers = new TreeMap<>();
        layout.nodes().forEach(name ->
        {
            final ChildProcess process = member(name).process();
            answers.put(name, process.send(process.command(verb)));
        });
        final Map<String, JsonNode> result = new TreeMap<>();
        answers.forEach((name, answer) -> result.put(name, await.answer(name + ' ' + verb, ANSWER_BOUND, answer)));
        return result;
    }

    /**
     * What each process last said, and what each node that answers tells of itself.
     */
    List<String> diagnostics()
    {
        final List<String> lines = new ArrayList<>();
        members.values().stream().filter(member -> member.process() != null)
            .forEach(member -> lines.addAll(member.process().diagnostics()));
        for (final String verb : List.of("status", "counters"))
        {
            final Map<String, CompletableFuture<JsonNode>> answers = new TreeMap<>();
            layout.nodes().stream().map(this::member).filter(Member::isOpen).map(Member::process)
                .forEach(process -> answers.put(process.name(), process.send(process.command(verb))));
            answers.forEach((name, answer) -> lines.add(name + ' ' + verb + ' ' + answer
                .completeOnTimeout(null, DIAGNOSTICS_BOUND_MS, TimeUnit.MILLISECONDS)
                .handle((json, ex) -> ex == null ? String.valueOf(json) : ex.getMessage()).join()));
        }
        return lines;
    }

    @Override
    public synchronized void close()
    {
        isClosed = true;
        for (final Member member : members.values())
        {
            if (member.process() != null)
            {
                member.process().kill();
                member.process().awaitEnd();
                machine.forget(member.name(), member.process().pid());
            }
        }
    }

    private List<String> arguments(final String node)
    {
        final List<String> args = new ArrayList<>(List.of(
            workspace.meshName(), node, machine.directory().resolve("n").toString()));
        args.addAll(layout.urisOf(node));
        final int place = ChannelPlan.PRIVATE.indexOf(node);
        if (place >= 0)
        {
            args.add(NodeWorker.PRIVATE);
            args.add("aeron:udp?direct=" + machine.nearAddress() + ":" + ports[Layout.UDP_PORTS + place]);
        }
        return args;
    }

    private void open(final Member member)
    {
        machine.forget(member.name(), member.process().pid());
        if (!DRIVER.equals(member.name()))
        {
            final List<ObjectNode> commands = new ArrayList<>();
            for (final ChannelPlan channel : ChannelPlan.ALL)
            {
                if (channel.joins(member.name()))
                {
                    commands.add(streamCommand(member, channel));
                }
            }
            if (isTrafficOn)
            {
                commands.add(member.process().command("go"));
            }
            final List<CompletableFuture<JsonNode>> answers = new ArrayList<>();
            commands.forEach(command -> answers.add(member.process().send(command)));
            member.onOpened(System.nanoTime());
            for (final Iterator<CompletableFuture<JsonNode>> all = answers.iterator(); all.hasNext();)
            {
                await.answer(member.name() + " to open its channels", ANSWER_BOUND, all.next());
            }
        }
        member.onOpened(System.nanoTime());
    }

    private ObjectNode streamCommand(final Member member, final ChannelPlan channel)
    {
        final String node = member.name();
        final ObjectNode command = member.process().command("stream").put("name", channel.name())
            .put("peer", channel.peerOf(node)).put("mode", channel.mode().name()).put("kind", channel.kind())
            .put("rate", channel.rateOf(node)).put("incarnation", member.incarnation())
            .put("sent", evidence.sent(channel, node, member.incarnation()).toString())
            .put("received", evidence.received(channel, node, member.incarnation()).toString());
        final String defect = PlantedDefects.at(planted, channel, node);
        if (!defect.isEmpty())
        {
            command.put("planted", defect);
        }
        return command;
    }
}
