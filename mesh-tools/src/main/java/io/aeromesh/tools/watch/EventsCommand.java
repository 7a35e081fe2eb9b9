package io.aeromesh.tools.watch;

import io.aeromesh.tools.look.Shown;
import io.aeromesh.tools.process.StandardOutput;
import io.aeromesh.watch.NodeSnapshot;
import io.aeromesh.watch.NotedEvent;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Prints recent events.
 */
@Command(
    name = "events",
    description = {"Prints the recent events of the nodes of this host, living and crashed, oldest first: edges and " +
        "routes that came and went, sessions, deaths, slow duty cycles.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:printed",
        "1:there is no such node, a node's file could not be read, or the directory is open to others",
        "2:the command line was not understood",
        "130:ended by Ctrl-C"},
    footer = {"", "Example:", "  mesh events --follow --json"})
public final class EventsCommand implements Callable<Integer>
{
    private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    @Spec
    private CommandSpec spec;

    @Mixin
    private WatchOptions options;

    @Option(names = "--follow", description = "Go on with those that come, until Ctrl-C.")
    private boolean isFollowing;

    @Option(names = "--json", description = "One JSON object in a line for each event.")
    private boolean isJson;

    /** By instance, the last that was printed. */
    private final Map<String, Long> printed = new HashMap<>();

    private record Line(NodeSnapshot node, NotedEvent event)
    {
    }

    private EventsCommand()
    {
    }

    @Override
    public Integer call()
    {
        final List<NodeSnapshot> nodes = options.look();
        print(nodes);
        if (nodes.isEmpty())
        {
            options.tellNone();
            return CommandLine.ExitCode.SOFTWARE;
        }
        while (isFollowing && !Thread.currentThread().isInterrupted() && !StandardOutput.isBroken())
        {
            LockSupport.parkNanos(LOOK_INTERVAL_NS);
            print(options.look());
        }
        return options.isAmiss() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private void print(final List<NodeSnapshot> nodes)
    {
        final List<Line> lines = new ArrayList<>();
        for (final NodeSnapshot node : nodes)
        {
            final long last = printed.getOrDefault(node.instance(), 0L);
            tellMissed(node, last);
            for (final NotedEvent event : node.events())
            {
                if (event.number() > last)
                {
                    lines.add(new Line(node, event));
                    printed.put(node.instance(), event.number());
                }
            }
        }
        lines.sort(Comparator.comparingLong(line -> line.event().timeMs()));
        final PrintWriter out = spec.commandLine().getOut();
        lines.forEach(line -> out.println(isJson ? NodeJson.event(line.node(), line.event()) : text(line)));
        out.flush();
    }

    /**
     * Newer events have taken the place of some that were not looked at in time.
     */
    private void tellMissed(final NodeSnapshot node, final long last)
    {
        final long missed = last == 0 || node.events().isEmpty() ? 0 : node.events().get(0).number() - last - 1;
        if (missed > 0)
        {
            spec.commandLine().getErr().println(spec.qualifiedName() + ": node '" + node.name() + "' had " + missed +
                " event(s) more than it keeps between two looks; eventsMax is how many it keeps");
            spec.commandLine().getErr().flush();
        }
    }

    private static String text(final Line line)
    {
        final NotedEvent event = line.event();
        return Shown.time(event.timeMs()) + "  " + line.node().name() + "  " + event.kind().label() + "  " +
            event.subject() + (event.detail().isEmpty() ? "" : "  " + event.detail()) + switch (event.kind().value())
            {
                case NONE -> "";
                case COUNT -> "  " + event.value();
                case NANOSECONDS -> "  " + Shown.nanoseconds(event.value());
            };
    }
}
