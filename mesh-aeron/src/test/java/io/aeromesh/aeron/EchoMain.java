package io.aeromesh.aeron;

import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.PacketHandler;
import io.aeromesh.spi.Transport;
import io.aeromesh.spi.TransportContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * A process with one medium that sends back what comes in on the data lane of each edge, until it is killed.
 */
final class EchoMain implements EdgeListener
{
    private final List<Edge> edges = new ArrayList<>();

    private EchoMain()
    {
    }

    /**
     * @param args base directory, threading, edge URI.
     */
    public static void main(final String[] args)
    {
        final AeronTransportProvider provider = new AeronTransportProvider();
        final Transport transport = provider.open(new TransportContext(
            "echo", MeshOs.system(), Path.of(args[0]), TransportContext.Threading.valueOf(args[1])));
        final Medium medium = transport.attach(provider.parse(EdgeUri.parse(args[2])));
        final IdleStrategy idle = new BackoffIdleStrategy(
            10, 10, TimeUnit.MICROSECONDS.toNanos(10), TimeUnit.MICROSECONDS.toNanos(100));
        final EchoMain echo = new EchoMain();
        System.out.println("ready");
        while (true)
        {
            final long nowNs = System.nanoTime();
            idle.idle(transport.doWork(nowNs) + medium.doWork(nowNs, echo) + echo.poll());
        }
    }

    private int poll()
    {
        int count = 0;
        for (final Edge edge : edges)
        {
            final Lane lane = edge.data();
            count += lane.poll((buffer, offset, length) ->
            {
                final int target = lane.tryClaim(length);
                if (target == Lane.BACK_PRESSURED)
                {
                    return PacketHandler.Action.ABORT;
                }
                if (target >= 0)
                {
                    lane.buffer().putBytes(target, buffer, offset, length);
                    lane.commit();
                }
                return PacketHandler.Action.CONTINUE;
            }, 10);
        }
        return count;
    }

    @Override
    public void onEdgeUp(final Medium medium, final Edge edge)
    {
        edges.add(edge);
    }

    @Override
    public void onEdgeDown(final Medium medium, final Edge edge, final String reason)
    {
        edges.remove(edge);
        edge.close();
    }

    @Override
    public void onMediumError(final Medium medium, final Throwable error)
    {
        System.err.println("echo: " + error.getMessage());
    }
}
