package io.aeromesh.tools;

import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.error.MeshException;
import java.io.PrintWriter;
import org.agrona.concurrent.ShutdownSignalBarrier;

/**
 * Runs one node until Ctrl-C, and prints its events.
 */
final class Foreground implements AutoCloseable
{
    private final ShutdownSignalBarrier barrier = new ShutdownSignalBarrier();
    private final NodeEvents events;

    Foreground(final PrintWriter out)
    {
        events = new NodeEvents(out, barrier::signal);
    }

    /**
     * Launches the node; {@link #run} closes it.
     */
    MeshNode launch(final NodeConfig config)
    {
        final MeshNode node = MeshNode.launch(config.listener(events));
        if (config.edges().isEmpty())
        {
            events.print("it has no edge, so " + (config.contextsMax() == 0 ? "nobody reaches it" :
                "it reaches the processes of this machine alone") + ": give it one with --edge URI");
        }
        return node;
    }

    /**
     * Waits for Ctrl-C, then closes the node.
     *
     * @param what it is.
     * @throws MeshException that has stopped it, or made its launch pointless.
     */
    void run(final MeshNode node, final String what)
    {
        try
        {
            events.print(what + " " + node.name() + " runs, Ctrl-C ends it");
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

    @Override
    public void close()
    {
        barrier.close();
    }
}
