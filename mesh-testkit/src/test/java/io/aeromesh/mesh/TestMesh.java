package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.contract.CounterSum;
import io.aeromesh.sim.SimMesh;
import io.aeromesh.status.MeshCounter;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A simulated mesh that checks, when a node or the mesh ends, what must hold in every test: no packet ran in a circle,
 * none broke the protocol, nothing of ours was found wrong.
 */
final class TestMesh implements AutoCloseable
{
    private final SimMesh sim;
    private boolean hostile;

    TestMesh(final long seed)
    {
        sim = new SimMesh(seed);
    }

    /**
     * A chain of nodes {@code a-b-c-...}.
     */
    static TestMesh chain(final long seed, final int nodes)
    {
        final TestMesh mesh = new TestMesh(seed);
        for (int i = 0; i < nodes; i++)
        {
            final String left = link(i - 1);
            final String right = link(i);
            mesh.node(name(i), i == 0 ? new String[] {right} : i == nodes - 1 ? new String[] {left} :
                new String[] {left, right});
        }
        return mesh;
    }

    private static String name(final int index)
    {
        return String.valueOf((char)('a' + index));
    }

    private static String link(final int index)
    {
        return name(index) + name(index + 1);
    }

    SimMesh sim()
    {
        return sim;
    }

    /**
     * Bad bytes are part of the test, so that they may be counted.
     */
    void expectBadBytes()
    {
        hostile = true;
    }

    MeshNode node(final String name, final String... links)
    {
        return sim.node(name, links);
    }

    MeshNode node(final String name, final UnaryOperator<NodeConfig> change, final String... links)
    {
        return sim.node(name, change, links);
    }

    Channel open(final String from, final String to)
    {
        return open(from, ChannelSpec.to(to));
    }

    Channel open(final String from, final ChannelSpec spec)
    {
        return sim.node(from).open(spec);
    }

    void runUntil(final String awaited, final BooleanSupplier condition)
    {
        sim.runUntil(awaited, condition);
    }

    /**
     * Lets what is under way come to rest, while the ends take notice of it.
     */
    void settle(final Channel... channels)
    {
        for (int i = 0; i < 300; i++)
        {
            sim.step();
            for (final Channel channel : channels)
            {
                channel.poll((buffer, offset, length, origin) ->
                {}, 0);
            }
        }
        untilConnected(channels);
    }

    void untilConnected(final Channel... channels)
    {
        sim.runUntil("all connected " + List.of(channels), () ->
        {
            boolean connected = true;
            for (final Channel channel : channels)
            {
                channel.poll((buffer, offset, length, origin) ->
                {}, 0);
                connected &= channel.state() == ChannelState.CONNECTED;
            }
            return connected;
        });
    }

    /**
     * Pumps until everything has been delivered, and then as long again: nothing more may come.
     */
    void deliverAll(final Pump... pumps)
    {
        sim.runUntil("all delivered", () ->
        {
            boolean done = true;
            for (final Pump pump : pumps)
            {
                done &= pump.pump();
            }
            return done;
        });
        for (int i = 0; i < 200; i++)
        {
            sim.step();
            for (final Pump pump : pumps)
            {
                assertEquals(0, pump.receive(), "delivered beyond what was sent");
            }
        }
    }

    boolean hasRoute(final String from, final String to)
    {
        return sim.node(from).routes().stream()
            .anyMatch(route -> route.destination().equals(to) && !route.nextHop().isEmpty());
    }

    String nextHop(final String from, final String to)
    {
        return sim.node(from).routes().stream().filter(route -> route.destination().equals(to))
            .map(route -> route.nextHop()).findFirst().orElse("");
    }

    long counter(final String node, final MeshCounter counter)
    {
        return CounterSum.of(sim.node(node).counters(), counter);
    }

    void stop(final String name)
    {
        check(name);
        sim.stop(name);
    }

    void kill(final String name)
    {
        check(name);
        sim.kill(name);
    }

    private void check(final String name)
    {
        assertEquals(0, counter(name, MeshCounter.HOP_LIMIT_EXCEEDED), "hop limit at " + name);
        if (!hostile)
        {
            assertEquals(0, counter(name, MeshCounter.MALFORMED_PACKETS), "malformed at " + name);
        }
        assertEquals(List.of(), sim.node(name).errors().stream()
            .filter(error -> !error.contains("MeshException")).toList(), "defects at " + name);
    }

    @Override
    public void close()
    {
        sim.names().forEach(this::check);
        sim.close();
    }
}
