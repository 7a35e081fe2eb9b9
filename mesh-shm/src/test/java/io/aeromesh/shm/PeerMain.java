package io.aeromesh.shm;

import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.PacketHandler;
import io.aeromesh.spi.Transport;
import io.aeromesh.spi.TransportContext;
import java.io.PrintStream;
import java.nio.file.Path;
import org.agrona.concurrent.NanoClock;

/**
 * The other process of a test: {@code PeerMain NODE DIRECTORY URI COUNT}. Sends COUNT numbered packets on each lane,
 * or goes on for ever when COUNT is 0; says on its output what happens; ends only when killed.
 */
final class PeerMain implements EdgeListener
{
    private final PrintStream out = System.out;
    private final long count;
    private final PacketHandler sink = (buffer, offset, length) -> PacketHandler.Action.CONTINUE;
    private Edge edge;
    private long controlSent;
    private long dataSent;
    private boolean isReported;

    private PeerMain(final long count)
    {
        this.count = count;
    }

    /**
     * Runs until killed.
     */
    public static void main(final String[] args)
    {
        final PeerMain main = new PeerMain(Long.parseLong(args[3]));
        final NanoClock clock = MeshOs.system().nanoClock();
        final ShmTransportProvider provider = new ShmTransportProvider();
        final Transport transport = provider.open(new TransportContext(
            args[0], MeshOs.system(), Path.of(args[1]), TransportContext.Threading.INVOKED));
        final Medium medium = transport.attach(provider.parse(EdgeUri.parse(args[2])));
        main.out.println("ATTACHED");
        while (!main.out.checkError())
        {
            for (int i = 0; i < 1000; i++)
            {
                if (0 == medium.doWork(clock.nanoTime(), main) + main.doWork())
                {
                    Thread.yield();
                }
            }
        }
    }

    private int doWork()
    {
        if (null == edge)
        {
            return 0;
        }

        int work = edge.control().poll(sink, 10) + edge.data().poll(sink, 10);
        for (int i = 0; i < 10 && (0 == count || dataSent < count) && send(edge.data(), dataSent); i++)
        {
            dataSent++;
            work++;
        }
        for (int i = 0; i < 10 && (0 == count || controlSent < count) && send(edge.control(), controlSent); i++)
        {
            controlSent++;
            work++;
        }
        if (0 != count && !isReported && dataSent == count && controlSent == count)
        {
            isReported = true;
            out.println("COMMITTED " + count);
        }
        return work;
    }

    private static boolean send(final Lane lane, final long number)
    {
        final int length = Long.BYTES + (int)(number * 7 % 90);
        final int offset = lane.tryClaim(length);
        if (offset < 0)
        {
            return false;
        }
        lane.buffer().putLong(offset, number);
        lane.commit();
        return true;
    }

    @Override
    public void onEdgeUp(final Medium medium, final Edge upEdge)
    {
        edge = upEdge;
        controlSent = 0;
        dataSent = 0;
        isReported = false;
        out.println("UP");
    }

    @Override
    public void onEdgeDown(final Medium medium, final Edge downEdge, final String reason)
    {
        downEdge.close();
        edge = null;
        out.println("DOWN " + reason);
    }

    @Override
    public void onMediumError(final Medium medium, final Throwable error)
    {
        out.println("ERROR " + (error instanceof MeshException mesh ? mesh.code() : error) + " " + error.getMessage());
    }
}
