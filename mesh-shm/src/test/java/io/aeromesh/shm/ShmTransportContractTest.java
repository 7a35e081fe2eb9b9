package io.aeromesh.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.contract.BadUri;
import io.aeromesh.contract.ContractEnd;
import io.aeromesh.contract.PacketLog;
import io.aeromesh.contract.TransportContract;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.TransportProvider;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShmTransportContractTest extends TransportContract
{
    @Override
    protected TransportProvider provider()
    {
        return new ShmTransportProvider();
    }

    @Override
    protected EdgeConfig firstConfig()
    {
        return new ShmEdgeConfig(new EdgeOptions("left", "node-b", 3), "link.1", baseDirectory(), 65536, 16384);
    }

    @Override
    protected EdgeConfig secondConfig()
    {
        return new ShmEdgeConfig(EdgeOptions.DEFAULT, "link.1", null, 65536, 16384);
    }

    @Override
    protected void abandon(final ContractEnd end)
    {
        ((ShmMedium)end.medium()).abandon();
    }

    @Override
    protected List<BadUri> badUris()
    {
        return List.of(
            new BadUri("shm:", "link", ""),
            new BadUri("shm:a b", "link", "a b"),
            new BadUri("shm:" + "x".repeat(65), "link", "x".repeat(65)),
            new BadUri("shm:a?size=3", "parameter", "size"),
            new BadUri("shm:a?data-length=many", "data-length", "many"),
            new BadUri("shm:a?data-length=1048577", "data-length", "1048577"),
            new BadUri("shm:a?control-length=8192", "control-length", "8192"),
            new BadUri("shm:a?dir=relative", "dir", "relative"),
            new BadUri("shm:a?peer", "parameter", "peer"));
    }

    @Test
    void shouldNoticeADeathByIdleCallsWhenTheClockStandsStill()
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        final long nowNs = MeshOs.system().nanoClock().nanoTime();
        second.medium().doWork(nowNs, second);
        die(first);

        int calls = 0;
        while (second.downs().isEmpty() && calls <= 3 * ShmMedium.IDLE_CALLS)
        {
            second.medium().doWork(nowNs, second);
            calls++;
        }

        assertEquals(1, second.downs().size());
        assertTrue(second.reasons().get(0).contains("'node-a' died"), second.reasons().get(0));
        assertTrue(second.downs().get(0).hasPeerEnded());
    }

    @Test
    void shouldNotTakeAPeerThatClosesItsEdgeForOneThatHasEnded()
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);

        first.edge().close();
        await("edge down", () -> 1 == second.downs().size());

        assertFalse(second.downs().get(0).hasPeerEnded());
    }

    @Test
    void shouldNotRefuseWhoComesBeforeTheGoodbyeOfTheOneBeforeIsLookedFor()
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        long nowNs = MeshOs.system().nanoClock().nanoTime();
        for (int i = 0; (null == first.edge() || null == second.edge()) && i < 1000; i++)
        {
            nowNs += ShmMedium.LOOK_INTERVAL_NS;
            first.medium().doWork(nowNs, first);
            second.medium().doWork(nowNs, second);
        }

        second.close();
        final ContractEnd next = attachSecond();
        next.medium().doWork(nowNs, next);
        first.medium().doWork(nowNs + ShmMedium.STEP_INTERVAL_NS, first);

        assertEquals(1, first.downs().size());
        awaitUp(first, next);
        assertEquals(List.of(), next.errors());
    }

    @Test
    void shouldTellBothEndsOfLengthsThatDiffer()
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second =
            attach("node-b", new ShmEdgeConfig(EdgeOptions.DEFAULT, "link.1", null, 131072, 16384));

        await("refusal", () -> first.hasError(ErrorCode.EDGE_REFUSED) && second.hasError(ErrorCode.EDGE_REFUSED));
        for (int i = 0; i < 1000; i++)
        {
            doWork();
        }

        assertEquals(1, first.errors().size());
        assertEquals(1, second.errors().size());
        for (final String part : List.of("65536", "131072", "node-a", "node-b", "link.1"))
        {
            assertTrue(first.errors().get(0).getMessage().contains(part), first.errors().get(0).getMessage());
            assertTrue(second.errors().get(0).getMessage().contains(part), second.errors().get(0).getMessage());
        }
    }

    @Test
    void shouldTellTheNodeOfRingsThatWereScribbledOver()
    {
        final ContractEnd first = attachFirst();
        final ContractEnd second = attachSecond();
        awaitUp(first, second);
        final Edge bad = second.edge();
        ((ShmMedium)first.medium()).current().file().buffer().setMemory(0, 64, (byte)0x55);

        bad.control().poll(new PacketLog(), 1);
        bad.data().poll(new PacketLog(), 1);
        await("edge down at both", () -> 1 == first.downs().size() && second.downs().contains(bad));

        assertTrue(second.reasons().get(0).startsWith("corrupt "), second.reasons().get(0));
        first.downs().get(0).close();
        bad.close();
        awaitUp(first, second);
    }
}
