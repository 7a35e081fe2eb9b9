package io.aeromesh.tools;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.PingReport;
import io.aeromesh.tools.option.Bounds;
import io.aeromesh.tools.option.Names;
import io.aeromesh.tools.option.Seconds;
import io.aeromesh.tools.process.Numbers;
import io.aeromesh.tools.process.StandardOutput;
import io.aeromesh.tools.process.Stopper;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Measures the round trip to a node again and again.
 */
@Command(
    name = "ping",
    description = {"Joins the mesh, and measures the round trip to a node until Ctrl-C or as " +
        "often as asked.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:the node answered at least once",
        "1:it did not, or the mesh could not be joined",
        "2:the command line was not understood",
        "130:ended by Ctrl-C, after the summary"},
    footer = {"", "Example, where mesh host runs:",
        "  mesh ping pricer -c 5"})
final class PingCommand implements Callable<Integer>
{
    private static final Duration ANSWER_BOUND = Duration.ofMinutes(5);
    private static final int DIGITS = 3;
    private static final double P99 = 99;

    @Spec
    private CommandSpec spec;

    @Mixin
    private VisitorOptions options;

    @Parameters(paramLabel = "NODE", converter = Names.Node.class, description = "Name of the node to ask.")
    private String destination;

    @Option(names = {"-c", "--count"}, paramLabel = "N", converter = Bounds.Count.class,
        description = "How often. Default: until Ctrl-C.")
    private Integer count;

    @Option(names = {"-i", "--interval"}, paramLabel = "S", converter = Seconds.class,
        description = "Seconds from one to the next. Default: 1.")
    private Duration interval = Duration.ofSeconds(1);

    @Option(names = "--timeout", paramLabel = "S", converter = Seconds.class,
        description = "Seconds to wait for a way before the first; 0: for ever. Default: 10.")
    private Duration timeout = Duration.ofSeconds(10);

    @Option(names = "--json", description = "Print JSON: a line for each, then one for the summary.")
    private boolean json;

    private final Histogram roundTrips = new Histogram(DIGITS);
    private long sent;

    @Override
    public Integer call()
    {
        final CommandLine line = spec.commandLine();
        try (Stopper stopper = new Stopper(); Visitor visitor = Visitor.asking(options))
        {
            if (!visitor.awaitRoute(destination, timeout, stopper::isAsked))
            {
                line.getErr().println("mesh ping: no way to '" + destination + "' in " +
                    Seconds.text(timeout) + ": " + visitor.noWay().to(destination));
                return CommandLine.ExitCode.SOFTWARE;
            }

            while (isMore() && !stopper.isAsked() && !StandardOutput.isBroken())
            {
                final long startNs = System.nanoTime();
                final PingReport report = visitor.node().ping(destination).await(ANSWER_BOUND);
                sent++;
                print(line.getOut(), report);
                final Duration rest = interval.minusNanos(System.nanoTime() - startNs);
                if (isMore() && !rest.isNegative())
                {
                    visitor.idle(rest, stopper::isAsked);
                }
            }
            printSummary(line.getOut());
        }
        return roundTrips.getTotalCount() > 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private boolean isMore()
    {
        return count == null || sent < count;
    }

    private void print(final PrintWriter out, final PingReport report)
    {
        final int hops = report.hops().size();
        final PingReport.Hop last = hops == 0 ? null : report.hops().get(hops - 1);
        if (report.complete())
        {
            roundTrips.recordValue(last.roundTripNs());
        }
        if (json)
        {
            final ObjectNode object = JsonNodeFactory.instance.objectNode();
            object.put("sequence", sent).put("answered", report.complete()).put("hops", hops);
            out.println(report.complete() ? object.put("round_trip_ns", last.roundTripNs()) : object);
        }
        else if (report.complete())
        {
            out.println(destination + ": seq=" + sent + " hops=" + hops + " time=" +
                Numbers.time(last.roundTripNs()));
        }
        else
        {
            out.println(destination + ": seq=" + sent + " no answer" +
                (last == null ? ", there is no way now" : " beyond " + last.node()));
        }
        out.flush();
    }

    private void printSummary(final PrintWriter out)
    {
        final long answered = roundTrips.getTotalCount();
        if (json)
        {
            final ObjectNode object = JsonNodeFactory.instance.objectNode();
            object.put("destination", destination).put("sent", sent).put("answered", answered);
            if (answered > 0)
            {
                object.putObject("round_trip_ns").put("min", roundTrips.getMinValue())
                    .put("mean", Math.round(roundTrips.getMean())).put("p99", roundTrips.getValueAtPercentile(P99))
                    .put("max", roundTrips.getMaxValue());
            }
            out.println(object);
        }
        else
        {
            out.println("--- " + destination + ": " + sent + " sent, " + answered + " answered");
            if (answered > 0)
            {
                out.println("round trip min/mean/p99/max = " + Numbers.time(roundTrips.getMinValue()) + " / " +
                    Numbers.time(Math.round(roundTrips.getMean())) + " / " +
                    Numbers.time(roundTrips.getValueAtPercentile(P99)) + " / " +
                    Numbers.time(roundTrips.getMaxValue()));
            }
        }
        out.flush();
    }
}
