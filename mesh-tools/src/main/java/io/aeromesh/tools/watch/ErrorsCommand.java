package io.aeromesh.tools.watch;

import io.aeromesh.tools.look.Shown;
import io.aeromesh.watch.NodeSnapshot;
import io.aeromesh.watch.NotedError;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Prints distinct errors.
 */
@Command(
    name = "errors",
    description = {"Prints the distinct errors of the nodes of this host, living and crashed, each once with its " +
        "count.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:printed; there may be none",
        "1:there is no such node, a node's file could not be read, or the directory is open to others",
        "2:the command line was not understood"},
    footer = {"", "Example:", "  mesh errors gateway --stack"})
public final class ErrorsCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private WatchOptions options;

    @Option(names = "--stack", description = "Where in the code each arose, too.")
    private boolean withStack;

    @Option(names = "--json",
        description = "One JSON object in a line for each node, with its errors, of which there may be none.")
    private boolean isJson;

    private ErrorsCommand()
    {
    }

    @Override
    public Integer call()
    {
        final List<NodeSnapshot> nodes = options.look();
        final PrintWriter out = spec.commandLine().getOut();
        for (final NodeSnapshot node : nodes)
        {
            if (isJson)
            {
                out.println(NodeJson.errors(node));
            }
            else
            {
                out.println(StatText.head(node, System.currentTimeMillis()) +
                    (node.errors().isEmpty() ? ": no errors" : ""));
                node.errors().forEach(error -> out.println(text(error)));
            }
        }
        out.flush();
        if (nodes.isEmpty())
        {
            options.tellNone();
        }
        return nodes.isEmpty() || options.isAmiss() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private String text(final NotedError error)
    {
        final String first = Shown.time(error.firstMs());
        final String text = withStack ? error.text().stripTrailing() : error.text().lines().findFirst().orElse("");
        return "  " + error.count() + " x, " +
            (error.count() == 1 ? first : "first " + first + ", last " + Shown.time(error.lastMs())) + ": " + text;
    }
}
