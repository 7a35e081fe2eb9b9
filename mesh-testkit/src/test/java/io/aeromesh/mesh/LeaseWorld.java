package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.ControlledMessageHandler.Action;
import io.aeromesh.Lease;
import io.aeromesh.LeaseConfig;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageHandler;
import io.aeromesh.MessageSink;
import io.aeromesh.SessionReport;
import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.contract.CounterSum;
import io.aeromesh.sim.SimMesh;
import io.aeromesh.status.MeshCounter;
import java.util.ArrayList;
import java.util.List;

/**
 * A simulated mesh for tests of leases: nodes that share memory or do not, channels between them, and what must hold at
 * the end of each test, which is that all memory has come back.
 */
final class LeaseWorld implements AutoCloseable
{
    static final MessageHandler IGNORE = (buffer, offset, length, origin) ->
    {};
    /** Small, so that the arena is soon full: 1 MiB in all, blocks up to 64 KiB, three of these for one peer. */
    static final LeaseConfig SMALL = new LeaseConfig(64 * 1024, 64 * 1024, 1 << 20, 192 * 1024);
    private static final int SETTLE_STEPS = 5_000;

    final SimMesh mesh;
    final List<SessionReport> reports = new ArrayList<>();

    LeaseWorld(final long seed)
    {
        mesh = new SimMesh(seed);
    }

    MeshNode sharing(final String name, final String... links)
    {
        return mesh.node(name, config -> config.sharing(mesh.memory()), links);
    }

    MeshNode sharing(final LeaseConfig leases, final String name, final String... links)
    {
        return mesh.node(name, config -> config.sharing(mesh.memory()).leases(leases), links);
    }

    MeshNode alone(final LeaseConfig leases, final String name, final String... links)
    {
        return mesh.node(name, config -> config.leases(leases), links);
    }

    Channel open(final String from, final String to)
    {
        return open(from, ChannelSpec.to(to));
    }

    Channel open(final String from, final ChannelSpec spec)
    {
        return mesh.node(from).open(spec.named("blocks").listener(new ChannelListener()
        {
            @Override
            public void onSessionEnded(final Channel channel, final SessionReport report)
            {
                reports.add(report);
            }
        }));
    }

    void connect(final Channel... channels)
    {
        mesh.runUntil("all connected", () ->
        {
            boolean isConnected = true;
            for (final Channel channel : channels)
            {
                channel.poll(IGNORE, 0);
                isConnected &= channel.state() == ChannelState.CONNECTED;
            }
            return isConnected;
        });
    }

    /**
     * Sends plain messages until both ends send directly, and all of them are consumed.
     */
    void joinDirectly(final Channel left, final Channel right)
    {
        Pump.joinDirectly(mesh, left, right);
    }

    Lease acquire(final String node, final int length)
    {
        return mesh.node(node).leases().acquire(length);
    }

    /**
     * Transfers as soon as that is possible.
     */
    long send(final Channel channel, final Lease lease)
    {
        final long[] result = {MessageSink.BACK_PRESSURED};
        mesh.runUntil("transfer by " + channel, () ->
        {
            result[0] = channel.transfer(lease);
            assertTrue(result[0] > 0 || result[0] == MessageSink.BACK_PRESSURED, () -> "result " + result[0]);
            return result[0] > 0;
        });
        return result[0];
    }

    /**
     * Waits for a lease and takes it.
     */
    Lease receive(final Channel channel)
    {
        final Lease taken = new Lease();
        mesh.runUntil("a lease by " + channel, () ->
        {
            channel.poll((buffer, offset, length, origin) ->
            {
                assertTrue(origin.isLease());
                origin.take(taken);
            }, 1);
            return taken.isHeld();
        });
        return taken;
    }

    long counter(final String node, final MeshCounter counter)
    {
        return CounterSum.of(mesh.node(node).counters(), counter);
    }

    /**
     * Sends more leases than are read, one of them on show, and closes one end of the two.
     */
    void requireBackWhatWasNotRead(final Channel[] pair, final boolean senderCloses)
    {
        for (int i = 0; i < 100; i++)
        {
            send(pair[0], acquire("a", 4096));
        }
        receive(pair[1]).release();
        pair[1].controlledPoll((buffer, offset, length, origin) -> Action.ABORT, 1); // one is on show

        pair[senderCloses ? 0 : 1].close();
        mesh.runUntil("the report", () ->
        {
            pair[senderCloses ? 1 : 0].poll(IGNORE, 10);
            return !reports.isEmpty();
        });

        assertEquals(EndReason.CLOSED_BY_PEER, reports.get(0).reason(), reports::toString);
    }

    /**
     * Closes the sender of leases that were not read, while the receiver does not hear of it.
     */
    void requireQuietStop(final Channel sender, final Channel receiver)
    {
        mesh.pause("relay");
        sender.close();
        mesh.run(100);

        assertEquals(0, receiver.poll(IGNORE, 10));
        mesh.run(100);
        assertEquals(0, receiver.poll(IGNORE, 10));
        assertTrue(reports.isEmpty(), reports::toString);
        mesh.pause();
        mesh.runUntil("the report", () -> receiver.poll(IGNORE, 10) == 0 && !reports.isEmpty());

        assertEquals(EndReason.CLOSED_BY_PEER, reports.get(0).reason(), reports::toString);
        assertEquals(List.of(), mesh.node("b").errors());
    }

    /**
     * Lets owners notice what was released.
     */
    void requireAllMemoryBack()
    {
        mesh.run(SETTLE_STEPS);
        for (final String name : mesh.names())
        {
            assertEquals(0, counter(name, MeshCounter.LEASES_HELD), "blocks held at " + name);
            assertEquals(0, counter(name, MeshCounter.LEASES_OUT), "blocks out of " + name);
            assertEquals(0, counter(name, MeshCounter.LEASES_CORRUPT), "blocks corrupt at " + name);
        }
    }

    @Override
    public void close()
    {
        requireAllMemoryBack();
        mesh.close();
    }
}
