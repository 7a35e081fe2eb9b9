package io.aeromesh.system;

import io.aeromesh.Idle;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import java.nio.file.Path;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.ShutdownSignalBarrier;

/**
 * A process with one node whose application has thrown once, so that there is an error to be read after its death.
 * <p>
 * Arguments: base directory, name, edge.
 */
final class DoomedMain
{
    private DoomedMain()
    {
    }

    /** Throws in its first cycle. */
    private static final class Faulty implements Agent
    {
        private boolean hasThrown;

        @Override
        public int doWork()
        {
            if (!hasThrown)
            {
                hasThrown = true;
                throw new IllegalStateException("no prices today");
            }
            return 0;
        }

        @Override
        public String roleName()
        {
            return "faulty";
        }
    }

    public static void main(final String[] args)
    {
        try (ShutdownSignalBarrier barrier = new ShutdownSignalBarrier();
            MeshNode node = MeshNode.launch(NodeConfig.named(args[1]).baseDirectory(Path.of(args[0]))
                .threaded(Idle.PARKED).edge(args[2]).service(new Faulty())))
        {
            System.out.println(node.name() + " waits for its death");
            barrier.await();
        }
    }
}
