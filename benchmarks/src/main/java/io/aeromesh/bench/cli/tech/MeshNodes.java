package io.aeromesh.bench.cli.tech;

import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.shm.ShmMemoryProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/**
 * The nodes of one end, run by its thread every so many polls, or each by a thread of its own that sleeps.
 */
final class MeshNodes implements AutoCloseable
{
    private static final int THREADED = 0;

    private final List<MeshNode> nodes = new ArrayList<>();
    private final Site site;
    private final int every;
    private MeshNode[] invoked = {};
    private int polls;

    /**
     * @param every polls that the nodes are run; 0: each has a thread.
     */
    MeshNodes(final Site site, final int every)
    {
        this.site = site;
        this.every = every == THREADED ? Integer.MAX_VALUE : every;
    }

    MeshNode launch(final String name, final String... edges)
    {
        return launch(name, config -> config, edges);
    }

    /**
     * As a context of the host that runs.
     */
    MeshNode attach(final String name)
    {
        return add(MeshNode.attach(config(name)));
    }

    MeshNode launch(final String name, final UnaryOperator<NodeConfig> change, final String... edges)
    {
        NodeConfig config = change.apply(config(name));
        for (final String edge : edges)
        {
            config = config.edge(edge);
        }
        if (site.job().benchCase() == Case.FOOTPRINT)
        {
            // both ends are in this process, and are to share what two processes would
            config = config.sharing(new ShmMemoryProvider());
        }
        return add(MeshNode.launch(config));
    }

    private NodeConfig config(final String name)
    {
        final NodeConfig config = NodeConfig.named(name).baseDirectory(site.directory().resolve("mesh"));
        return every == Integer.MAX_VALUE ? config.threaded(() -> new SleepingMillisIdleStrategy(1)) :
            config.invoked();
    }

    private MeshNode add(final MeshNode node)
    {
        nodes.add(node);
        if (every != Integer.MAX_VALUE)
        {
            invoked = nodes.toArray(new MeshNode[0]);
        }
        return node;
    }

    /**
     * Polls, or messages sent, between two runs of the nodes.
     */
    int every()
    {
        return every;
    }

    /**
     * Called on each poll.
     */
    void poll()
    {
        if (++polls >= every)
        {
            work();
        }
    }

    void work()
    {
        polls = 0;
        for (final MeshNode node : invoked)
        {
            node.doWork();
        }
    }

    @Override
    public void close()
    {
        nodes.forEach(MeshNode::close);
    }
}
