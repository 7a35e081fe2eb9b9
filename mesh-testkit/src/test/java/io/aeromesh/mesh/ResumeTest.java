package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelState;
import io.aeromesh.EdgeStatus;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Delivery after an outage starts on the event that ends it, in virtual time.
 */
class ResumeTest
{
    private static final long OUTAGE_NS = TimeUnit.SECONDS.toNanos(3);
    private static final int HOPS = 3;
    /** A hop takes one duty cycle at most, and a node has one in each step of a microsecond. */
    private static final long ROUND_TRIP_NS = 2 * HOPS * 1_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldDeliverWithinHandshakeAndOneRoundTripWhenAnEdgeReturnsAfterThreeSeconds(final int seed)
    {
        try (TestMesh mesh = TestMesh.chain(seed, HOPS + 1))
        {
            final Channel first = mesh.open("a", "d");
            final Channel last = mesh.open("d", "a");
            mesh.untilConnected(first, last);
            mesh.sim().node("c").removeEdge("inproc:cd");
            final Pump lost = new Pump(first, last, 1, 3);
            lost.send(3);
            mesh.runUntil("no route", () -> first.state() == ChannelState.NO_ROUTE && !mesh.hasRoute("d", "a"));
            mesh.sim().clock().advance(OUTAGE_NS);
            mesh.sim().run(10);
            assertEquals(0, lost.receive());

            mesh.sim().node("c").addEdge("inproc:cd");
            final long returnNs = mesh.sim().clock().nanoTime();
            mesh.runUntil("handshake", () -> isUp(mesh, "c") && isUp(mesh, "d"));
            final long handshakeNs = mesh.sim().clock().nanoTime() - returnNs;
            mesh.runUntil("first message", () -> lost.receive() > 0);
            final long tookNs = mesh.sim().clock().nanoTime() - returnNs;

            assertTrue(tookNs <= handshakeNs + ROUND_TRIP_NS, "seed " + seed + ": took " + tookNs + " ns, handshake " +
                handshakeNs + " ns, round trip " + ROUND_TRIP_NS + " ns");
            mesh.deliverAll(lost);
        }
    }

    private static boolean isUp(final TestMesh mesh, final String node)
    {
        return mesh.sim().node(node).edges().stream().anyMatch(edge -> edge.name().equals("inproc:cd") &&
            edge.state() == EdgeStatus.State.UP);
    }
}
