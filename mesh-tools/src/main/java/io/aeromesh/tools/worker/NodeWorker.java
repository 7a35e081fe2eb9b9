package io.aeromesh.tools.worker;

import io.aeromesh.MeshConfig;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.error.MeshException;
import java.nio.file.Path;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * Main class of a child process that runs one node: node, transports and workload in one thread, as a machine with
 * few cores and many nodes wants it. Arguments: mesh name, node name, base directory, edge URIs; {@value #PRIVATE}
 * among them: the node shares no memory, as if its peers were on other hosts.
 */
public final class NodeWorker
{
    /** Argument that has the node share no memory. */
    public static final String PRIVATE = "private";
    private static final int EXIT_LAUNCH_FAILED = 1;
    private static final int EXIT_AGENT_FAILED = 4;
    private static final int FIRST_EDGE = 3;

    /** Kind to machines with fewer cores than nodes: gives way at once and sleeps soon. */
    private final IdleStrategy parking = new BackoffIdleStrategy(0, 20, 1_000, 200_000);
    /** Ready sooner, for measuring. */
    private final IdleStrategy yielding = new YieldingIdleStrategy();
    private final MeshNode node;
    private final Commands commands;
    private final EventLines events;

    private NodeWorker(final CommandPort port, final MeshNode node, final Resumes resumes, final EventLines events)
    {
        this.node = node;
        this.events = events;
        this.commands = new Commands(node, port, resumes);
    }

    /**
     * Runs until told to close; the port ends it when the parent is gone.
     */
    public static void main(final String[] args)
    {
        final CommandPort port = CommandPort.open();
        final Resumes resumes = new Resumes();
        final EventLines events = new EventLines(port, resumes);
        try (MeshNode node = launch(args, events))
        {
            port.event("ready", Long.toString(ProcessHandle.current().pid()));
            new NodeWorker(port, node, resumes, events).run();
        }
        catch (final MeshException ex)
        {
            ex.printStackTrace();
            port.event("failed", ex.getMessage());
            System.exit(EXIT_LAUNCH_FAILED);
        }
        catch (final RuntimeException | Error ex)
        {
            ex.printStackTrace();
            port.event("failed", ex.toString());
            System.exit(EXIT_AGENT_FAILED);
        }
        System.exit(0);
    }

    private static MeshNode launch(final String[] args, final EventLines events)
    {
        NodeConfig config = NodeConfig.named(args[1])
            .mesh(new MeshConfig(args[0], MeshConfig.DEFAULT.hopLimit()))
            .baseDirectory(Path.of(args[2]))
            .listener(events)
            .invoked();
        for (int i = FIRST_EDGE; i < args.length; i++)
        {
            config = PRIVATE.equals(args[i]) ? config.sharing() : config.edge(args[i]);
        }
        return MeshNode.launch(config);
    }

    private void run()
    {
        while (!commands.closing())
        {
            final int work = node.doWork() + commands.doWork();
            if (events.fatal() != null)
            {
                throw events.fatal();
            }
            (commands.yields() ? yielding : parking).idle(work);
        }
        commands.close();
        commands.acknowledgeClose();
    }
}
