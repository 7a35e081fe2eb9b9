package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MessageSink;
import io.aeromesh.NodeLimits;
import io.aeromesh.status.MeshCounter;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A full buffer at any place back-pressures the sender whose it is, and nobody and nothing else.
 */
class FullBufferTest
{
    private static final String SMALL = "?data-length=16384";
    private static final int COUNT = 5_000;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[1000]);

    private static TestMesh smallChain(final int seed, final int discardTable)
    {
        final TestMesh mesh = new TestMesh(seed);
        final NodeLimits limits = NodeLimits.DEFAULT.discardTable(discardTable);
        mesh.node("a", config -> config.limits(limits), "ab" + SMALL);
        mesh.node("x", config -> config.limits(limits), "xb" + SMALL);
        mesh.node("b", config -> config.limits(limits), "ab" + SMALL, "xb" + SMALL, "bc" + SMALL, "by" + SMALL);
        mesh.node("c", config -> config.limits(limits), "bc" + SMALL);
        mesh.node("y", config -> config.limits(limits), "by" + SMALL);
        return mesh;
    }

    /** Fills a channel until it refuses. */
    private long fill(final TestMesh mesh, final Channel channel)
    {
        long result = 0;
        for (int i = 0; i < 5_000; i++)
        {
            result = channel.offer(message);
            mesh.sim().step();
        }
        return result;
    }

    @Test
    void shouldBackPressureOnlyTheSenderOfASlowReceiver()
    {
        try (TestMesh mesh = smallChain(1, 256))
        {
            final Channel slow = mesh.open("a", ChannelSpec.to("c").named("slow").windowLength(256 * 1024));
            final Channel asleep = mesh.open("c", ChannelSpec.to("a").named("slow"));
            final Channel first = mesh.open("a", ChannelSpec.to("c").named("fast"));
            final Channel last = mesh.open("c", ChannelSpec.to("a").named("fast"));
            mesh.untilConnected(slow, asleep, first, last);
            final long alone = stepsFor(mesh, first, last);

            assertEquals(MessageSink.BACK_PRESSURED, fill(mesh, slow));
            final long beside = stepsFor(mesh, first, last);

            assertTrue(beside <= alone + alone / 7, "steps alone " + alone + ", beside a full one " + beside);
            final int[] got = new int[1];
            final long accepted = slow.acceptedPosition();
            mesh.runUntil("drained", () ->
            {
                asleep.poll((buffer, offset, length, origin) -> got[0]++, 100);
                return slow.acknowledgedPosition() == accepted;
            });
            assertTrue(got[0] > 200, "received " + got[0]);
        }
    }

    private static long stepsFor(final TestMesh mesh, final Channel first, final Channel last)
    {
        final Pump pump = new Pump(first, last, 1, 5 * COUNT, i -> 200);
        final long begin = mesh.sim().steps();
        mesh.runUntil("all delivered", pump::pump);
        return mesh.sim().steps() - begin;
    }

    @Test
    void shouldGoOnAtFullSpeedWhenAnotherDestinationIsPaused()
    {
        try (TestMesh mesh = smallChain(2, 256))
        {
            final Channel stuck = mesh.open("a", "c");
            final Channel paused = mesh.open("c", "a");
            final Channel first = mesh.open("x", "y");
            final Channel last = mesh.open("y", "x");
            mesh.untilConnected(stuck, paused, first, last);
            final long alone = stepsFor(mesh, first, last);

            mesh.sim().pause("c");
            assertEquals(MessageSink.BACK_PRESSURED, fill(mesh, stuck));
            final long beside = stepsFor(mesh, first, last);

            assertTrue(beside <= alone + alone / 7, "steps alone " + alone + ", beside a paused one " + beside);
            assertTrue(mesh.counter("b", MeshCounter.CONGESTION_DISCARDS) > 0, "the edge to c was never full");
            assertEquals(0, stuck.acknowledgedPosition());
            mesh.sim().pause();
            mesh.runUntil("all has come", () ->
            {
                paused.poll((buffer, offset, length, origin) ->
                {}, 100);
                return stuck.acknowledgedPosition() == stuck.acceptedPosition();
            });
            assertTrue(mesh.counter("b", MeshCounter.CONGESTION_NOTICES) > 0);
            assertTrue(mesh.counter("a", MeshCounter.PACKETS_RESENT) > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void shouldRepairWhatARelayDiscardedWhenTwoSendersShareAnEdge(final int seed)
    {
        sendThroughOneEdge(seed, 256);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void shouldRepairWhenTheTableOfDiscardsOverflows(final int seed)
    {
        sendThroughOneEdge(seed, 1);
    }

    private void sendThroughOneEdge(final int seed, final int discardTable)
    {
        try (TestMesh mesh = smallChain(seed, discardTable))
        {
            final Channel a1 = mesh.open("a", ChannelSpec.to("c").named("1"));
            final Channel a2 = mesh.open("a", ChannelSpec.to("c").named("2"));
            final Channel x1 = mesh.open("x", ChannelSpec.to("c").named("1"));
            final Channel ca1 = mesh.open("c", ChannelSpec.to("a").named("1"));
            final Channel ca2 = mesh.open("c", ChannelSpec.to("a").named("2"));
            final Channel cx1 = mesh.open("c", ChannelSpec.to("x").named("1"));
            mesh.untilConnected(a1, a2, x1, ca1, ca2, cx1);
            final Pump[] pumps = {new Pump(a1, ca1, 1, COUNT, i -> i % 1500), new Pump(a2, ca2, 2, COUNT, i -> 500),
                new Pump(x1, cx1, 3, COUNT, i -> 1000), new Pump(cx1, x1, 4, COUNT)};
            for (int i = 0; i < 10; i++)
            {
                mesh.sim().pause("c");
                for (int j = 0; j < 40; j++)
                {
                    for (final Pump pump : pumps)
                    {
                        pump.send(100);
                    }
                    mesh.sim().step();
                }
                mesh.sim().pause();
                mesh.sim().run(20);
            }
            mesh.deliverAll(pumps);
            assertTrue(mesh.counter("b", MeshCounter.CONGESTION_DISCARDS) > 0, "the shared edge was never full");
        }
    }

    @Test
    void shouldBackPressureTheSenderWhenItsOwnEdgeIsFull()
    {
        try (TestMesh mesh = smallChain(4, 256))
        {
            final Channel first = mesh.open("a", "c");
            final Channel last = mesh.open("c", "a");
            mesh.untilConnected(first, last);
            mesh.sim().pause("b");
            assertEquals(MessageSink.BACK_PRESSURED, fill(mesh, first));
            final long accepted = first.acceptedPosition();
            assertTrue(accepted <= ChannelSpec.WINDOW_LENGTH_DEFAULT);
            mesh.sim().pause();
            final int[] got = new int[1];
            mesh.runUntil("all has come", () ->
            {
                last.poll((buffer, offset, length, origin) -> got[0]++, 100);
                return first.acknowledgedPosition() == accepted;
            });
            assertEquals(0, mesh.counter("a", MeshCounter.CONGESTION_DISCARDS)); // its own sender just waits
        }
    }
}
