package io.aeromesh.tools.watch;

import io.aeromesh.tools.option.Bounds;
import io.aeromesh.tools.process.StandardOutput;
import io.aeromesh.watch.NodeSnapshot;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Prints counters and times.
 */
@Command(
    name = "stat",
    description = {"Prints counters and times of the nodes of this host, living and crashed. It joins nothing and " +
        "stops nothing.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:printed",
        "1:there is no such node, a node's file could not be read, or the directory is open to others",
        "2:the command line was not understood",
        "130:ended by Ctrl-C"},
    footer = {"", "Example:", "  mesh stat gateway --watch"})
public final class StatCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private WatchOptions options;

    @Option(names = "--watch", description = "Print anew each second, until Ctrl-C.")
    private boolean isWatching;

    @Option(names = "--count", paramLabel = "N", converter = Bounds.Count.class,
        description = "With --watch: how often. Default: without end.")
    private int count = Integer.MAX_VALUE;

    @Option(names = "--all", description = "Counters that are 0 too.")
    private boolean withZeros;

    @Option(names = "--json", description = "One JSON object in a line for each look, with all counters.")
    private boolean isJson;

    private StatCommand()
    {
    }

    @Override
    public Integer call()
    {
        if (!isWatching && spec.commandLine().getParseResult().hasMatchedOption("--count"))
        {
            throw new ParameterException(spec.commandLine(),
                "--count is how often to print with --watch, and without it there is one look: add --watch");
        }
        List<NodeSnapshot> nodes = options.look();
        print(nodes);
        for (int i = 1; isWatching && i < count && !nodes.isEmpty() && !StandardOutput.isBroken(); i++)
        {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            nodes = options.look();
            print(nodes);
        }
        if (nodes.isEmpty())
        {
            options.tellNone();
        }
        return nodes.isEmpty() || options.isAmiss() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private void print(final List<NodeSnapshot> nodes)
    {
        final PrintWriter out = spec.commandLine().getOut();
        final long nowMs = System.currentTimeMillis();
        if (isJson)
        {
            out.println(NodeJson.nodes(nowMs, nodes));
        }
        else
        {
            final StatText text = new StatText(out, withZeros);
            nodes.forEach(node -> text.print(node, nowMs));
            if (isWatching)
            {
                out.println();
            }
        }
        out.flush();
    }
}
