package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.spi.TransportContext.Threading;
import io.aeromesh.system.Wiring.Ends;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Nothing is left of what was closed: no file descriptor, mapping, file, thread or memory.
 */
@Tag("slow")
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeakTest
{
    private static final long FREED_BOUND_NS = 10_000_000_000L;
    /** Longer than a driver keeps what was closed. */
    private static final long SETTLED_NS = 1_500_000_000L;
    /** Where there is no driver, nobody keeps anything on purpose. */
    private static final long QUICKLY_SETTLED_NS = 100_000_000L;
    /** Of heap and of direct memory; far below what one object of each of so many rounds would take. */
    private static final long GROWTH_MAX = 2 * 1024 * 1024;
    private static final int WARM_UP_DIVISOR = 20;
    /** Rounds are multiplied by it: what takes minutes is for now and then. */
    private static final int TIMES = Integer.getInteger("mesh.leak.times", 1);
    private static final UnsafeBuffer MESSAGE = new UnsafeBuffer(new byte[32]);

    /**
     * The whole life of two nodes. A media driver takes long to launch, so fewer of those with one.
     */
    @ParameterizedTest
    @CsvSource({
        "INPROC, INVOKED, 1000", "INPROC, THREADED, 150",
        "SHM, INVOKED, 100", "SHM, THREADED, 60",
        "IPC_EXTERNAL, INVOKED, 30", "IPC_EMBEDDED, THREADED, 10",
        "UDP, INVOKED, 10", "UDP, THREADED, 10", "MULTICAST, INVOKED, 10"})
    void shouldLeaveNothingOfNodes(final Joint joint, final Threading threading, final int rounds)
    {
        try (Grid grid = new Grid(threading))
        {
            final Ends ends = grid.wiring().join(joint, "left", "right");
            assertNothingLeft(grid, joint, rounds, () ->
            {
                grid.start("left", ends.first());
                grid.start("right", ends.second());
                talk(grid);
                grid.stop("left");
                grid.stop("right");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"INVOKED, 3000", "THREADED, 3000"})
    void shouldLeaveNothingOfChannels(final Threading threading, final int rounds)
    {
        try (Grid grid = new Grid(threading))
        {
            grid.startPair(Joint.INPROC, "left", "right");
            assertNothingLeft(grid, Joint.INPROC, rounds, () -> talk(grid));
        }
    }

    @Test
    void shouldLeaveNothingOfBroadcastChannels()
    {
        try (Grid grid = new Grid(Threading.INVOKED))
        {
            grid.startPair(Joint.INPROC, "left", "right");
            assertNothingLeft(grid, Joint.INPROC, 600, () ->
            {
                final Chorus chorus = new Chorus(grid, "left", "right");
                chorus.sing(1);
                chorus.close();
            });
        }
    }

    /**
     * Edges of nodes that go on. In shared memory an end tries again only after up to 32 ms when its edge went down
     * early; one of Aeron asks the driver for six streams, which it keeps for a second when closed: so fewer of these.
     */
    @ParameterizedTest
    @CsvSource({
        "INPROC, INVOKED, 3000", "INPROC, THREADED, 300", "SHM, INVOKED, 60", "SHM, THREADED, 15",
        "IPC_EXTERNAL, INVOKED, 30", "UDP, INVOKED, 10", "MULTICAST, INVOKED, 10"})
    void shouldLeaveNothingOfEdges(final Joint joint, final Threading threading, final int rounds)
    {
        try (Grid grid = new Grid(threading))
        {
            final Ends ends = grid.startPair(joint, "left", "right");
            grid.awaitRoute("left", "right");
            assertNothingLeft(grid, joint, rounds, () ->
            {
                // events, as the routes that one sees may be those of before
                grid.forgetEvents();
                grid.node("left").removeEdge(ends.name());
                grid.await("loss", () -> grid.hasLostEdge("left"));
                grid.forgetEvents();
                grid.node("left").addEdge(ends.first());
                grid.await("edge", () -> grid.hasGainedEdge("left"));
                grid.awaitRoute("left", "right");
                grid.awaitRoute("right", "left");
            });
        }
    }

    /** One message over a channel that is opened and closed. */
    private static void talk(final Grid grid)
    {
        final Channel left = grid.node("left").open(ChannelSpec.to("right").windowLength(4096));
        final Channel right = grid.node("right").open(ChannelSpec.to("left").windowLength(4096));
        final int[] received = new int[1];
        final boolean[] sent = new boolean[1];
        grid.await("message", () ->
        {
            sent[0] = sent[0] || left.offer(MESSAGE) >= 0;
            right.poll((buffer, offset, length, origin) -> received[0]++, 1);
            return received[0] == 1 && left.acknowledgedPosition() == left.acceptedPosition();
        });
        left.close();
        right.close();
        grid.await("end of channels", () -> left.closeReport() != null && right.closeReport() != null);
    }

    private static void assertNothingLeft(
        final Grid grid, final Joint joint, final int roundsOnce, final Runnable round)
    {
        final int rounds = roundsOnce * TIMES;
        for (int i = 0; i < rounds / WARM_UP_DIVISOR + 5; i++)
        {
            round.run();
        }
        final Footprint before = settled(grid, joint.isQuick() ? QUICKLY_SETTLED_NS : SETTLED_NS);
        for (int i = 0; i < rounds; i++)
        {
            round.run();
            grid.forgetEvents();
        }

        Footprint after = Footprint.take(grid.base());
        final long endNs = System.nanoTime();
        while (!after.isWithin(before, GROWTH_MAX) && System.nanoTime() - endNs < FREED_BOUND_NS)
        {
            grid.cycles(1_000);
            after = Footprint.take(grid.base());
        }
        final String seen = "before " + before + "\nafter  " + after;
        assertTrue(after.isWithin(before, GROWTH_MAX), seen);
    }

    /** Once it has become no less for a while: a driver frees with a delay. */
    private static Footprint settled(final Grid grid, final long settledNs)
    {
        Footprint least = Footprint.take(grid.base());
        long leastNs = System.nanoTime();
        while (System.nanoTime() - leastNs < settledNs)
        {
            grid.cycles(1_000);
            final Footprint next = Footprint.take(grid.base());
            if (next.count() < least.count())
            {
                least = next;
                leastNs = System.nanoTime();
            }
        }
        return Footprint.take(grid.base());
    }
}
