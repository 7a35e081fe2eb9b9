package io.aeromesh.tools.watch;

import io.aeromesh.tools.option.Bounds;
import java.util.concurrent.Callable;
import org.agrona.concurrent.ShutdownSignalBarrier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Serves OpenMetrics text.
 */
@Command(
    name = "metrics",
    description = {"Serves counters and times of the nodes of this host as OpenMetrics text on the loopback address, " +
        "at /metrics, until Ctrl-C. Nodes may come and go meanwhile.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "1:the port could not be had, or the directory not be read: one line on standard error says why",
        "2:the command line was not understood",
        "130:ended by Ctrl-C"},
    footer = {"", "Example:", "  mesh metrics --port 9464"})
public final class MetricsCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private WatchOptions options;

    @Option(names = "--port", required = true, paramLabel = "PORT", converter = Bounds.Port.class,
        description = "Port to listen on, 0: any.")
    private int port;

    private MetricsCommand()
    {
    }

    @Override
    public Integer call()
    {
        // says now what can not be read, and not to a scraper alone; a node may come later, and be mistyped
        if (options.look().isEmpty() && options.isOfOne())
        {
            options.tellNone();
        }
        else
        {
            options.tellOwner();
        }
        try (ShutdownSignalBarrier barrier = new ShutdownSignalBarrier();
            MetricsServer server = new MetricsServer(port, options::look))
        {
            spec.commandLine().getOut().println("metrics at " + server.uri() + ", Ctrl-C ends it");
            spec.commandLine().getOut().flush();
            barrier.await();
            return 0;
        }
    }
}
