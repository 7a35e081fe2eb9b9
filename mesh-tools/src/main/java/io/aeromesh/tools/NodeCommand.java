package io.aeromesh.tools;

import io.aeromesh.MeshNode;
import io.aeromesh.error.MeshException;
import java.util.concurrent.Callable;
import org.agrona.concurrent.ShutdownSignalBarrier;
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
        try (ShutdownSignalBarrier barrier = new ShutdownSignalBarrier())
        {
            final NodeEvents events = new NodeEvents(spec.commandLine().getOut(), barrier::signal);
            final MeshNode node = MeshNode.launch(options.config().listener(events));
            try
            {
                events.print("node " + node.name() + " runs, Ctrl-C ends it");
                barrier.await();
            }
            finally
            {
                node.close();
            }

            final MeshException fatal = events.fatal();
            if (fatal != null)
            {
                throw fatal;
            }
            return 0;
        }
    }
}
