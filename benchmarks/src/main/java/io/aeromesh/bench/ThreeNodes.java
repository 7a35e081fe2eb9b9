package io.aeromesh.bench;

import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.NodeLimits;
import io.aeromesh.inproc.InprocNetwork;
import io.aeromesh.inproc.InprocTransportProvider;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.TransportProvider;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Real nodes {@code a – b – c} in one thread, joined by in-process rings.
 */
final class ThreeNodes implements AutoCloseable
{
    private static final int CYCLES_MAX = 1_000_000;

    private final InprocNetwork network = new InprocNetwork();
    private final EdgeTap tapA = new EdgeTap(new InprocTransportProvider(network));
    private final EdgeTap tapC = new EdgeTap(new InprocTransportProvider(network));
    private final MeshNode a = launch("a", tapA, "inproc:ab");
    private final MeshNode b = launch("b", new InprocTransportProvider(network), "inproc:ab", "inproc:bc");
    private final MeshNode c = launch("c", tapC, "inproc:bc");

    /** Waits until each knows the others. */
    ThreeNodes()
    {
        runUntil("routes", () -> a.routes().size() >= 2 && b.routes().size() >= 2 && c.routes().size() >= 2);
    }

    private static MeshNode launch(final String name, final TransportProvider provider, final String... edges)
    {
        // a and c are not run while b is measured, and are not to be taken for silent
        final NodeLimits limits = NodeLimits.DEFAULT.edgePing(TimeUnit.HOURS.toNanos(1), TimeUnit.HOURS.toNanos(8));
        NodeConfig config = NodeConfig.named("bench-" + ProcessHandle.current().pid() + "-" + name)
            .invoked()
            .limits(limits)
            .sharing() // what is measured is the way by proxy
            .provider(provider);
        for (final String edge : edges)
        {
            config = config.edge(edge);
        }
        return MeshNode.launch(config);
    }

    MeshNode a()
    {
        return a;
    }

    MeshNode b()
    {
        return b;
    }

    MeshNode c()
    {
        return c;
    }

    /**
     * The data lane of a, towards b.
     */
    Lane laneOfA()
    {
        return tapA.edge().data();
    }

    /**
     * The data lane of c, from b.
     */
    Lane laneOfC()
    {
        return tapC.edge().data();
    }

    int doWork()
    {
        return a.doWork() + b.doWork() + c.doWork();
    }

    void runUntil(final String awaited, final BooleanSupplier condition)
    {
        for (int i = 0; i < CYCLES_MAX; i++)
        {
            if (condition.getAsBoolean())
            {
                return;
            }
            doWork();
        }
        throw new IllegalStateException("awaited " + awaited + " in vain: " + b.edges() + " " + b.routes());
    }

    @Override
    public void close()
    {
        a.close();
        b.close();
        c.close();
    }
}
