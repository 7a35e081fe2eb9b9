package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelPath.Kind;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.Idle;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageClaim;
import io.aeromesh.MessageSink;
import io.aeromesh.NodeConfig;
import io.aeromesh.SessionReport;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.inproc.InprocMemoryProvider;
import io.aeromesh.sim.SimMesh;
import io.aeromesh.spi.SharedMemoryProvider;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two ends that share memory are joined directly, and go back to the proxy way when asked to, at a position of the
 * stream: nothing is lost, repeated or reordered.
 */
class DirectChannelTest
{
    /** Each way, by all seeds together. */
    private static final int CHANGES = Integer.getInteger("mesh.direct.changes", 1_000);
    private static final int SEEDS = 5;

    private final InprocMemoryProvider memory = InprocMemoryProvider.isolated();
    private final Events events = new Events();
    private SimMesh mesh = new SimMesh(1);

    @AfterEach
    void close()
    {
        mesh.close();
    }

    private MeshNode sharing(final String name, final String... links)
    {
        return mesh.node(name, config -> config.sharing(memory), links);
    }

    private static ChannelSpec to(final String peer)
    {
        return ChannelSpec.to(peer).named("orders");
    }

    @Test
    void shouldJoinTwoEndsDirectlyOverARelayThatSharesNothing()
    {
        final MeshNode a = sharing("a", "ar");
        mesh.node("relay", "ar", "rb");
        final MeshNode b = sharing("b", "rb");
        final Channel left = a.open(to("b"));
        final Channel right = b.open(to("a"));

        deliver(new Pump(left, right, 1, 5_000), new Pump(right, left, 2, 5_000));

        assertEquals(Kind.DIRECT_PROCESS, left.path().kind(), left.path().reason());
        assertEquals(Kind.DIRECT_PROCESS, right.path().kind(), right.path().reason());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldLoseRepeatAndReorderNothingWhenTheWayChangesAtRandomMomentsUnderLoad(final long seed)
    {
        mesh = new SimMesh(seed);
        final SplittableRandom random = new SplittableRandom(seed);
        final MeshNode a = sharing("a", "ar");
        mesh.node("relay", "ar", "rb");
        final MeshNode b = sharing("b", "rb");
        final Channel left = a.open(to("b").windowLength(8192).listener(events));
        final Channel right = b.open(to("a").windowLength(16384).listener(events));
        final Pump there = new Pump(left, right, 1, Integer.MAX_VALUE, i -> (i * 37 & 511) + 1);
        final Pump back = new Pump(right, left, 2, Integer.MAX_VALUE, i -> (i * 53 & 127) + 1);
        Kind kind = Kind.PROXY;
        int upgrades = 0;
        int fallbacks = 0;
        while (Math.min(upgrades, fallbacks) < CHANGES / SEEDS)
        {
            (random.nextBoolean() ? left : right).mode(random.nextBoolean() ? Mode.AUTO : Mode.PROXY);
            final int steps = random.nextInt(40);
            for (int i = 0; i < steps; i++)
            {
                mesh.step();
                there.send(random.nextInt(8));
                back.send(random.nextInt(8));
                there.receive();
                back.receive();
            }
            final Kind now = left.path().kind();
            upgrades += now == Kind.DIRECT_PROCESS && kind == Kind.PROXY ? 1 : 0;
            fallbacks += now == Kind.PROXY && kind == Kind.DIRECT_PROCESS ? 1 : 0;
            kind = now == Kind.NONE ? kind : now;
        }

        left.mode(Mode.AUTO);
        right.mode(Mode.AUTO);
        mesh.runUntil("everything accepted is delivered, and direct again", () ->
        {
            there.send(1);
            back.send(1);
            there.receive();
            back.receive();
            return left.path().isDirect() && right.path().isDirect();
        });
        mesh.runUntil("the rest", () ->
        {
            there.receive();
            back.receive();
            return left.acknowledgedPosition() == left.acceptedPosition() &&
                right.acknowledgedPosition() == right.acceptedPosition();
        });
        assertTrue(events.ended.isEmpty(), () -> events.ended.toString());
        assertEquals(there.sent(), there.delivered());
        assertEquals(back.sent(), back.delivered());
        System.out.println("seed " + seed + ": " + upgrades + " upgrades, " + fallbacks + " fallbacks, " +
            (there.delivered() + back.delivered()) + " messages, each once and in order");
    }

    @Test
    void shouldStayOnTheProxyWayWhenOneEndForbidsDirect()
    {
        final Channel left = sharing("a", "ab").open(to("b").mode(Mode.PROXY));
        final Channel right = sharing("b", "ab").open(to("a"));

        deliver(new Pump(left, right, 1, 5_000), new Pump(right, left, 2, 5_000));

        assertEquals(Kind.PROXY, left.path().kind(), left.path().reason());
        assertEquals(Kind.PROXY, right.path().kind(), right.path().reason());
        assertTrue(right.path().reason().contains("mode PROXY"), right.path().reason());
    }

    @Test
    void shouldSayWhyThereIsNoDirectWayToWhoRequiresOne()
    {
        final Channel left = sharing("a", "ab").open(to("b").mode(Mode.DIRECT).listener(events));
        final Channel right =
            mesh.node("b", config -> config.sharing(InprocMemoryProvider.isolated()), "ab").open(to("a"));

        mesh.runUntil("a reason", () ->
        {
            left.poll((buffer, offset, length, origin) ->
            {}, 1);
            right.poll((buffer, offset, length, origin) ->
            {}, 1);
            return !events.rejections.isEmpty();
        });

        assertEquals(ErrorCode.DIRECT_UNAVAILABLE, events.rejections.get(0).code());
        assertEquals(MessageSink.NOT_CONNECTED, left.offer(new UnsafeBuffer(new byte[8])));
    }

    @Test
    void shouldReportWhatThePeerHasConsumedAndDeliverWhatItSentWhenItCloses()
    {
        final Channel left = sharing("a", "ab").open(to("b").listener(events));
        final Channel right = sharing("b", "ab").open(to("a").closeDrainNs(0));
        Pump.joinDirectly(mesh, left, right);
        final UnsafeBuffer message = new UnsafeBuffer(new byte[100]);
        for (int i = 0; i < 5; i++)
        {
            assertTrue(left.offer(message) > 0);
        }
        assertTrue(right.offer(message) > 0);
        assertEquals(2, right.poll((buffer, offset, length, origin) ->
        {}, 2));
        right.close();
        final int[] last = {0};

        mesh.runUntil("the report", () ->
        {
            left.poll((buffer, offset, length, origin) -> last[0] += length, 10);
            return !events.ended.isEmpty();
        });

        final SessionReport report = events.ended.get(0);
        assertEquals(100, last[0]);
        assertEquals(SessionReport.Outcome.NOT_CONSUMED, report.rest());
        assertEquals(3 * 112, report.unacknowledgedBytes());
        assertEquals(left.acceptedPosition(), report.acceptedPosition());
    }

    @Test
    void shouldAcceptNothingIntoMemoryThatIsGone()
    {
        final Channel left = sharing("a", "ab").open(to("b"));
        final Channel right = sharing("b", "ab").open(to("a"));
        Pump.joinDirectly(mesh, left, right);
        final MessageClaim claim = new MessageClaim();
        assertTrue(left.tryClaim(64, claim) > 0);
        left.close();
        mesh.run(100);

        claim.buffer().putLong(claim.offset(), 1); // still mapped: the claim's owner has not let go
        claim.abort();

        assertEquals(MessageSink.CLOSED, left.offer(new UnsafeBuffer(new byte[8])));
        mesh.run(100);
        assertThrows(IllegalStateException.class, claim::commit);
    }

    /** The memory goes while this thread, which is the end's, waits for the agent: it is within no call then. */
    @Test
    @Timeout(60)
    void shouldLookForNothingInMemoryThatTheAgentUnmapsWhileItsNodeCloses(@TempDir final Path parent)
    {
        final SpoiltMemory spoilt = new SpoiltMemory(memory);
        try (MeshNode b = MeshNode.launch(threaded("b", parent, memory)))
        {
            final Channel right = b.open(to("a"));
            final MeshNode a = MeshNode.launch(threaded("a", parent, spoilt));
            final Channel left = a.open(to("b").closeDrainNs(0));
            final Pump there = new Pump(left, right, 1, Integer.MAX_VALUE);
            while (!left.path().isDirect())
            {
                there.send(1);
                there.receive();
                Thread.yield();
            }
            there.send(1);
            assertTrue(left.acknowledgedPosition() < left.acceptedPosition());

            a.close();

            assertEquals(1, spoilt.unmapped());
            assertTrue(left.acknowledgedPosition() < left.acceptedPosition());
        }
    }

    private static NodeConfig threaded(final String name, final Path parent, final SharedMemoryProvider memory)
    {
        return NodeConfig.named(name).baseDirectory(parent.resolve("base")).sharing(memory).threaded(Idle.PARKED)
            .edge("inproc:direct?peer=" + (name.equals("a") ? "b" : "a"));
    }

    @Test
    void shouldStayAtItsPositionsWhenItsNodeIsClosed()
    {
        final SpoiltMemory spoilt = new SpoiltMemory(memory);
        final Channel left =
            mesh.node("a", config -> config.sharing(spoilt), "ab").open(to("b").closeDrainNs(0));
        final Channel right = sharing("b", "ab").open(to("a"));
        Pump.joinDirectly(mesh, left, right);
        assertTrue(left.offer(new UnsafeBuffer(new byte[8])) > 0);
        final long acknowledged = left.acknowledgedPosition();
        final long accepted = left.acceptedPosition();
        assertTrue(acknowledged < accepted);

        mesh.stop("a");

        assertEquals(1, spoilt.unmapped());
        assertEquals(acknowledged, left.acknowledgedPosition());
        assertEquals(accepted, left.acceptedPosition());
        assertEquals(MessageSink.CLOSED, left.offer(new UnsafeBuffer(new byte[8])));
        assertEquals(0, left.poll((buffer, offset, length, origin) ->
        {}, 1));
    }

    @Test
    void shouldKeepTheMemoryThatAHandlerReadsWhichClosesItsNode()
    {
        final SpoiltMemory spoilt = new SpoiltMemory(memory);
        final Channel left = sharing("a", "ab").open(to("b"));
        final Channel right = mesh.node("b", config -> config.sharing(spoilt), "ab").open(to("a").closeDrainNs(0));
        Pump.joinDirectly(mesh, left, right);
        final UnsafeBuffer message = new UnsafeBuffer(new byte[8]);
        message.putLong(0, 77);
        assertTrue(left.offer(message) > 0);
        final long[] read = new long[1];

        assertEquals(1, right.poll((buffer, offset, length, origin) ->
        {
            mesh.stop("b");
            read[0] = buffer.getLong(offset);
        }, 1));

        assertEquals(77, read[0]);
        assertEquals(0, spoilt.unmapped());
    }

    @Test
    void shouldKeepTheMemoryOfAClaimWhoseOwnerClosesItsNode()
    {
        final SpoiltMemory spoilt = new SpoiltMemory(memory);
        final Channel left =
            mesh.node("a", config -> config.sharing(spoilt), "ab").open(to("b").closeDrainNs(0));
        final Channel right = sharing("b", "ab").open(to("a"));
        Pump.joinDirectly(mesh, left, right);
        final MessageClaim claim = new MessageClaim();
        assertTrue(left.tryClaim(8, claim) > 0);

        mesh.stop("a");

        assertEquals(0, spoilt.unmapped());
        claim.buffer().putLong(claim.offset(), 1);
        claim.abort();
    }

    @Test
    void shouldBeginAgainDirectlyAfterThePeerRestarts()
    {
        final Channel left = sharing("a", "ab").open(to("b").listener(events));
        final Channel right = sharing("b", "ab").open(to("a"));
        Pump.joinDirectly(mesh, left, right);
        mesh.stop("b");
        final Channel again = sharing("b", "ab").open(to("a"));

        mesh.runUntil("the report", () -> left.poll((buffer, offset, length, origin) ->
        {}, 1) == 0 && !events.ended.isEmpty());

        Pump.joinDirectly(mesh, left, again);

        assertEquals(1, events.ended.size());
        assertTrue(left.path().isDirect(), left.path().reason());
        assertFalse(left.path().reason().isEmpty());
    }

    private void deliver(final Pump there, final Pump back)
    {
        mesh.runUntil("all messages", () -> there.pump() & back.pump());
    }
}
