package io.aeromesh.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.PacketHandler;
import io.aeromesh.spi.Transport;
import io.aeromesh.spi.TransportContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Edges to real processes that are killed and stopped.
 */
@Tag("slow")
@Timeout(120)
class ShmProcessTest implements EdgeListener
{
    private static final String URI = "shm:link?data-length=131072|control-length=65536";
    private static final long DEADLINE_NS = 20_000_000_000L;

    /** Which end listens. */
    enum Listener
    {
        CHILD, SURVIVOR
    }

    @TempDir
    private Path tempDirectory;
    private final NanoClock clock = MeshOs.system().nanoClock();
    private final Numbers control = new Numbers();
    private final Numbers data = new Numbers();
    private final List<String> reasons = new ArrayList<>();
    private Transport transport;
    private Medium medium;
    private Edge edge;
    private Edge downEdge;

    @AfterEach
    void close()
    {
        if (null != medium)
        {
            medium.close();
            transport.close();
            medium = null;
            edge = null;
        }
    }

    @ParameterizedTest
    @EnumSource(Listener.class)
    void shouldDeliverWhatAKilledPeerCommittedAndComeUpWithTheNext(final Listener listener) throws IOException
    {
        final int count = 700;
        try (ChildProcess child = start(listener, "node-child", count))
        {
            await("edge", () -> null != edge);
            assertEquals(Integer.toString(count), awaitLine(child, "COMMITTED"));

            child.kill();
            final long killedNs = clock.nanoTime();
            await("edge down", () -> null != downEdge);
            final long elapsedNs = clock.nanoTime() - killedNs;
            assertTrue(elapsedNs < 1_000_000_000L, () -> "took " + elapsedNs + " ns");
        }
        assertTrue(reasons.get(0).contains("node-child") && reasons.get(0).contains("died"), reasons.get(0));
        drain(downEdge);
        assertEquals(count, control.next);
        assertEquals(count, data.next);
        assertEquals(Lane.CLOSED, downEdge.data().tryClaim(8));
        downEdge.close();

        try (ChildProcess next = start(Listener.SURVIVOR, "node-next", count))
        {
            await("next edge", () -> null != edge);
            assertEquals(Integer.toString(count), awaitLine(next, "COMMITTED"));
            assertTrue(edge.peerAddress().contains("node-next"));
        }
    }

    @Test
    void shouldDeliverAPrefixWithoutGapsWhenKilledAtRandomInstants() throws IOException, InterruptedException
    {
        final long seed = MeshOs.system().nextRandom();
        final Random random = new Random(seed);
        for (int round = 0; round < 4; round++)
        {
            final Listener listener = 0 == round % 2 ? Listener.CHILD : Listener.SURVIVOR;
            try (ChildProcess child = start(listener, "node-child", 0))
            {
                await("edge", () -> null != edge);
                final long target = random.nextInt(20_000);
                await("packets, seed=" + seed, () ->
                {
                    drain(edge);
                    return data.next >= target;
                });
                child.signal("KILL");
                await("edge down", () ->
                {
                    drain(null == edge ? downEdge : edge);
                    return null != downEdge;
                });
                drain(downEdge);
            }
            close();
        }
    }

    @Test
    void shouldLoseNothingWhenThePeerIsStopped() throws IOException, InterruptedException
    {
        try (ChildProcess child = start(Listener.CHILD, "node-child", 0))
        {
            await("edge", () -> null != edge);
            final Edge before = edge;
            await("packets", () ->
            {
                drain(edge);
                return data.next > 10_000;
            });

            child.signal("STOP");
            final long stoppedNs = clock.nanoTime();
            await("2 s", () ->
            {
                drain(edge);
                return clock.nanoTime() - stoppedNs > 2_000_000_000L;
            });
            final long atStop = data.next;
            child.signal("CONT");
            await("more packets", () ->
            {
                drain(edge);
                return data.next > atStop + 10_000;
            });
            assertEquals(before, edge);
            assertEquals(List.of(), reasons);
        }
    }

    @Test
    void shouldRefuseAThirdProcessByName() throws IOException
    {
        try (ChildProcess child = start(Listener.CHILD, "node-child", 0))
        {
            await("edge", () -> null != edge);
            try (ChildProcess third =
                ChildProcess.start(PeerMain.class, "node-third", directory().toString(), URI, "0"))
            {
                final String error = awaitLine(third, "ERROR");
                assertTrue(error.startsWith("LINK_TAKEN"), error);
                for (final String name : List.of("node-child", "node-survivor", "node-third"))
                {
                    assertTrue(error.contains(name), error);
                }

                final long before = data.next;
                await("more packets", () ->
                {
                    drain(edge);
                    return data.next > before + 1000;
                });
                assertEquals(List.of(), reasons);

                child.kill();
                await("edge down", () -> null != downEdge);
                downEdge.close();
                await("edge to the third", () -> null != edge);
                assertTrue(edge.peerAddress().contains("node-third"));
            }
        }
    }

    private ChildProcess start(final Listener listener, final String name, final int count) throws IOException
    {
        reset();
        if (Listener.SURVIVOR == listener)
        {
            attach();
            for (int i = 0; i < 10; i++)
            {
                medium.doWork(clock.nanoTime(), this);
            }
        }
        final ChildProcess child = ChildProcess.start(
            PeerMain.class, name, directory().toString(), URI, Integer.toString(count));
        child.awaitLine("ATTACHED");
        attach();
        return child;
    }

    private void attach()
    {
        if (null == medium)
        {
            final ShmTransportProvider provider = new ShmTransportProvider();
            transport = provider.open(new TransportContext(
                "node-survivor", MeshOs.system(), directory(), TransportContext.Threading.INVOKED));
            medium = transport.attach(provider.parse(EdgeUri.parse(URI)));
        }
    }

    private void reset()
    {
        downEdge = null;
        control.next = 0;
        data.next = 0;
        reasons.clear();
    }

    private Path directory()
    {
        return tempDirectory.resolve("shm");
    }

    private void drain(final Edge from)
    {
        int count;
        do
        {
            count = from.control().poll(control, 64) + from.data().poll(data, 64);
        }
        while (from == downEdge && count > 0);
    }

    private String awaitLine(final ChildProcess child, final String start)
    {
        final String[] line = new String[1];
        await("line " + start, () ->
        {
            try
            {
                line[0] = child.pollLine(start);
                return null != line[0];
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        });
        return line[0];
    }

    private void await(final String what, final BooleanSupplier condition)
    {
        final long startNs = clock.nanoTime();
        while (!condition.getAsBoolean())
        {
            medium.doWork(clock.nanoTime(), this);
            if (clock.nanoTime() - startNs > DEADLINE_NS)
            {
                fail("no " + what + ": data=" + data.next + ", control=" + control.next + ", downs=" + reasons);
            }
            Thread.yield();
        }
    }

    @Override
    public void onEdgeUp(final Medium upMedium, final Edge upEdge)
    {
        edge = upEdge;
    }

    @Override
    public void onEdgeDown(final Medium downMedium, final Edge endedEdge, final String reason)
    {
        edge = null;
        downEdge = endedEdge;
        reasons.add(reason);
    }

    @Override
    public void onMediumError(final Medium badMedium, final Throwable error)
    {
        throw new AssertionError(error);
    }

    private static final class Numbers implements PacketHandler
    {
        private long next;

        @Override
        public Action onPacket(final DirectBuffer buffer, final int offset, final int length)
        {
            assertEquals(next, buffer.getLong(offset));
            assertEquals(Long.BYTES + (int)(next * 7 % 90), length);
            next++;
            return Action.CONTINUE;
        }
    }
}
