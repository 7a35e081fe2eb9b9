package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.aeromesh.contract.BadUri;
import io.aeromesh.contract.ContractEnd;
import io.aeromesh.contract.PacketLog;
import io.aeromesh.contract.TransportContract;
import io.aeromesh.spi.Capability;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.PacketHandler;
import io.aeromesh.spi.TransportProvider;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The contract with what all Aeron edges have in common.
 */
abstract class AeronContract extends TransportContract
{
    private static final int PATIENCE = 10;
    private static final long NOTICE_NS_MAX = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_NS = TimeUnit.SECONDS.toNanos(4);

    /** That a machine runs no driver for a second is not what most tests are about. */
    private TransportProvider provider = patient();

    /**
     * Waits for who is silent for longer than a busy machine keeps anybody waiting.
     */
    static TransportProvider patient()
    {
        return new AeronTransportProvider(new DriverSettings(PATIENCE));
    }

    /**
     * For a test of what silence does: from now on with the timeouts that there are.
     */
    final void beImpatient()
    {
        provider = new AeronTransportProvider();
    }

    @Override
    protected TransportProvider provider()
    {
        return provider;
    }

    @Override
    protected Set<Capability> expectedSkips()
    {
        return Set.of(Capability.DEATH_NOTICE, Capability.MANY_NEIGHBOURS);
    }

    @Override
    protected void abandon(final ContractEnd end)
    {
        ((AeronTransport)end.transport()).abandon();
    }

    @Override
    protected int leakRounds()
    {
        return 10;
    }

    @Override
    protected List<BadUri> badUris()
    {
        return List.of(
            new BadUri("aeron:tcp?a=b", "path", "tcp"),
            new BadUri("aeron:ipc?endpoint=a:1", "parameter", "endpoint"),
            new BadUri("aeron:ipc?stream=one", "stream", "one"),
            new BadUri("aeron:ipc?stream=0", "stream", "0"),
            new BadUri("aeron:ipc?dir=relative", "dir", "relative"),
            new BadUri("aeron:ipc?driver=internal", "driver", "internal"),
            new BadUri("aeron:ipc?term-length=70000", "term-length", "70000"),
            new BadUri("aeron:ipc?term-length=65536|mtu=16384", "mtu", "16384"),
            new BadUri("aeron:ipc?mtu=1089", "mtu", "1089"),
            new BadUri("aeron:udp?endpoint=localhost:40100", "remote", ""),
            new BadUri("aeron:udp?endpoint=localhost:40100|remote=localhost", "remote", "localhost"),
            new BadUri("aeron:udp?endpoint=localhost:65536|remote=a:1", "endpoint", "localhost:65536"),
            new BadUri("aeron:udp?endpoint=localhost:0|remote=a:1", "endpoint", "localhost:0"),
            new BadUri("aeron:udp?endpoint=::1:40100|remote=a:1", "endpoint", "::1:40100"),
            new BadUri("aeron:udp?group=10.0.0.1:40100", "group", "10.0.0.1:40100"),
            new BadUri("aeron:udp?group=224.0.1.2:40100", "group", "224.0.1.2:40100"),
            new BadUri("aeron:udp?group=224.0.1.999:40100", "group", "224.0.1.999:40100"),
            new BadUri("aeron:udp?group=224.0.1.1:40100|remote=a:1", "parameter", "remote"));
    }

    @Test
    void shouldNoticeASilentPeerAndComeUpAnewWithTheNextOne()
    {
        beImpatient();
        ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);

        for (int round = 0; round < 2; round++)
        {
            final Edge old = second.edge();
            final byte[] packet = PacketLog.packet(round, 300);
            sendSoon(first.edge().data(), packet);
            final PacketLog log = new PacketLog();
            final long startNs = System.nanoTime();
            die(first);
            await("edge down", () -> second.downs().contains(old));
            assertTrue(System.nanoTime() - startNs < NOTICE_NS_MAX, () -> "noticed late: " + second.reasons());
            old.data().poll(log, 10);
            assertTrue(log.size() <= 1);
            old.close();

            first = attachFirst();
            awaitUp(first, second);
            sendSoon(first.edge().data(), packet);
            awaitPackets(second.edge().data(), new PacketLog(), 1);
        }
    }

    @Test
    void shouldPutANewPeerInThePlaceOfADeadOneAtOnce()
    {
        beImpatient();
        ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        final Edge old = second.edge();

        die(first);
        first = attachFirst();
        final ContractEnd renewed = first;
        await("new edge", () -> renewed.edge() != null && second.ups().size() == 2);

        sendSoon(first.edge().data(), PacketLog.packet(0, 300));
        awaitPackets(second.ups().get(1).data(), new PacketLog(), 1);
        await("end of the old one", () -> second.downs().contains(old));
    }

    @Test
    void shouldLoseEdgesAtMostWhenItStoodStill()
    {
        beImpatient();
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        final Edge oldFirst = first.edge();
        final Edge oldSecond = second.edge();

        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < PAUSE_NS)
        {
            second.doWork(); // while the first, its client and its embedded driver do nothing
            Thread.yield();
        }
        assertEquals(1, second.downs().size());
        oldSecond.close();

        await("new edges", () -> first.edge() != null && first.edge() != oldFirst && second.edge() != null);
        assertEquals(List.of(oldFirst), first.downs());
        sendSoon(first.edge().data(), PacketLog.packet(0, 300));
        awaitPackets(second.edge().data(), new PacketLog(), 1);
        sendSoon(second.edge().control(), PacketLog.packet(1, 300));
        awaitPackets(first.edge().control(), new PacketLog(), 1);
        assertEquals(List.of(), second.errors());
    }

    @Test
    void shouldNotAllocateWhileAnEdgeLasts()
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final Lane to = first.edge().data();
        final Lane from = second.edge().data();
        final PacketHandler handler = (buffer, offset, length) -> PacketHandler.Action.CONTINUE;

        long leastBytes = Long.MAX_VALUE;
        for (int round = 0; round < 50 && leastBytes > 0; round++)
        {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 200; i++)
            {
                final int offset = to.tryClaim(64);
                if (offset >= 0)
                {
                    to.buffer().putLong(offset, i);
                    to.commit();
                }
                first.medium().doWork(System.nanoTime(), first);
                second.medium().doWork(System.nanoTime(), second);
                from.poll(handler, 10);
            }
            leastBytes = Math.min(leastBytes, threads.getCurrentThreadAllocatedBytes() - before);
            doWork();
        }
        assertEquals(0, leastBytes);
    }

    final EdgeConfig parse(final String uri)
    {
        return provider.parse(EdgeUri.parse(uri));
    }
}
