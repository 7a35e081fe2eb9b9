package io.aeromesh.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.TransportContext;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.NanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad bytes in the rings and in the handshake: an edge at most is lost.
 */
@Timeout(120)
class ShmHostileTest
{
    private static final int ROUNDS = 60;

    @TempDir
    private Path tempDirectory;

    @Test
    void shouldLoseAtMostTheEdgeWhenBytesAreScribbledOverItsRings() throws IOException, InterruptedException
    {
        final long seed = MeshOs.system().nextRandom() >>> 16;
        try (ChildProcess child = ChildProcess.start(HostileMain.class,
            tempDirectory.resolve("shm").toString(), Long.toString(seed), Integer.toString(ROUNDS)))
        {
            final int downs = Integer.parseInt(child.awaitLine("DOWNS"));
            assertEquals(0, child.awaitExit(), () -> "seed=" + seed);
            assertTrue(downs >= ROUNDS, () -> "only " + downs + " edges went down, seed=" + seed);
        }
    }

    @Test
    void shouldReportGarbageInTheHandshakeOnceAndGoOn() throws IOException
    {
        final Recorder listening = new Recorder();
        try (Medium medium = attach("node-a", "garbage"))
        {
            listening.medium = medium;
            final Path socketPath = awaitSocket("garbage", listening);
            final Random random = new Random(7);
            for (int round = 0; round < 20; round++)
            {
                final byte[] garbage = new byte[random.nextInt(2 * HandshakeMessage.LENGTH)];
                random.nextBytes(garbage);
                try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socketPath)))
                {
                    channel.write(ByteBuffer.wrap(garbage));
                    channel.configureBlocking(false);
                    for (int i = 0; i < 50; i++)
                    {
                        listening.doWork(i * ShmMedium.LOOK_INTERVAL_NS + MeshOs.system().nanoClock().nanoTime());
                    }
                }
            }
            assertTrue(listening.errors.size() <= 20);
            assertTrue(listening.errors.get(0) instanceof MeshException);

            requireToJoin("garbage", listening);
        }
    }

    /** Found by review: they kept the places of all who are granted. */
    @Test
    void shouldJoinAPeerWhileOthersConnectAndSayNothing() throws IOException
    {
        final Recorder listening = new Recorder();
        final List<SocketChannel> silent = new ArrayList<>();
        try (Medium medium = attach("node-a", "silent"))
        {
            listening.medium = medium;
            final Path socketPath = awaitSocket("silent", listening);
            for (int i = 0; i < 20; i++)
            {
                silent.add(SocketChannel.open(UnixDomainSocketAddress.of(socketPath)));
            }

            requireToJoin("silent", listening);
        }
        finally
        {
            for (final SocketChannel channel : silent)
            {
                channel.close();
            }
        }
    }

    private Medium attach(final String node, final String link)
    {
        return new ShmTransportProvider().open(new TransportContext(
            node, MeshOs.system(), directory(), TransportContext.Threading.INVOKED)).attach(ShmEdgeConfig.link(link));
    }

    private Path directory()
    {
        return tempDirectory.resolve("shm");
    }

    private Path awaitSocket(final String link, final Recorder listening)
    {
        final Path path = directory().resolve(LinkId.of(link).fileName() + ShmDirectory.SOCKET_SUFFIX);
        await(() -> Files.exists(path), listening);
        return path;
    }

    private void requireToJoin(final String link, final Recorder listening)
    {
        final Recorder connecting = new Recorder();
        try (Medium peer = attach("node-b", link))
        {
            connecting.medium = peer;
            await(() -> null != listening.edge && null != connecting.edge, listening, connecting);
        }
    }

    private static void await(final BooleanSupplier condition, final Recorder... recorders)
    {
        final NanoClock clock = MeshOs.system().nanoClock();
        final long startNs = clock.nanoTime();
        while (!condition.getAsBoolean())
        {
            for (final Recorder recorder : recorders)
            {
                recorder.doWork(clock.nanoTime());
            }
            assertTrue(clock.nanoTime() - startNs < 10_000_000_000L, "too slow");
        }
    }

    private static final class Recorder implements EdgeListener
    {
        private final List<Throwable> errors = new ArrayList<>();
        private Medium medium;
        private Edge edge;

        void doWork(final long nowNs)
        {
            medium.doWork(nowNs, this);
        }

        @Override
        public void onEdgeUp(final Medium upMedium, final Edge upEdge)
        {
            edge = upEdge;
        }

        @Override
        public void onEdgeDown(final Medium downMedium, final Edge downEdge, final String reason)
        {
            edge = null;
        }

        @Override
        public void onMediumError(final Medium badMedium, final Throwable error)
        {
            errors.add(error);
        }
    }
}
