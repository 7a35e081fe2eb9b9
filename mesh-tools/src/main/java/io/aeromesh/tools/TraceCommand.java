package io.aeromesh.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.MeshNode;
import io.aeromesh.PingReport;
import io.aeromesh.Topology;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.tools.option.Bounds;
import io.aeromesh.tools.option.Names;
import io.aeromesh.tools.option.Seconds;
import io.aeromesh.tools.process.Numbers;
import io.aeromesh.tools.process.Stopper;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Shows the way to a node.
 */
@Command(
    name = "trace",
    description = {"Joins the mesh for a moment, and shows the way to a node: each hop's name, " +
        "the edge that leads to it, as it calls it, its kind and cost, and the round trip from here to it and back, " +
        "the shortest of several.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:the node answered",
        "1:it did not, or the mesh could not be joined",
        "2:the command line was not understood"},
    footer = {"", "Example, where mesh host runs:",
        "  mesh trace pricer"})
final class TraceCommand implements Callable<Integer>
{
    private static final Duration ANSWER_BOUND = Duration.ofMinutes(5);
    private static final int UNKNOWN_COST = -1;
    /** Of the one edge that a context has, to its host: contexts do not tell of it. */
    private static final String KIND_TO_HOST = "shm";

    @Spec
    private CommandSpec spec;

    @Mixin
    private VisitorOptions options;

    @Parameters(paramLabel = "NODE", converter = Names.Node.class, description = "Name of the node to ask.")
    private String destination;

    @Option(names = {"-c", "--count"}, paramLabel = "N", converter = Bounds.Count.class,
        description = "How often. Default: ${DEFAULT-VALUE}.")
    private int count = 3;

    @Option(names = "--timeout", paramLabel = "S", converter = Seconds.class,
        description = "Seconds to wait for a way; 0: for ever. Default: 10.")
    private Duration timeout = Duration.ofSeconds(10);

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /**
     * One hop. The cost is {@value #UNKNOWN_COST} and the kind empty where the node did not tell of its edges.
     */
    private record Hop(String node, String edge, String kind, int cost, long roundTripNs)
    {
        Hop(final PingReport.Hop hop, final String kind, final int cost)
        {
            this(hop.node(), hop.edge(), kind, cost, hop.roundTripNs());
        }

        String price()
        {
            return (kind.isEmpty() ? "?" : kind) + (cost == UNKNOWN_COST ? "" : " cost " + cost);
        }
    }

    @Override
    public Integer call()
    {
        final CommandLine line = spec.commandLine();
        try (Stopper stopper = new Stopper(); Visitor visitor = Visitor.asking(options))
        {
            if (!visitor.awaitRoute(destination, timeout, stopper::isAsked))
            {
                line.getErr().println("mesh trace: no way to '" + destination + "' in " +
                    Seconds.text(timeout) + ": " + visitor.noWay().to(destination));
                return CommandLine.ExitCode.SOFTWARE;
            }
            if (stopper.isAsked())
            {
                return CommandLine.ExitCode.SOFTWARE; // or rather what the signal gives
            }
            PingReport report = visitor.node().ping(destination).await(ANSWER_BOUND);
            for (int i = 1; i < count && !stopper.isAsked(); i++)
            {
                report = shorter(report, visitor.node().ping(destination).await(ANSWER_BOUND));
            }
            print(line.getOut(), report, hops(report, visitor));
            return report.complete() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    /**
     * The shortest round trips of two reports by the same way; where the way has changed, the later one.
     */
    private static PingReport shorter(final PingReport earlier, final PingReport later)
    {
        final List<PingReport.Hop> hops = new ArrayList<>();
        for (int i = 0; i < later.hops().size(); i++)
        {
            final PingReport.Hop now = later.hops().get(i);
            final PingReport.Hop before = i < earlier.hops().size() ? earlier.hops().get(i) : now;
            final boolean isSame = before.node().equals(now.node()) && before.edge().equals(now.edge());
            hops.add(isSame && before.roundTripNs() < now.roundTripNs() ? before : now);
        }
        return new PingReport(later.destination(), hops);
    }

    private static List<Hop> hops(final PingReport report, final Visitor visitor)
    {
        final Topology topology = visitor.topology();
        final List<Hop> hops = new ArrayList<>();
        for (final PingReport.Hop hop : report.hops())
        {
            hops.add(topology.links().stream()
                .filter(one -> one.from().equals(hop.node()) && one.edge().equals(hop.edge())).findFirst()
                .map(link -> new Hop(hop, link.transport(), link.cost()))
                .or(() -> hops.isEmpty() ? first(hop, visitor.node()) : Optional.empty())
                .orElse(new Hop(hop, NodeIds.isContext(hop.node()) ? KIND_TO_HOST : "", UNKNOWN_COST)));
        }
        return hops;
    }

    /**
     * A host does not tell of its edges to contexts, of which this command may be one.
     */
    private static Optional<Hop> first(final PingReport.Hop hop, final MeshNode node)
    {
        return node.edges().stream().filter(edge -> edge.peer().equals(hop.node())).findFirst()
            .map(edge -> new Hop(hop, edge.transport(), edge.cost()));
    }

    private void print(final PrintWriter out, final PingReport report, final List<Hop> hops)
    {
        if (json)
        {
            out.println(toJson(report, hops));
        }
        else
        {
            final String row = "%2d  %-" + width(hops, Hop::node) + "s  edge %-" + width(hops, Hop::edge) + "s  %-" +
                width(hops, Hop::price) + "s  %s";
            int number = 0;
            for (final Hop hop : hops)
            {
                number++;
                out.println(String.format(Locale.ROOT, row, number, hop.node(), hop.edge(), hop.price(),
                    Numbers.time(hop.roundTripNs())));
            }
            if (!report.complete())
            {
                out.println(String.format(Locale.ROOT, "%2d  no answer", number + 1));
            }
        }
        out.flush();
    }

    private static int width(final List<Hop> hops, final Function<Hop, String> column)
    {
        return hops.stream().mapToInt(hop -> column.apply(hop).length()).max().orElse(1);
    }

    private ObjectNode toJson(final PingReport report, final List<Hop> hops)
    {
        final ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("destination", destination).put("complete", report.complete());
        final ArrayNode array = object.putArray("hops");
        for (final Hop hop : hops)
        {
            final ObjectNode one = array.addObject().put("node", hop.node()).put("edge", hop.edge());
            if (!hop.kind().isEmpty())
            {
                one.put("kind", hop.kind());
            }
            if (hop.cost() != UNKNOWN_COST)
            {
                one.put("cost", hop.cost());
            }
            one.put("round_trip_ns", hop.roundTripNs());
        }
        return object;
    }
}
