package io.aeromesh.tools;

import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.util.concurrent.Callable;
import org.agrona.concurrent.ShutdownSignalBarrier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs the node of this machine in the foreground; other processes attach to it.
 */
@Command(
    name = "host",
    description = {"Runs this machine's node until Ctrl-C. Other processes attach to it, as contexts: they have its " +
        "edges and routes, and others see one node however many they are.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "1:the node could not be launched: one line on standard error says why",
        "2:the command line was not understood",
        "130:ended by Ctrl-C"},
    footer = {"", "Example, in three terminals:",
        "  mesh host --name alpha --edge 'aeron:udp?endpoint=192.168.1.2:40100|remote=192.168.1.3:40100'",
        "  mesh host --name alpha --edge 'aeron:udp?endpoint=192.168.1.2:40100|remote=192.168.1.3:40100' --standby",
        "  mesh ping beta"})
final class HostCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private NodeOptions options;

    @Option(names = "--contexts", paramLabel = "N",
        description = "Processes that may be attached at once. Default: ${DEFAULT-VALUE}.")
    private int contextsMax = NodeConfig.CONTEXTS_DEFAULT;

    @Option(names = "--standby",
        description = "Where a host runs already: wait until it has ended, and take its place at once.")
    private boolean isStandby;

    @Override
    public Integer call() throws Exception
    {
        final NodeConfig config = options.config().hosting(contextsMax);
        if (isStandby)
        {
            WarmUp.run(config);
        }
        while (true)
        {
            try (ShutdownSignalBarrier barrier = new ShutdownSignalBarrier())
            {
                final NodeEvents events = new NodeEvents(spec.commandLine().getOut(), barrier::signal);
                final MeshNode node = launch(config, events);
                if (node != null)
                {
                    run(node, events, barrier);
                    return 0;
                }
            }
        }
    }

    /**
     * @return null when another standby was quicker.
     */
    private MeshNode launch(final NodeConfig config, final NodeEvents events) throws Exception
    {
        if (isStandby && config.os().findHost(config.baseDirectory(), config.mesh().meshName()) != null)
        {
            events.print("a host runs; waiting for its end");
            config.os().awaitNoHost(config.baseDirectory(), config.mesh().meshName());
        }
        try
        {
            return MeshNode.launch(config.listener(events));
        }
        catch (final MeshException ex)
        {
            if (isStandby && (ex.code() == ErrorCode.HOST_EXISTS || ex.code() == ErrorCode.NAME_TAKEN))
            {
                return null;
            }
            throw ex;
        }
    }

    private static void run(final MeshNode node, final NodeEvents events, final ShutdownSignalBarrier barrier)
    {
        try
        {
            events.print("host " + node.name() + " runs, Ctrl-C ends it");
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
    }
}
