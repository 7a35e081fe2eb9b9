package io.aeromesh.tools;

import io.aeromesh.Topology;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Prints the picture of the mesh.
 */
@Command(
    name = "topology",
    description = {"Joins the mesh as a node of its own for a moment, and prints all nodes and edges.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:all known nodes answered",
        "1:some did not, or the mesh could not be joined",
        "2:the command line was not understood"},
    footer = {"", "Example, where node gateway has --edge 'shm:visit':",
        "  mesh topology --format dot --name me --edge 'shm:visit?peer=gateway' | dot -Tsvg > mesh.svg"})
final class TopologyCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private NodeOptions options;

    @Option(names = "--format", paramLabel = "FORMAT",
        description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.text;

    @Option(names = "--wait", paramLabel = "S",
        description = "Seconds to wait for a neighbour. Default: ${DEFAULT-VALUE}.")
    private int waitSeconds = 10;

    /** As written on the command line. */
    enum Format
    {
        text,
        dot,
        json
    }

    @Override
    public Integer call()
    {
        final CommandLine line = spec.commandLine();
        final Duration bound = Duration.ofSeconds(waitSeconds);
        try (Visitor visitor = new Visitor(options))
        {
            if (!visitor.awaitSettled(bound))
            {
                line.getErr().println("mesh topology: no neighbour in " + waitSeconds + " s:" + visitor.explain());
                return CommandLine.ExitCode.SOFTWARE;
            }

            final Topology topology = visitor.node().topology().await(bound);
            line.getOut().println(switch (format)
            {
                case text -> topology.toText().stripTrailing();
                case dot -> topology.toDot().stripTrailing();
                case json -> topology.toJson();
            });
            line.getOut().flush();
            return topology.missing().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }
}
