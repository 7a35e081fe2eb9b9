package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Idle;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.tools.Mesh;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What it costs parked nodes that they are shown, their answers to the page's context included. For a number,
 * {@code -Dmesh.page.nodes=50 -Dmesh.page.seconds=20}.
 */
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PageCostTest
{
    private static final int NODES = Integer.getInteger("mesh.page.nodes", 8);
    private static final int SECONDS = Integer.getInteger("mesh.page.seconds", 4);
    private static final int CONTEXTS = NODES / 3;
    private static final int BRANCHES = 4;
    private static final double PERCENT_MAX = 1;

    @TempDir
    private Path base;
    private final List<MeshNode> nodes = new ArrayList<>();

    @Test
    void shouldCostTheWatchedLessThanAHundredthOfACoreEach()
    {
        try
        {
            launch();
            rest(SECONDS); // until what starts has started, here and in the compiler
            final double without = percentOfACore();
            try (Child page = Child.start(base, Mesh.class, "page", "--port", "0", "--dir", base.toString()))
            {
                while (page.pollLine() == null)
                {
                    assertTrue(page.isAlive(), page::errors);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
                rest(SECONDS);
                final double with = percentOfACore();
                System.out.printf("%d parked nodes: %.2f %% of a core, %.2f %% while a page shows them%n",
                    nodes.size(), without, with);
                assertTrue(with - without < PERCENT_MAX * nodes.size(), with + " %, was " + without + " %");
            }
        }
        finally
        {
            for (int i = nodes.size() - 1; i >= 0; i--)
            {
                nodes.get(i).close();
            }
        }
    }

    /** A tree. */
    private void launch()
    {
        for (int i = 0; i < NODES; i++)
        {
            NodeConfig config = named("node-" + i);
            config = i == 0 ? config.hosting(CONTEXTS + 1) : config.edge(edge(i) + "?peer=node-" + (i - 1) / BRANCHES);
            for (int child = i * BRANCHES + 1; child <= i * BRANCHES + BRANCHES && child < NODES; child++)
            {
                config = config.edge(edge(child) + "?peer=node-" + child);
            }
            nodes.add(MeshNode.launch(config));
        }
        for (int i = 0; i < CONTEXTS; i++)
        {
            nodes.add(MeshNode.attach(named("context-" + i)));
        }
    }

    private NodeConfig named(final String name)
    {
        return NodeConfig.named(name).baseDirectory(base).threaded(Idle.PARKED);
    }

    private static String edge(final int child)
    {
        return "shm:edge-" + child;
    }

    private static double percentOfACore()
    {
        final long startNs = System.nanoTime();
        final long startCpuNs = cpuNs();
        rest(SECONDS);
        return 100.0 * (cpuNs() - startCpuNs) / (System.nanoTime() - startNs);
    }

    private static long cpuNs()
    {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    private static void rest(final int seconds)
    {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (endNs - System.nanoTime() > 0)
        {
            LockSupport.parkNanos(endNs - System.nanoTime());
        }
    }
}
