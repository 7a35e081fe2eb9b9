package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelPath.Kind;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.SessionReport;
import io.aeromesh.shm.ShmMemoryProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two application threads and two agents' threads, joined by mapped memory: each end is sent back to its proxy way and
 * up again at random moments, while messages flow both ways. More changes than the build has time for:
 * {@code -Dmesh.direct.changes=10000}.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectChangesTest
{
    /** Each way, at each end. */
    private static final int CHANGES = Integer.getInteger("mesh.direct.changes", 1_000);
    private static final int PAUSE_TURNS_MAX = 200;
    private static final int BURST_MAX = 8;

    @TempDir
    private Path parent;
    private final List<SessionReport> reports = new CopyOnWriteArrayList<>();

    /** One end and its thread. */
    private final class End
    {
        final Channel channel;
        final SplittableRandom random;
        final NumberedMessages messages = new NumberedMessages();
        final UnsafeBuffer out = new UnsafeBuffer(new byte[NumberedMessages.LENGTH_MAX]);
        volatile boolean isChanged;
        volatile long sent = -1;
        volatile boolean isDone;
        int upgrades;
        int fallbacks;

        End(final MeshNode node, final String peer, final long seed)
        {
            channel = node.open(ChannelSpec.to(peer).named("talk").windowLength(8192).listener(new ChannelListener()
            {
                @Override
                public void onSessionEnded(final Channel ended, final SessionReport report)
                {
                    reports.add(report);
                }
            }));
            random = new SplittableRandom(seed);
        }

        /**
         * Changes until both ends have changed often enough, then receives what is left.
         */
        void run(final End peer)
        {
            Kind kind = Kind.PROXY;
            long next = 0;
            int pause = 0;
            while (!peer.isChanged || !isChanged)
            {
                if (--pause < 0)
                {
                    pause = random.nextInt(PAUSE_TURNS_MAX);
                    channel.mode(random.nextBoolean() ? Mode.AUTO : Mode.PROXY);
                }
                int work = channel.poll(messages, 1 + random.nextInt(16));
                for (int i = random.nextInt(BURST_MAX); i > 0; i--)
                {
                    if (channel.offer(out, 0, NumberedMessages.write(out, next)) > 0)
                    {
                        next++;
                        work++;
                    }
                }
                final Kind now = channel.path().kind();
                upgrades += now == Kind.DIRECT_MEMORY && kind == Kind.PROXY ? 1 : 0;
                fallbacks += now == Kind.PROXY && kind == Kind.DIRECT_MEMORY ? 1 : 0;
                kind = now == Kind.NONE ? kind : now;
                isChanged = upgrades >= CHANGES && fallbacks >= CHANGES;
                rest(work);
            }
            sent = next;
            // also polls for the peer's sake until it has all
            while (!isDone || !peer.isDone)
            {
                rest(channel.poll(messages, 16));
                isDone = peer.sent >= 0 && messages.count() >= peer.sent;
            }
        }

        private void rest(final int work)
        {
            if (Thread.currentThread().isInterrupted())
            {
                throw new AssertionError(this.toString());
            }
            if (work == 0)
            {
                Thread.yield();
            }
        }

        @Override
        public String toString()
        {
            return channel.peer() + ": " + upgrades + " upgrades, " + fallbacks + " fallbacks, sent " + sent +
                ", received " + messages.count() + ", " + channel.path();
        }
    }

    @Test
    void shouldLoseRepeatAndReorderNothingWhenTheWayChangesBetweenThreads() throws Exception
    {
        final Path base = parent.resolve("b");
        final long seed = System.nanoTime();
        final ExecutorService threads = Executors.newFixedThreadPool(2);
        try (MeshNode a = launch(base, "a", "b"); MeshNode b = launch(base, "b", "a"))
        {
            final End left = new End(a, "b", seed);
            final End right = new End(b, "a", seed + 1);
            try
            {
                final Future<?> there = threads.submit(() -> left.run(right));
                final Future<?> back = threads.submit(() -> right.run(left));
                await(there, left, right, seed);
                await(back, left, right, seed);
            }
            finally
            {
                threads.shutdownNow();
                threads.awaitTermination(10, TimeUnit.SECONDS);
            }
            assertEquals(List.of(), reports);
            assertEquals(left.sent, right.messages.count());
            assertEquals(right.sent, left.messages.count());
            System.out.println(left + "; " + right);
        }
    }

    private static void await(final Future<?> end, final End left, final End right, final long seed) throws Exception
    {
        try
        {
            end.get(240, TimeUnit.SECONDS);
        }
        catch (final Exception ex)
        {
            throw new AssertionError("seed " + seed + ": " + left + "; " + right, ex);
        }
    }

    private static MeshNode launch(final Path base, final String name, final String peer)
    {
        return MeshNode.launch(NodeConfig.named(name).baseDirectory(base).edge("shm:l?peer=" + peer)
            .sharing(new ShmMemoryProvider()).threaded(BackoffIdleStrategy::new));
    }
}
