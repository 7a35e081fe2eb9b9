package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.Reply;
import io.aeromesh.Topology;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Channels over nodes in between: late, slow, missing, replaced, and several ways at once.
 */
class TopologiesTest
{
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void shouldConnectWhenTheMiddleEdgeIsLate(final int seed)
    {
        try (TestMesh mesh = new TestMesh(seed))
        {
            mesh.node("a", "ab");
            mesh.node("b", "ab");
            mesh.node("c", "cd");
            mesh.node("d", "cd");
            final Channel first = mesh.open("a", "d");
            final Channel last = mesh.open("d", "a");
            mesh.sim().run(5_000);
            assertEquals(ChannelState.CONNECTING, first.state());
            mesh.sim().node("b").addEdge("inproc:bc");
            mesh.sim().node("c").addEdge("inproc:bc");
            mesh.deliverAll(new Pump(first, last, 1, 50), new Pump(last, first, 2, 50));
        }
    }

    @Test
    void shouldConnectWhenTheMiddleNodeIsLate()
    {
        try (TestMesh mesh = new TestMesh(5))
        {
            mesh.node("a", "ab");
            mesh.node("c", "bc");
            final Channel first = mesh.open("a", "c");
            final Channel last = mesh.open("c", "a");
            mesh.sim().run(5_000);
            mesh.node("b", "ab", "bc");
            mesh.deliverAll(new Pump(first, last, 1, 50), new Pump(last, first, 2, 50));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldGoOnWhenTheMiddleNodeIsKilledAndReplaced(final int seed)
    {
        try (TestMesh mesh = TestMesh.chain(seed, 3))
        {
            final Events events = new Events();
            final Channel first = mesh.open("a", ChannelSpec.to("c").listener(events));
            final Channel last = mesh.open("c", "a");
            final Pump forth = new Pump(first, last, 1, 10_000);
            final Pump back = new Pump(last, first, 2, 10_000);
            mesh.runUntil("some", () -> forth.pump() & back.pump() || forth.delivered() > 3_000);
            mesh.kill("b");
            mesh.runUntil("no way", () ->
            {
                forth.pump();
                back.pump();
                return first.state() == ChannelState.NO_ROUTE && last.state() == ChannelState.NO_ROUTE;
            });
            mesh.node("b", "ab", "bc");
            mesh.deliverAll(forth, back);
            assertEquals(1, events.connected);
            assertTrue(events.ended.isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "c"})
    void shouldGoTheOtherWayWhenOneSideOfADiamondDies(final String dies)
    {
        try (TestMesh mesh = new TestMesh(7))
        {
            mesh.node("a", "ab", "ac");
            mesh.node("b", "ab", "bd");
            mesh.node("c", "ac", "cd");
            mesh.node("d", "bd", "cd");
            final Channel first = mesh.open("a", "d");
            final Channel last = mesh.open("d", "a");
            final Pump forth = new Pump(first, last, 1, 20_000);
            final Pump back = new Pump(last, first, 2, 20_000);
            mesh.runUntil("some", () -> forth.pump() & back.pump() || forth.delivered() > 5_000);
            mesh.kill(dies);
            mesh.deliverAll(forth, back);
        }
    }

    @Test
    void shouldDeliverAndDrawAButterfly()
    {
        try (TestMesh mesh = new TestMesh(8))
        {
            mesh.node("a", "ac");
            mesh.node("b", "bc");
            mesh.node("c", "ac", "bc", "cd");
            mesh.node("d", "cd", "de", "df");
            mesh.node("e", "de");
            mesh.node("f", "df");
            final Channel ae = mesh.open("a", "e");
            final Channel ea = mesh.open("e", "a");
            final Channel bf = mesh.open("b", "f");
            final Channel fb = mesh.open("f", "b");
            mesh.deliverAll(new Pump(ae, ea, 1, 2_000), new Pump(ea, ae, 2, 2_000), new Pump(bf, fb, 3, 2_000),
                new Pump(fb, bf, 4, 2_000));
            final Reply<Topology> reply = mesh.sim().node("e").topology();
            mesh.runUntil("topology", reply::isDone);
            final Set<String> drawn = new TreeSet<>();
            reply.get().links().forEach(link -> drawn.add(link.from() + link.to()));
            assertEquals(Set.of("ac", "ca", "bc", "cb", "cd", "dc", "de", "ed", "df", "fd"), drawn);
            assertEquals(6, reply.get().nodes().size());
        }
    }

    @Test
    void shouldDeliverWhenAcknowledgementsAreSlow()
    {
        try (TestMesh mesh = TestMesh.chain(9, 3))
        {
            final Channel first = mesh.open("a", "c");
            final Channel last = mesh.open("c", "a");
            mesh.untilConnected(first, last);
            final Pump pump = new Pump(first, last, 1, 20_000);
            long polls = 0;
            while (pump.delivered() < 20_000)
            {
                pump.send(1_000);
                mesh.sim().run(150); // 150 us of virtual time between two looks, far above a round trip
                pump.receive();
                polls++;
            }
            assertTrue(polls >= 20, "polls " + polls);
            mesh.deliverAll(pump);
        }
    }

    @Test
    void shouldAnswerWhileProcessingWhenTheHandlerSendsBack()
    {
        try (TestMesh mesh = TestMesh.chain(10, 3))
        {
            final Channel first = mesh.open("a", "c");
            final Channel last = mesh.open("c", "a");
            mesh.untilConnected(first, last);
            final int[] rounds = new int[1];
            final UnsafeBuffer ball = new UnsafeBuffer(new byte[8]);
            first.offer(ball);
            mesh.runUntil("1000 rounds", () ->
            {
                last.poll((buffer, offset, length, origin) -> last.offer(buffer, offset, length), 10);
                first.poll((buffer, offset, length, origin) ->
                {
                    rounds[0]++;
                    first.offer(buffer, offset, length);
                }, 10);
                return rounds[0] == 1_000;
            });
        }
    }
}
