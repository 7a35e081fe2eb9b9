package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastListener;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelRequest;
import io.aeromesh.ChannelSpec;
import io.aeromesh.Lease;
import io.aeromesh.MessageClaim;
import io.aeromesh.MessageHandler;
import io.aeromesh.MessageSink;
import io.aeromesh.NodeLimits;
import io.aeromesh.RequestListener;
import io.aeromesh.SessionReport;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.sim.PacketWatch.LaneKind;
import io.aeromesh.sim.SimMesh;
import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.status.MeshCounter;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Ends that close, open and end while the other one is not looking.
 */
class EndsThatMissTest
{
    private static final long STRANGER_ID = 4711;

    private final UnsafeBuffer message = new UnsafeBuffer(new byte[1024]);
    private int received;
    private final MessageHandler count = (buffer, offset, length, origin) -> received++;

    @Test
    void shouldTellPeerOfCloseWhenRelayDiscardedIt()
    {
        try (TestMesh mesh = TestMesh.chain(1, 3))
        {
            final List<SessionReport> reports = new ArrayList<>();
            final Channel a = mesh.open("a", "c");
            final Channel c = mesh.open("c", ChannelSpec.to("a").listener(collecting(reports)));
            mesh.untilConnected(a, c);
            mesh.sim().run(100);

            mesh.sim().pause("c");
            fill(mesh.sim(), "bc");
            a.close();
            mesh.sim().run(20);
            assertTrue(mesh.counter("b", MeshCounter.CONGESTION_DISCARDS) > 0);
            mesh.sim().pause();

            mesh.runUntil("c is told", () ->
            {
                c.poll(count, 1);
                return !reports.isEmpty();
            });
        }
    }

    @Test
    void shouldAskAgainForTheMemoryOfALeaseWhenTheRelayDiscardedTheQuestion()
    {
        try (LeaseWorld world = new LeaseWorld(1))
        {
            final Channel[] pair = overARelay(world, world.mesh.memory());
            final Lease lease = world.acquire("a", 4096);
            world.mesh.pause("c");
            fill(world.mesh, "bc");
            assertEquals(MessageSink.BACK_PRESSURED, pair[0].transfer(lease)); // and so asks
            world.mesh.run(20);
            world.mesh.pause();

            world.send(pair[0], lease);
            world.receive(pair[1]).release();
            assertTrue(world.counter("b", MeshCounter.CONGESTION_DISCARDS) > 0);
        }
    }

    @Test
    void shouldCopyALeaseWhenTheRelayDiscardedTheWordThatItsMemoryCanNotBeAttached()
    {
        try (LeaseWorld world = new LeaseWorld(1))
        {
            final Channel[] pair = overARelay(world, new NoArenas(world.mesh.memory()));
            final Lease lease = world.acquire("a", 4096);
            assertEquals(MessageSink.BACK_PRESSURED, pair[0].transfer(lease));
            world.mesh.step();
            world.mesh.pause("a");
            fill(world.mesh, "ab");
            world.mesh.run(50);
            world.mesh.pause();

            world.send(pair[0], lease);
            world.receive(pair[1]).release();
            assertTrue(world.counter("b", MeshCounter.CONGESTION_DISCARDS) > 0);
        }
    }

    /** Joined directly by memory that the one in between does not share. */
    private static Channel[] overARelay(final LeaseWorld world, final SharedMemoryProvider memoryOfC)
    {
        world.sharing("a", "ab");
        world.mesh.node("b", "ab", "bc");
        world.mesh.node("c", config -> config.sharing(memoryOfC), "bc");
        final Channel[] pair = {world.open("a", "c"), world.open("c", "a")};
        world.joinDirectly(pair[0], pair[1]);
        world.mesh.run(100);
        return pair;
    }

    private static void fill(final SimMesh mesh, final String edge)
    {
        final byte[] stray = strayControlPacket();
        while (mesh.put("b", edge, stray, true))
        {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldNotCallMessagesUnconsumedWhenTheyAreStillReadAfterAnEviction()
    {
        try (TestMesh mesh = TestMesh.chain(2, 3))
        {
            final List<SessionReport> reports = new ArrayList<>();
            final BroadcastSpec spec = BroadcastSpec.named("all").windowLength(64 * 1024);
            final BroadcastChannel a = mesh.sim().node("a").open(spec);
            final BroadcastChannel b = mesh.sim().node("b").open(spec.listener(new BroadcastListener()
            {
                @Override
                public void onMemberLeft(final BroadcastChannel channel, final SessionReport report)
                {
                    reports.add(report);
                }
            }));
            final BroadcastChannel c = mesh.sim().node("c").open(spec);
            mesh.runUntil("all joined",
                () -> a.members().size() == 2 && b.members().size() == 2 && c.members().size() == 2);
            assertTrue(b.offer(message, 0, 8) > 0);

            final MessageHandler ignore = (buffer, offset, length, origin) ->
            {};
            mesh.runUntil("b is evicted", () ->
            {
                a.offer(message, 0, 1024);
                c.poll(ignore, 100);
                return a.members().size() == 1;
            });
            mesh.runUntil("b is told", () ->
            {
                b.poll(ignore, 100);
                return !reports.isEmpty();
            });
            a.poll(count, 100);

            assertEquals(1, received);
            assertEquals(SessionReport.EndReason.EVICTED, reports.get(0).reason());
            assertEquals(SessionReport.Outcome.UNKNOWN, reports.get(0).rest());
        }
    }

    @Test
    void shouldTellListenerWhenAnOpenCameBetweenTheEndOfASessionAndTheClose()
    {
        try (TestMesh mesh = TestMesh.chain(3, 2))
        {
            final Channel a = mesh.open("a", "b");
            final Channel b = mesh.open("b", "a");
            mesh.untilConnected(a, b);
            a.close();
            mesh.sim().run(20);
            mesh.open("a", "b");
            mesh.sim().run(20);
            b.close();

            awaitRequest(mesh);
        }
    }

    @Test
    void shouldTellListenerWhenAnEndIsClosedBeforeThePeerHasHeardOfIt()
    {
        try (TestMesh mesh = TestMesh.chain(4, 2))
        {
            mesh.runUntil("routes", () -> mesh.hasRoute("a", "b") && mesh.hasRoute("b", "a"));
            mesh.sim().pause("b");
            mesh.open("a", "b");
            mesh.sim().run(20);
            mesh.open("b", "a").close();
            mesh.sim().pause();
            mesh.sim().run(20);

            awaitRequest(mesh);
        }
    }

    @Test
    void shouldForgetARequestWhoseEndIsClosedBeforeItWasServed()
    {
        try (TestMesh mesh = TestMesh.chain(9, 3))
        {
            final Channel a = mesh.open("a", "c");
            mesh.runUntil("c was asked", () -> requests(mesh) == 1);

            a.close();

            mesh.runUntil("c has forgotten", () -> requests(mesh) == 0);
        }
    }

    private static int requests(final TestMesh mesh)
    {
        final int[] found = new int[1];
        mesh.sim().node("c").occupancy((name, size, limit) -> found[0] = name.equals("requests") ? size : found[0]);
        return found[0];
    }

    private static void awaitRequest(final TestMesh mesh)
    {
        final List<ChannelRequest> requests = new ArrayList<>();
        final RequestListener listener = mesh.sim().node("b").listen("");
        mesh.runUntil("b's listener is told", () ->
        {
            listener.poll(requests::add);
            return !requests.isEmpty();
        });
    }

    @Test
    void shouldDeliverWhatABroadcastChannelAcceptedWhenItIsReopenedRightAfterItsClose()
    {
        try (TestMesh mesh = TestMesh.chain(5, 2))
        {
            final BroadcastChannel a = mesh.sim().node("a").open(BroadcastSpec.named("all"));
            final BroadcastChannel b = mesh.sim().node("b").open(BroadcastSpec.named("all"));
            mesh.runUntil("joined", () -> a.members().size() == 1 && b.members().size() == 1);
            assertTrue(a.offer(message, 0, 8) > 0);
            a.close();
            final BroadcastChannel again = mesh.sim().node("a").open(BroadcastSpec.named("all"));

            mesh.runUntil("old one is delivered, new one is joined", () ->
            {
                b.poll(count, 100);
                return received == 1 && again.members().size() == 1;
            });
            assertTrue(a.isClosed());
        }
    }

    @Test
    void shouldDeliverMessageWhenItsClaimOutlivedASession()
    {
        try (TestMesh mesh = TestMesh.chain(6, 2))
        {
            final List<SessionReport> reports = new ArrayList<>();
            final Channel a = mesh.open("a", ChannelSpec.to("b").listener(collecting(reports)));
            final Channel b = mesh.open("b", "a");
            mesh.untilConnected(a, b);
            final MessageClaim claim = new MessageClaim();
            assertTrue(a.tryClaim(8, claim) > 0);
            b.close();
            mesh.runUntil("session has ended", () ->
            {
                a.poll(count, 1);
                return !reports.isEmpty();
            });
            claim.commit();
            final Channel again = mesh.open("b", "a");

            mesh.runUntil("delivered", () ->
            {
                a.poll(count, 1);
                return again.poll(count, 1) > 0;
            });
            assertEquals(0, reports.get(0).acceptedPosition());
        }
    }

    /**
     * The relay hears nothing of a, so b forgets a and with it that a Close is owed; a hears the relay, and sees no
     * change of its way to b.
     */
    @Test
    void shouldTellPeerOfCloseWhenItWasForgottenMeanwhileAndDoesNotKnowOfThat()
    {
        try (TestMesh mesh = new TestMesh(7))
        {
            final HeldLanes lanes = oneWayCut(mesh);
            final List<SessionReport> reports = new ArrayList<>();
            final Channel a = mesh.open("a", ChannelSpec.to("b").listener(collecting(reports)));
            final Channel b = mesh.open("b", "a");
            mesh.untilConnected(a, b);
            mesh.sim().run(100);

            lanes.hold("r", "ar", LaneKind.CONTROL);
            runUntilForgotten(mesh);
            b.close();
            mesh.runUntil("b is closed", () -> b.closeReport() != null);
            lanes.release("r", "ar", LaneKind.CONTROL);

            mesh.runUntil("a is told", () ->
            {
                a.poll(count, 1);
                return !reports.isEmpty();
            });
        }
    }

    @Test
    void shouldTellListenerOfARequestWhoseNodeWasForgottenMeanwhileAndDoesNotKnowOfThat()
    {
        try (TestMesh mesh = new TestMesh(8))
        {
            final HeldLanes lanes = oneWayCut(mesh);
            mesh.open("a", "b");
            mesh.sim().run(2_000);

            lanes.hold("r", "ar", LaneKind.CONTROL);
            runUntilForgotten(mesh);
            mesh.sim().run(100);
            lanes.release("r", "ar", LaneKind.CONTROL);
            mesh.runUntil("b knows a", () -> mesh.hasRoute("b", "a"));

            awaitRequest(mesh);
        }
    }

    private static void runUntilForgotten(final TestMesh mesh)
    {
        mesh.runUntil("b has forgotten a", () -> mesh.sim().node("b").routes().stream()
            .noneMatch(route -> route.destination().equals("a")));
    }

    private static HeldLanes oneWayCut(final TestMesh mesh)
    {
        final HeldLanes lanes = new HeldLanes();
        mesh.sim().wrap(lanes);
        mesh.node("a", "ar?name=ar");
        mesh.node("r", config -> config.limits(NodeLimits.DEFAULT.edgePing(20_000, 200_000)), "ar?name=ar", "rb");
        mesh.node("b", "rb");
        return lanes;
    }

    private static ChannelListener collecting(final List<SessionReport> reports)
    {
        return new ChannelListener()
        {
            @Override
            public void onSessionEnded(final Channel channel, final SessionReport report)
            {
                reports.add(report);
            }
        };
    }

    private static byte[] strayControlPacket()
    {
        return controlPacket(STRANGER_ID, STRANGER_ID, 0);
    }

    /** Without a message. */
    static byte[] controlPacket(final long destinationId, final long sourceId, final int length)
    {
        final byte[] packet = new byte[PacketHeader.LENGTH + length];
        PacketHeader.write(
            new UnsafeBuffer(packet), 0, PacketHeader.CONTROL, 8, 0, destinationId, sourceId, 0, Long.MAX_VALUE);
        return packet;
    }
}
