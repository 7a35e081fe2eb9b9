package io.aeromesh.tools;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Runs one node in the foreground and prints its events.
 */
@Command(
    name = "node",
    description = {"Runs a node until Ctrl-C, and prints its edges and routes as they come and go.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "1:the node could not be launched: one line on standard error says why",
        "2:the command line was not understood",
        "130:ended by Ctrl-C"},
    footer = {"", "Example, in two terminals:",
        "  mesh node --name gateway --edge 'shm:link?peer=pricer'",
        "  mesh node --name pricer --edge 'shm:link?peer=gateway'"})
final class NodeCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private NodeOptions options;

    @Override
    public Integer call()
    {
        try (Foreground foreground = new Foreground(spec.commandLine().getOut()))
        {
            foreground.run(foreground.launch(options.config()), "node");
            return 0;
        }
    }
}
