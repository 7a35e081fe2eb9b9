package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Announcements, by clocks of the test's own.
 */
@Timeout(60)
class LanDiscoveryTest
{
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int CYCLES_MAX = 10_000;

    private final String group = "224.20.30.43:" + AeronUdpContractTest.freePort();
    private final LanDiscovery first = new LanDiscovery(group, "127.0.0.1:1", 7, MeshOs.system());
    private final LanDiscovery second = new LanDiscovery(group, "127.0.0.1:2", 7, MeshOs.system());
    private long nowNs = System.nanoTime();

    @AfterEach
    void close()
    {
        first.close();
        second.close();
    }

    private String awaitFound(final LanDiscovery who, final LanDiscovery... others)
    {
        for (int i = 0; i < CYCLES_MAX; i++)
        {
            nowNs += STEP_NS;
            for (final LanDiscovery other : others)
            {
                other.doWork(nowNs);
            }
            who.doWork(nowNs);
            final String found = who.take();
            if (found != null)
            {
                return found;
            }
            Thread.yield();
        }
        throw new AssertionError("nothing found, failure=" + who.takeFailure());
    }

    @Test
    void shouldFindEachOther()
    {
        assertEquals("127.0.0.1:2", awaitFound(first, second));
        assertEquals("127.0.0.1:1", awaitFound(second, first));
    }

    @Test
    void shouldBeAnsweredByThoseThatHaveBeenThereForLong()
    {
        for (int i = 0; i < 2_000; i++)
        {
            nowNs += STEP_NS;
            second.doWork(nowNs); // has said all that it says at first
        }
        final LanDiscovery late = new LanDiscovery(group, "127.0.0.1:3", 7, MeshOs.system());
        final long startNs = nowNs;
        assertEquals("127.0.0.1:2", awaitFound(late, second));
        assertTrue(nowNs - startNs < CYCLES_MAX * STEP_NS);
        late.close();
    }

    @Test
    void shouldNotHearOfAnotherMeshNorOfItselfNorNoise() throws IOException
    {
        final LanDiscovery other = new LanDiscovery(group, "127.0.0.1:3", 8, MeshOs.system());
        final Random random = new Random(1);
        try (DatagramChannel stranger = listener())
        {
            for (int i = 0; i < 200; i++)
            {
                nowNs += STEP_NS;
                other.doWork(nowNs);
                final byte[] noise = new byte[random.nextInt(300)];
                random.nextBytes(noise);
                stranger.send(ByteBuffer.wrap(noise), new InetSocketAddress(
                    HostPort.parse("group", group).host(), HostPort.parse("group", group).port()));
                first.doWork(nowNs);
                assertNull(first.take());
            }
        }
        other.close();
        assertEquals("127.0.0.1:2", awaitFound(first, second));
    }

    @Test
    void shouldSayThatAnAnnouncedAddressIsBad() throws IOException
    {
        for (final String bad : new String[] {"localhost:1", "224.0.0.1:1", ""})
        {
            try (DatagramChannel stranger = listener())
            {
                final ByteBuffer lie = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
                lie.putInt(0x3144_4D41).putLong(7).put((byte)1).put((byte)bad.length())
                    .put(bad.getBytes(StandardCharsets.UTF_8)).flip();
                stranger.send(lie, new InetSocketAddress(
                    HostPort.parse("group", group).host(), HostPort.parse("group", group).port()));
                MeshException failure = null;
                for (int i = 0; i < CYCLES_MAX && failure == null; i++)
                {
                    nowNs += STEP_NS;
                    first.doWork(nowNs);
                    failure = first.takeFailure();
                    Thread.yield();
                }
                assertEquals(ErrorCode.PROTOCOL_VIOLATION, failure.code());
                assertTrue(failure.getMessage().contains("'" + bad + "'"), failure.getMessage());
            }
        }
    }

    @Test
    void shouldSaySeldomWhatAllKnow() throws IOException
    {
        try (DatagramChannel listener = listener())
        {
            int count = 0;
            for (int i = 0; i < 3_000; i++) // a minute
            {
                nowNs += STEP_NS;
                first.doWork(nowNs);
                second.doWork(nowNs);
                count += receive(listener);
            }
            assertTrue(count >= 20 && count <= 60, "count=" + count);
        }
    }

    @Test
    void shouldSayWhatIsWrongWithTheGroup()
    {
        final MeshException error = assertThrows(
            MeshException.class, () -> new LanDiscovery(group, "203.0.113.7:1", 7, MeshOs.system()));
        assertEquals(ErrorCode.BAD_EDGE_CONFIG, error.code());
        assertTrue(error.getMessage().contains("203.0.113.7:1") && error.getMessage().contains("discover"),
            error.getMessage());
    }

    private DatagramChannel listener() throws IOException
    {
        return listener(group);
    }

    /**
     * Hears all that is said in a group on this host.
     */
    static DatagramChannel listener(final String group) throws IOException
    {
        final HostPort parsed = HostPort.parse("group", group);
        final NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1"));
        final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)
            .setOption(StandardSocketOptions.SO_REUSEADDR, true)
            .setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback)
            .bind(new InetSocketAddress(parsed.host(), parsed.port()));
        channel.configureBlocking(false);
        channel.join(InetAddress.getByName(parsed.host()), loopback);
        return channel;
    }

    /**
     * Number of datagrams that came since the last call.
     */
    static int receive(final DatagramChannel channel) throws IOException
    {
        final ByteBuffer buffer = ByteBuffer.allocate(2_000);
        int count = 0;
        while (channel.receive(buffer) != null)
        {
            buffer.clear();
            count++;
        }
        return count;
    }
}
