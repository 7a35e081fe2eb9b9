package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.aeromesh.contract.ContractEnd;
import io.aeromesh.contract.PacketLog;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.spi.Capability;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.Lane;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class AeronMulticastContractTest extends AeronContract
{
    private final int port = AeronUdpContractTest.freePort();

    @Override
    protected Set<Capability> expectedSkips()
    {
        return Set.of(Capability.DEATH_NOTICE);
    }

    @Override
    protected EdgeConfig firstConfig()
    {
        return parse("aeron:udp?group=224.20.30.41:" + port + "|interface=localhost");
    }

    @Override
    protected EdgeConfig secondConfig()
    {
        return parse("aeron:udp?group=224.20.30.41:" + port + "|interface=localhost|name=group|cost=7");
    }

    @Override
    protected List<EdgeConfig> manyConfigs()
    {
        return List.of(firstConfig(), secondConfig(), firstConfig());
    }

    @Override
    protected ErrorCode thirdEndError()
    {
        return abort("a third end is welcome");
    }

    @Test
    void shouldTakeBackAMemberThatTheOthersWentOnWithout()
    {
        beImpatient();
        final ContractEnd first = attach("node-a", firstConfig());
        final ContractEnd second = attach("node-b", firstConfig());
        final Edge pair = awaitEdge(first, second);
        final ContractEnd third = attach("node-c", firstConfig());
        await("all edges", () -> first.edges().size() == 2 && second.edges().size() == 2 && third.edges().size() == 2);

        final PacketLog log = new PacketLog();
        final byte[] packet = PacketLog.packet(0, 1024);
        final Edge received = second.ups().get(0);
        final long startNs = System.nanoTime();
        int sent = 0;
        while (sent < 4096 || System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(4))
        {
            if (sent < 4096 && PacketLog.send(pair.data(), packet) >= 0)
            {
                sent++;
            }
            first.doWork();
            second.doWork();
            received.data().poll(log, 10);
            assertTrue(System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(20), "sent " + sent);
            Thread.yield();
        }

        await("third again", () -> first.ups().size() == 3 && second.ups().size() == 3 && third.edges().size() == 2);
        final Edge back = first.ups().get(2);
        for (final StreamSide side : StreamSide.values())
        {
            sendSoon(side.of(back), packet);
        }
        final PacketLog thirdLog = new PacketLog();
        await("packets at the third", () ->
        {
            for (final Edge edge : third.edges())
            {
                edge.data().poll(thirdLog, 10);
                edge.control().poll(thirdLog, 10);
            }
            return thirdLog.size() == 2;
        });
        await("rest", () -> received.data().poll(log, 10) == 0 && log.size() == 4096);
        assertTrue(first.edges().contains(pair));
    }

    private enum StreamSide
    {
        CONTROL,
        DATA;

        Lane of(final Edge edge)
        {
            return this == CONTROL ? edge.control() : edge.data();
        }
    }

    private Edge awaitEdge(final ContractEnd first, final ContractEnd second)
    {
        awaitUp(first, second);
        return first.edge();
    }
}
