package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelPath.Kind;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.ChannelState;
import io.aeromesh.EdgeStatus;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageSink;
import io.aeromesh.NodeLimits;
import io.aeromesh.SessionReport;
import io.aeromesh.contract.CounterSum;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.inproc.InprocMemoryProvider;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.MessageHeaderEncoder;
import io.aeromesh.protocol.codec.ResetEncoder;
import io.aeromesh.sim.SimMesh;
import io.aeromesh.status.MeshCounter;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two nodes that are not neighbours and share no memory are joined by a stream of their own; their sessions go along it
 * while it is up and hop by hop while it is not: nothing is lost, repeated or reordered.
 */
class DirectStreamTest
{
    private static final NodeLimits LIMITS = NodeLimits.DEFAULT.edgePing(20_000, 200_000);

    private final Events events = new Events();
    private Channel left;
    private Channel right;
    private Pump there;
    private Pump back;
    private SimMesh mesh = new SimMesh(1);

    @AfterEach
    void close()
    {
        mesh.close();
    }

    private MeshNode node(final String name, final String... links)
    {
        return mesh.node(name, config -> config.limits(LIMITS), links);
    }

    /**
     * A and C with places where they are reached, and a node between them.
     */
    private void chain()
    {
        node("a", "ab", "?direct=a");
        node("b", "ab", "bc");
        node("c", "bc", "?direct=c");
    }

    private Channel open(final String node, final String peer, final String name)
    {
        return mesh.node(node).open(ChannelSpec.to(peer).named(name).windowLength(8192).listener(events));
    }

    /**
     * A channel between A and C, and what it carries both ways.
     */
    private void openBoth(final String name)
    {
        left = open("a", "c", name);
        right = open("c", "a", name);
        there = pump(left, right, 1);
        back = pump(right, left, 2);
    }

    private static Pump pump(final Channel from, final Channel to, final int stream)
    {
        return new Pump(from, to, stream, Integer.MAX_VALUE, i -> (i * 37 & 511) + 1);
    }

    private void talkUntilDirect(final Pump there, final Pump back, final Channel left, final Channel right)
    {
        mesh.runUntil("direct stream", () ->
        {
            talk(there, back);
            return left.path().kind() == Kind.DIRECT_UDP && right.path().kind() == Kind.DIRECT_UDP;
        });
    }

    private static void talk(final Pump... pumps)
    {
        for (final Pump pump : pumps)
        {
            pump.send(4);
            pump.receive();
        }
    }

    private void untilAllDelivered(final Channel left, final Channel right, final Pump... pumps)
    {
        mesh.runUntil("all that was accepted", () ->
        {
            for (final Pump pump : pumps)
            {
                pump.receive();
            }
            return left.acknowledgedPosition() == left.acceptedPosition() &&
                right.acknowledgedPosition() == right.acceptedPosition();
        });
        for (final Pump pump : pumps)
        {
            assertEquals(pump.sent(), pump.delivered());
        }
    }

    private long forwarded(final String node)
    {
        return counter(node, MeshCounter.PACKETS_FORWARDED);
    }

    private long counter(final String node, final MeshCounter counter)
    {
        return CounterSum.of(mesh.node(node).counters(), counter);
    }

    @Test
    void shouldCarrySessionsWithoutTheNodesBetween()
    {
        chain();
        openBoth("one");
        talkUntilDirect(there, back, left, right);
        mesh.run(500);
        final long before = forwarded("b");
        final int delivered = there.delivered();

        mesh.runUntil("messages", () ->
        {
            talk(there, back);
            return there.delivered() > delivered + 2_000;
        });

        assertEquals(before, forwarded("b"));
        assertTrue(left.path().reason().contains("direct stream"), left.path().reason());
        untilAllDelivered(left, right, there, back);
    }

    @Test
    void shouldGoOnWhenTheOnlyRouteIsGone()
    {
        chain();
        openBoth("one");
        talkUntilDirect(there, back, left, right);

        mesh.kill("b");
        mesh.runUntil("no routes", () ->
        {
            talk(there, back);
            return mesh.node("a").routes().isEmpty() && mesh.node("c").routes().isEmpty();
        });
        final int delivered = there.delivered();
        mesh.runUntil("messages without any route", () ->
        {
            talk(there, back);
            return there.delivered() > delivered + 5_000 && back.delivered() > delivered + 5_000;
        });
        final Channel left2 = open("a", "c", "two");
        final Channel right2 = open("c", "a", "two");
        final Pump there2 = pump(left2, right2, 3);
        final Pump back2 = pump(right2, left2, 4);
        talkUntilDirect(there2, back2, left2, right2);

        untilAllDelivered(left, right, there, back);
        untilAllDelivered(left2, right2, there2, back2);
        assertEquals(Kind.DIRECT_UDP, left.path().kind());
        assertEquals(List.of(), events.ended);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldLoseRepeatAndReorderNothingWhateverBecomesOfTheStreamUnderLoad(final long seed)
    {
        mesh = new SimMesh(seed);
        chain();
        final SplittableRandom random = new SplittableRandom(seed);
        openBoth("one");
        int switches = 0;
        Kind kind = Kind.NONE;
        for (int event = 0; event < 200; event++)
        {
            disturb(random, left, right);
            for (int steps = random.nextInt(60); steps > 0; steps--)
            {
                mesh.step();
                there.send(random.nextInt(6));
                back.send(random.nextInt(6));
                if (random.nextInt(3) > 0)
                {
                    talk(there, back);
                }
                if (left.path().kind() != kind)
                {
                    kind = left.path().kind();
                    switches++;
                }
            }
        }

        left.mode(Mode.AUTO);
        right.mode(Mode.AUTO);
        heal();
        talkUntilDirect(there, back, left, right);
        untilAllDelivered(left, right, there, back);
        assertEquals(List.of(), events.ended);
        assertTrue(switches > 20, "switches " + switches);
    }

    private void disturb(final SplittableRandom random, final Channel left, final Channel right)
    {
        final boolean isFirst = random.nextBoolean();
        final String name = isFirst ? "a" : "c";
        final String peer = isFirst ? "c" : "a";
        switch (random.nextInt(7))
        {
            case 0 -> (isFirst ? left : right).mode(random.nextBoolean() ? Mode.PROXY : Mode.AUTO);
            case 1 -> (isFirst ? left : right).mode(random.nextBoolean() ? Mode.DIRECT : Mode.AUTO);
            case 2 -> mesh.cutStream(name, peer, true);
            case 3 -> mesh.deafenStream(name, peer, true);
            case 4 -> heal();
            default -> mesh.loseStream(name, peer);
        }
    }

    private void heal()
    {
        for (final String name : List.of("a", "c"))
        {
            mesh.cutStream(name, name.equals("a") ? "c" : "a", false);
            mesh.deafenStream(name, name.equals("a") ? "c" : "a", false);
        }
    }

    @Test
    void shouldGoByProxyWhileOneDirectionIsCutAndComeBack()
    {
        chain();
        openBoth("one");
        talkUntilDirect(there, back, left, right);

        mesh.deafenStream("c", "a", true); // nothing reaches c, while a hears c well
        mesh.runUntil("proxy at both ends", () ->
        {
            talk(there, back);
            return left.path().kind() == Kind.PROXY && right.path().kind() == Kind.PROXY;
        });
        final int delivered = there.delivered();
        mesh.runUntil("messages by proxy", () ->
        {
            talk(there, back);
            return there.delivered() > delivered + 500;
        });
        mesh.deafenStream("c", "a", false);

        talkUntilDirect(there, back, left, right);
        untilAllDelivered(left, right, there, back);
        assertEquals(List.of(), events.ended);
    }

    /** Found by simulation: who left the stream did not ask what had come of what was under way along it. */
    @Test
    void shouldLoseNothingThatIsUnderWayWhenTheStreamIsNotWantedAnyMore()
    {
        chain();
        openBoth("one");
        talkUntilDirect(there, back, left, right);
        untilAllDelivered(left, right, there, back);

        mesh.pause("c");
        assertTrue(there.send(1_000) > 0);
        mesh.run(20);
        left.mode(Mode.PROXY);
        mesh.runUntil("no stream", () -> streams("a") == 0);
        mesh.loseStream("c", "a");
        mesh.pause();

        untilAllDelivered(left, right, there, back);
        assertEquals(List.of(), events.ended);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReportAndBeginAnewWhenThePeerRestarts(final boolean isKilled)
    {
        chain();
        openBoth("one");
        talkUntilDirect(there, back, left, right);
        if (isKilled)
        {
            mesh.kill("c");
        }
        else
        {
            mesh.stop("c");
        }
        node("c", "bc", "?direct=c");
        final Channel again = open("c", "a", "one");

        mesh.runUntil("the report", () -> left.poll((buffer, offset, length, origin) ->
        {}, 100) >= 0 && !events.ended.isEmpty());
        there = pump(left, again, 3);
        back = pump(again, left, 4);
        talkUntilDirect(there, back, left, again);
        untilAllDelivered(left, again, there, back);
        assertEquals(1, events.ended.size());
    }

    @Test
    void shouldShareOneStreamAndEndItWithTheLastChannel()
    {
        chain();
        final Channel left1 = open("a", "c", "one");
        final Channel right1 = open("c", "a", "one");
        final Channel left2 = open("a", "c", "two");
        final Channel right2 = open("c", "a", "two");
        talkUntilDirect(pump(left1, right1, 1), pump(right1, left1, 2), left1, right1);
        talkUntilDirect(pump(left2, right2, 3), pump(right2, left2, 4), left2, right2);
        assertEquals(1, streams("a"));
        assertEquals(1, streams("c"));

        left1.mode(Mode.PROXY);
        mesh.runUntil("one by proxy", () -> left1.path().kind() == Kind.PROXY && right1.path().kind() == Kind.PROXY);
        assertEquals(Kind.DIRECT_UDP, left2.path().kind());
        left2.close();
        mesh.runUntil("no stream", () ->
        {
            right2.poll((buffer, offset, length, origin) ->
            {}, 100);
            return streams("a") == 0 && streams("c") == 0;
        });
    }

    private long streams(final String node)
    {
        return mesh.node(node).edges().stream().filter(edge -> edge.uri().contains("peer=")).count();
    }

    @Test
    void shouldTellThePeerOfACloseWhenThereIsNoRoute()
    {
        chain();
        openBoth("one");
        talkUntilDirect(there, back, left, right);
        mesh.kill("b");
        mesh.runUntil("no routes", () -> mesh.node("a").routes().isEmpty() && mesh.node("c").routes().isEmpty());

        left.close();
        mesh.runUntil("report at the other end", () ->
        {
            left.poll((buffer, offset, length, origin) ->
            {}, 100);
            right.poll((buffer, offset, length, origin) ->
            {}, 100);
            return !events.ended.isEmpty();
        });

        assertEquals(SessionReport.EndReason.CLOSED_BY_PEER, events.ended.get(0).reason());
        mesh.runUntil("no stream", () -> streams("a") == 0 && streams("c") == 0);
    }

    @Test
    void shouldSayWhatIsMissingToWhoRequiresADirectWay()
    {
        node("a", "ab", "?direct=a");
        node("b", "ab", "bc");
        node("c", "bc");
        left = mesh.node("a").open(
            ChannelSpec.to("c").named("one").mode(Mode.DIRECT).listener(events));
        final Channel right = open("c", "a", "one");

        mesh.runUntil("a reason", () ->
        {
            left.poll((buffer, offset, length, origin) ->
            {}, 1);
            right.poll((buffer, offset, length, origin) ->
            {}, 1);
            return !events.rejections.isEmpty();
        });
        assertEquals(ErrorCode.DIRECT_UNAVAILABLE, events.rejections.get(0).code());
        assertTrue(events.rejections.get(0).getMessage().contains("the other node has no place"),
            events.rejections.get(0).getMessage());
        assertEquals(MessageSink.NOT_CONNECTED, left.offer(new UnsafeBuffer(new byte[8])));

        mesh.node("c").addEdge("inproc:?direct=c");
        talkUntilDirect(pump(left, right, 1), pump(right, left, 2), left, right);
        assertEquals(1, events.rejections.size());
    }

    @Test
    void shouldComeBackAtAnotherPlace()
    {
        chain();
        openBoth("one");
        talkUntilDirect(there, back, left, right);

        final MeshException second =
            assertThrows(MeshException.class, () -> mesh.node("c").addEdge("inproc:?direct=other"));
        assertEquals(ErrorCode.EDGE_EXISTS, second.code());
        mesh.node("c").removeEdge("inproc:?direct=c");
        mesh.runUntil("proxy", () ->
        {
            talk(there, back);
            return left.path().kind() == Kind.PROXY && right.path().kind() == Kind.PROXY;
        });
        mesh.node("c").addEdge("inproc:?direct=other");

        talkUntilDirect(there, back, left, right);
        untilAllDelivered(left, right, there, back);
        assertEquals(List.of(), events.ended);
    }

    @Test
    void shouldPreferSharedMemory()
    {
        final InprocMemoryProvider memory = InprocMemoryProvider.isolated();
        mesh.node("a", config -> config.sharing(memory), "ab", "?direct=a");
        node("b", "ab", "bc");
        mesh.node("c", config -> config.sharing(memory), "bc", "?direct=c");
        openBoth("one");

        mesh.runUntil("memory", () ->
        {
            talk(there, back);
            return left.path().kind() == Kind.DIRECT_PROCESS && right.path().kind() == Kind.DIRECT_PROCESS;
        });

        assertEquals(0, streams("a"));
        untilAllDelivered(left, right, there, back);
    }

    @Test
    void shouldTakeOnlyPacketsOfThePeerFromItsStream()
    {
        chain();
        openBoth("one");
        talkUntilDirect(there, back, left, right);
        final byte[] packet = new byte[PacketHeader.LENGTH + 8];
        PacketHeader.write(new UnsafeBuffer(packet), 0, PacketHeader.DATA, 8, 1, NodeIds.idOf("c"), NodeIds.idOf("b"),
            1, 0);

        assertTrue(mesh.putOnStream("a", "c", packet, false));
        mesh.runUntil("it is noticed", () ->
        {
            talk(there, back);
            return mesh.node("c").errors().stream().anyMatch(error -> error.contains("not from the peer"));
        });

        talkUntilDirect(there, back, left, right);
        untilAllDelivered(left, right, there, back);
        assertEquals(List.of(), events.ended);
    }

    @Test
    void shouldSurviveGarbageOnTheStream()
    {
        chain();
        openBoth("one");
        talkUntilDirect(there, back, left, right);
        final SplittableRandom random = new SplittableRandom(3);

        for (int i = 0; i < 300; i++)
        {
            final byte[] garbage = new byte[random.nextInt(200)];
            random.nextBytes(garbage);
            if (garbage.length > 16 && random.nextBoolean())
            {
                garbage[0] = (byte)PacketHeader.VERSION;
                garbage[1] = (byte)random.nextInt(5);
            }
            mesh.putOnStream("a", "c", garbage, random.nextBoolean());
            for (int step = 0; step < 20; step++)
            {
                mesh.step();
                talk(there, back);
            }
        }

        talkUntilDirect(there, back, left, right);
        untilAllDelivered(left, right, there, back);
        assertEquals(List.of(), events.ended);
        assertTrue(counter("c", MeshCounter.MALFORMED_PACKETS) > 10);
        assertFalse(mesh.node("c").edges().stream().anyMatch(edge -> edge.state() == EdgeStatus.State.REFUSED));
    }

    /** Nobody else could bring it: the only other way is gone. */
    @Test
    void shouldKeepTheStreamUntilTheGoodbyeHasArrived()
    {
        chain();
        openBoth("talk");
        talkUntilDirect(there, back, left, right);
        untilAllDelivered(left, right, there, back);
        mesh.stop("b");
        mesh.runUntil("no route", () -> mesh.node("a").routes().isEmpty());
        mesh.runUntil("direct stream", () -> left.path().kind() == Kind.DIRECT_UDP &&
            right.path().kind() == Kind.DIRECT_UDP);

        mesh.pause("c");
        final byte[] reset = EndsThatMissTest.controlPacket(NodeIds.idOf("c"), NodeIds.idOf("a"),
            MessageHeaderEncoder.ENCODED_LENGTH + ResetEncoder.BLOCK_LENGTH);
        new ResetEncoder().wrapAndApplyHeader(
            new UnsafeBuffer(reset), PacketHeader.LENGTH, new MessageHeaderEncoder()).endId(4711);
        while (mesh.putOnStream("a", "c", reset, true))
        {
            Thread.onSpinWait(); // so that the goodbye finds no room at first
        }
        left.close();
        mesh.run(50);
        assertEquals(ChannelState.CLOSED, left.state());
        mesh.pause();
        mesh.runUntil("the report", () -> right.poll((buffer, offset, length, origin) ->
        {}, 1) == 0 && !events.ended.isEmpty());

        assertEquals(SessionReport.EndReason.CLOSED_BY_PEER, events.ended.get(0).reason(), events.ended::toString);
        mesh.runUntil("the end of the stream", () -> mesh.node("a").edges().stream()
            .noneMatch(edge -> edge.peer().equals("c")));
    }
}
