package io.aeromesh.shm;

import io.aeromesh.os.MeshOs;
import io.aeromesh.ring.RingDescriptor;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.PacketHandler;
import io.aeromesh.spi.TransportContext;
import java.nio.file.Path;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * {@code HostileMain DIRECTORY SEED ROUNDS}: two ends of a link in this JVM, which runs without bounds checks, and a
 * thread that writes random bytes over all of the rings while both ends work. Each round ends when the edge went down
 * at both, and the next generation must come up. Says how many edges went down.
 */
final class HostileMain
{
    private static final int CALLS_MAX = 200_000;

    private final NanoClock clock = MeshOs.system().nanoClock();
    private final End one;
    private final End other;
    private volatile boolean isScribbling;

    private HostileMain(final Path directory)
    {
        one = new End("node-a", directory);
        other = new End("node-b", directory);
    }

    /**
     * Runs all rounds.
     */
    public static void main(final String[] args) throws InterruptedException
    {
        final HostileMain main = new HostileMain(Path.of(args[0]));
        final long seed = Long.parseLong(args[1]);
        int downCount = 0;
        for (int round = 0; round < Integer.parseInt(args[2]); round++)
        {
            downCount += main.round(new Random(seed + round));
        }
        main.one.medium.close();
        main.other.medium.close();
        System.out.println("DOWNS " + downCount);
    }

    private int round(final Random random) throws InterruptedException
    {
        while (null == one.edge || null == other.edge)
        {
            one.doWork();
            other.doWork();
        }

        final UnsafeBuffer buffer = one.medium.current().file().buffer();
        final int downsBefore = one.downCount + other.downCount;
        isScribbling = true;
        final Thread scribbler = new Thread(() -> scribble(buffer, random));
        scribbler.setDaemon(true); // ends with the process also when a round throws
        scribbler.start();
        int calls = 0;
        while ((null != one.edge || null != other.edge) && calls < CALLS_MAX)
        {
            one.work(calls);
            other.work(calls);
            calls++;
        }
        isScribbling = false;
        scribbler.join();
        one.closeAll();
        other.closeAll();
        return one.downCount + other.downCount - downsBefore;
    }

    private void scribble(final UnsafeBuffer buffer, final Random random)
    {
        final int slots = buffer.capacity() / Long.BYTES;
        while (isScribbling)
        {
            final int index = random.nextInt(slots) * Long.BYTES;
            switch (random.nextInt(4))
            {
                case 0:
                    buffer.putLong(index, random.nextLong());
                    break;

                case 1:
                    buffer.putLong(index, ((1L + random.nextInt(2)) << 32) | random.nextInt(9000));
                    break;

                case 2:
                    buffer.putLong(index, random.nextInt(1 << 20));
                    break;

                default:
                    buffer.putInt(index + Integer.BYTES * random.nextInt(2), random.nextInt());
                    break;
            }
        }
    }

    private final class End implements EdgeListener, PacketHandler
    {
        private final ShmMedium medium;
        private Edge edge;
        private Edge ended;
        private int downCount;
        private long sum;

        End(final String nodeName, final Path directory)
        {
            final ShmTransportProvider provider = new ShmTransportProvider();
            medium = (ShmMedium)provider.open(new TransportContext(
                nodeName, MeshOs.system(), directory, TransportContext.Threading.INVOKED))
                .attach(new ShmEdgeConfig(io.aeromesh.spi.EdgeOptions.DEFAULT, "hostile", null,
                    2 * RingDescriptor.CAPACITY_MIN, RingDescriptor.CAPACITY_MIN));
        }

        void doWork()
        {
            medium.doWork(clock.nanoTime(), this);
        }

        void work(final int number)
        {
            doWork();
            if (null != edge)
            {
                work(edge.control(), number);
            }
            if (null != edge)
            {
                work(edge.data(), number);
            }
            if (null != ended)
            {
                ended.data().poll(this, 10);
                ended.control().poll(this, 10);
            }
        }

        private void work(final Lane lane, final int number)
        {
            final int length = number * 31 % lane.maxPacketLength();
            final int offset = lane.tryClaim(length);
            if (offset >= 0)
            {
                lane.buffer().setMemory(offset, length, (byte)number);
                lane.commit();
            }
            lane.poll(this, 10);
            lane.available();
        }

        void closeAll()
        {
            if (null != edge)
            {
                edge.close();
                edge = null;
            }
            if (null != ended)
            {
                ended.close();
                ended = null;
            }
        }

        @Override
        public Action onPacket(final DirectBuffer buffer, final int offset, final int length)
        {
            for (int i = 0; i < length; i++)
            {
                sum += buffer.getByte(offset + i);
            }
            return Action.values()[(int)(sum & 3)];
        }

        @Override
        public void onEdgeUp(final Medium upMedium, final Edge upEdge)
        {
            if (null != edge)
            {
                throw new AssertionError("two edges");
            }
            edge = upEdge;
        }

        @Override
        public void onEdgeDown(final Medium downMedium, final Edge downEdge, final String reason)
        {
            if (edge != downEdge)
            {
                throw new AssertionError("down twice: " + reason);
            }
            edge = null;
            if (null != ended)
            {
                ended.close();
            }
            ended = downEdge;
            downCount++;
        }

        @Override
        public void onMediumError(final Medium badMedium, final Throwable error)
        {
            throw new AssertionError(error);
        }
    }
}
