package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.MessageSink;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Two nodes, an edge and two ends of a channel that come up in any order and at any time.
 */
class JoinTest
{
    private static final int STEPS_PER_MS = 1_000;

    @Provide
    Arbitrary<Integer> delaysMs()
    {
        return Arbitraries.of(-1, 0, 1, 10, 50);
    }

    @Property(tries = 100)
    void shouldDeliverAllInOrderWhenEndsConnectAtDifferentTimes(
        @ForAll final long seed,
        @ForAll("delaysMs") final int firstDelayMs,
        @ForAll("delaysMs") final int secondDelayMs,
        @ForAll final boolean swapNames,
        @ForAll @IntRange(min = 1, max = 50) final int forthCount,
        @ForAll @IntRange(min = 1, max = 50) final int backCount)
    {
        final String left = swapNames ? "b" : "a";
        final String right = swapNames ? "a" : "b";
        try (TestMesh mesh = new TestMesh(seed))
        {
            mesh.node(left, "ab");
            final Channel[] ends = new Channel[2];
            if (firstDelayMs < 0)
            {
                ends[0] = mesh.open(left, right); // before the other node exists
            }
            mesh.node(right, "ab");
            final long opensFirst = mesh.sim().steps() + (long)Math.max(0, firstDelayMs) * STEPS_PER_MS;
            final long opensSecond = mesh.sim().steps() + (long)Math.max(0, secondDelayMs) * STEPS_PER_MS;
            while (ends[0] == null || ends[1] == null)
            {
                if (ends[0] == null && mesh.sim().steps() >= opensFirst)
                {
                    ends[0] = mesh.open(left, right);
                }
                if (ends[1] == null && mesh.sim().steps() >= opensSecond)
                {
                    ends[1] = mesh.open(right, left);
                }
                mesh.sim().step();
            }
            mesh.deliverAll(new Pump(ends[0], ends[1], 1, forthCount), new Pump(ends[1], ends[0], 2, backCount));
        }
    }

    @Property(tries = 50)
    void shouldDeliverAllInOrderWhenTheEdgeIsLate(
        @ForAll final long seed,
        @ForAll @IntRange(min = 1, max = 50) final int forthCount,
        @ForAll @IntRange(min = 1, max = 50) final int backCount)
    {
        try (TestMesh mesh = new TestMesh(seed))
        {
            mesh.node("a");
            mesh.node("b");
            final Channel first = mesh.open("a", "b");
            final Channel last = mesh.open("b", "a");
            mesh.sim().run(10 * STEPS_PER_MS);
            assertEquals(MessageSink.NOT_CONNECTED, first.offer(new UnsafeBuffer(new byte[8])));
            mesh.sim().node("a").addEdge("inproc:ab");
            mesh.sim().run((int)(seed & 0xFF));
            mesh.sim().node("b").addEdge("inproc:ab");
            mesh.deliverAll(new Pump(first, last, 1, forthCount), new Pump(last, first, 2, backCount));
        }
    }

    @Test
    void shouldStayConnectingWhenThereIsNoEdge()
    {
        try (TestMesh mesh = new TestMesh(1))
        {
            mesh.node("a", "ab");
            mesh.node("b", "ab");
            mesh.node("c");
            final Channel channel = mesh.open("a", "c");
            mesh.open("c", "a");
            mesh.sim().run(10_000);
            assertEquals(ChannelState.CONNECTING, channel.state());
            assertEquals(MessageSink.NOT_CONNECTED, channel.offer(new UnsafeBuffer(new byte[8])));
        }
    }

    @Test
    void shouldRefuseWhenTwoApplicationsClaimOneEnd()
    {
        try (TestMesh mesh = TestMesh.chain(1, 2))
        {
            final Channel first = mesh.open("a", "b");
            final Channel last = mesh.open("b", "a");
            final MeshException error = assertThrows(MeshException.class, () -> mesh.open("a", "b"));
            assertEquals(ErrorCode.CHANNEL_EXISTS, error.code());
            mesh.open("a", ChannelSpec.to("b").named("another"));
            mesh.deliverAll(new Pump(first, last, 1, 100), new Pump(last, first, 2, 100));
        }
    }
}
