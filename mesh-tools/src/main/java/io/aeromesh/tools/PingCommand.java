package io.aeromesh.tools;

import io.aeromesh.PingReport;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Measures the round trip to each hop on the way to a node.
 */
@Command(
    name = "ping",
    description = {"Joins the mesh as a node of its own for a moment, and measures the round trip to each hop on " +
        "the way to a node.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:the node answered",
        "1:it did not, or the mesh could not be joined",
        "2:the command line was not understood"},
    footer = {"", "Example, where node gateway has --edge 'shm:visit':",
        "  mesh ping pricer --name me --edge 'shm:visit?peer=gateway'"})
final class PingCommand implements Callable<Integer>
{
    private static final double NS_PER_US = 1e3;

    @Spec
    private CommandSpec spec;

    @Mixin
    private NodeOptions options;

    @Parameters(paramLabel = "NODE", description = "Name of the node to ask.")
    private String destination;

    @Option(names = "--count", paramLabel = "N", description = "How often. Default: ${DEFAULT-VALUE}.")
    private int count = 5;

    @Option(names = "--wait", paramLabel = "S", description = "Seconds to wait for a way. Default: ${DEFAULT-VALUE}.")
    private int waitSeconds = 10;

    @Override
    public Integer call()
    {
        final CommandLine line = spec.commandLine();
        final Duration bound = Duration.ofSeconds(waitSeconds);
        try (Visitor visitor = new Visitor(options))
        {
            if (!visitor.awaitRoute(destination, bound))
            {
                line.getErr().println("mesh ping: no way to " + destination + " in " + waitSeconds + " s:" +
                    visitor.explain());
                return CommandLine.ExitCode.SOFTWARE;
            }

            boolean complete = true;
            for (int i = 0; i < count; i++)
            {
                final PingReport report = visitor.node().ping(destination).await(bound);
                print(line.getOut(), report);
                complete &= report.complete();
            }
            return complete ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static void print(final PrintWriter out, final PingReport report)
    {
        final StringBuilder text = new StringBuilder();
        report.hops().forEach(hop -> text.append(String.format(Locale.ROOT, "  %s (%s) %.1f us", hop.node(),
            hop.edge(), hop.roundTripNs() / NS_PER_US)));
        out.println((report.complete() ? "" : "no answer beyond:") + text);
        out.flush();
    }
}
