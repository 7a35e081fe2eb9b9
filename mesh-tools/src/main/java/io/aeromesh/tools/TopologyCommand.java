package io.aeromesh.tools;

import io.aeromesh.Topology;
import io.aeromesh.tools.look.EdgeRates;
import io.aeromesh.tools.look.NodeRates;
import io.aeromesh.tools.option.Seconds;
import io.aeromesh.tools.picture.TopologySvg;
import io.aeromesh.tools.process.Stopper;
import io.aeromesh.watch.NodeSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Prints the picture of the mesh.
 */
@Command(
    name = "topology",
    description = {"Joins the mesh for a moment, and prints all nodes and edges: each " +
        "edge with its kind, its cost for routing, its round trip, and how much goes along it. That is what nodes of " +
        "this host count: of an edge with one end here it is what comes to that end (>=, or in), of others it is not " +
        "known (?), nor of an edge that leads to several neighbours at once.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:all known nodes answered",
        "1:some did not, or the mesh could not be joined",
        "2:the command line was not understood"},
    footer = {"", "Example, where mesh host runs:",
        "  mesh topology",
        "  mesh topology --format svg --out mesh.svg"})
final class TopologyCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private VisitorOptions options;

    @Option(names = "--format", paramLabel = "FORMAT",
        description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.text;

    @Option(names = "--out", paramLabel = "FILE", description = "Write to this file. Default: to standard output.")
    private Path file;

    @Option(names = "--timeout", paramLabel = "S", converter = Seconds.class,
        description = "Seconds to wait for a neighbour and what it tells; 0: for ever. Default: 10.")
    private Duration timeout = Duration.ofSeconds(10);

    @Option(names = "--interval", paramLabel = "S", converter = Seconds.class,
        description = "Seconds in which is counted what goes along the edges; 0: it is not. Default: 1.")
    private Duration interval = Duration.ofSeconds(1);

    /** As written on the command line. */
    enum Format
    {
        text,
        dot,
        json,
        svg
    }

    private String write(final Topology topology, final RateNotes rates)
    {
        try
        {
            return switch (format)
            {
                case text -> topology.toText(rates::received);
                case dot -> topology.toDot(rates::bothWays);
                case json -> rates.addTo(topology.toJson(), topology.links()) + "\n";
                case svg -> TopologySvg.draw(topology, rates::bothWays);
            };
        }
        catch (final IllegalArgumentException ex)
        {
            throw new ParameterException(spec.commandLine(), ex.getMessage(), ex);
        }
    }

    @Override
    public Integer call() throws IOException
    {
        final CommandLine line = spec.commandLine();
        CommandFiles.checkWritable(spec, "--out", file);
        try (Stopper stopper = new Stopper(); Visitor visitor = Visitor.asking(options))
        {
            if (!visitor.awaitSettled(timeout, stopper::isAsked))
            {
                line.getErr().println("mesh topology: the mesh is not known after " + Seconds.text(timeout) + ": " +
                    visitor.noWay().toAnybody());
                return CommandLine.ExitCode.SOFTWARE;
            }

            if (stopper.isAsked())
            {
                return CommandLine.ExitCode.SOFTWARE; // or rather what the signal gives
            }
            final List<NodeRates> rates = count(visitor, stopper);
            final Topology topology = visitor.topology();
            if (topology.nodes().isEmpty())
            {
                line.getErr().println("mesh topology: nobody has answered: " +
                    visitor.noWay().toAnybody());
                return CommandLine.ExitCode.SOFTWARE;
            }
            final String picture = write(topology, interval.isZero() ? RateNotes.NONE :
                new RateNotes(new EdgeRates(topology, options.place().mesh(), rates)));
            if (file == null)
            {
                line.getOut().print(picture);
                line.getOut().flush();
            }
            else
            {
                CommandFiles.write("--out", file, picture);
            }
            return topology.missing().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    /**
     * Watches the nodes of this host for the interval, or until the user wants no more, while the visitor's goes on.
     */
    private List<NodeRates> count(final Visitor visitor, final Stopper stopper)
    {
        if (interval.isZero())
        {
            return List.of();
        }
        final List<NodeSnapshot> before = options.look();
        final long startNs = System.nanoTime();
        visitor.idle(interval, stopper::isAsked);
        return NodeRates.between(before, options.look(), System.nanoTime() - startNs);
    }
}
