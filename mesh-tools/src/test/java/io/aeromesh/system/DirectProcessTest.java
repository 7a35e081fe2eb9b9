package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelPath.Kind;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageHandler;
import io.aeromesh.MessageOrigin;
import io.aeromesh.NodeConfig;
import io.aeromesh.SessionReport;
import io.aeromesh.SessionReport.EndReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes joined directly, one of which is killed at a random moment, or stopped and goes on.
 */
@Timeout(value = 170, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectProcessTest
{
    private static final int KILLS = Integer.getInteger("mesh.direct.kills", 20);
    private static final long STOPPED_NS = 2_000_000_000L;
    private static final long DEADLINE_NS = 30_000_000_000L;

    private final List<SessionReport> reports = new ArrayList<>();
    private final Checker checker = new Checker();
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[Checker.LENGTH_MAX]);
    private Channel channel;
    private long next;
    @TempDir
    private Path parent;

    /**
     * Numbered messages of various lengths, each filled by its number.
     */
    static final class Checker implements MessageHandler
    {
        static final int LENGTH_MAX = 1024;
        private long expected;

        static int write(final MutableDirectBuffer buffer, final long number)
        {
            final int length = length(number);
            buffer.setMemory(0, length, (byte)number);
            buffer.putLong(0, number);
            return length;
        }

        private static int length(final long number)
        {
            return number % 5 == 0 ? Long.BYTES + (int)(number * 31 % (LENGTH_MAX - Long.BYTES)) : 32;
        }

        void restart()
        {
            expected = 0;
        }

        long count()
        {
            return expected;
        }

        @Override
        public void onMessage(
            final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
        {
            final long number = buffer.getLong(offset);
            if (number != expected || length != length(number) ||
                length > Long.BYTES && buffer.getByte(offset + length - 1) != (byte)number)
            {
                throw new AssertionError("message " + number + " of length " + length + ", expected " + expected);
            }
            expected++;
        }
    }

    @Test
    void shouldDeliverWhatADeadPeerCommittedThenReportAndLeaveNothing() throws IOException
    {
        final Path base = parent.resolve("b");
        final SplittableRandom random = new SplittableRandom(7);
        try (MeshNode node = launch(base))
        {
            for (int kill = 0; kill < KILLS; kill++)
            {
                final int before = reports.size();
                checker.restart();
                next = 0;
                try (Child child = start(base))
                {
                    final long goal = random.nextInt(200_000);
                    runUntil(node, "direct traffic", () -> talk() && channel.path().isDirect() &&
                        checker.count() >= goal);
                    assertEquals(Kind.DIRECT_MEMORY, channel.path().kind(), channel.path().reason());
                    child.signal("KILL");
                    runUntil(node, "report", () ->
                    {
                        channel.poll(checker, 100);
                        return reports.size() > before;
                    });
                }
                final SessionReport report = reports.get(before);
                assertEquals(EndReason.PEER_DIED, report.reason(), report::toString);
                assertTrue(report.acknowledgedPosition() <= report.acceptedPosition() &&
                    report.acknowledgedPosition() > report.startPosition(), report::toString);
            }
            runUntil(node, "memory freed", () -> countRegions(base) == 0);
        }
        assertEquals(0, countRegions(base));
    }

    @Test
    void shouldLoseNothingWhenThePeerIsStoppedAndGoesOn()
    {
        final Path base = parent.resolve("b");
        try (MeshNode node = launch(base); Child child = start(base))
        {
            runUntil(node, "direct traffic", () -> talk() && channel.path().isDirect() && checker.count() > 10_000);
            child.signal("STOP");
            final long stopNs = System.nanoTime();
            runUntil(node, "time", () -> talk() && System.nanoTime() - stopNs > STOPPED_NS);
            child.signal("CONT");
            final long goal = checker.count() + 50_000;

            runUntil(node, "traffic again", () -> talk() && checker.count() > goal);

            assertEquals(List.of(), reports);
        }
    }

    private MeshNode launch(final Path base)
    {
        final MeshNode node =
            MeshNode.launch(NodeConfig.named("here").baseDirectory(base).edge("shm:l?peer=there").invoked());
        channel = node.open(ChannelSpec.to("there").named("talk").windowLength(8192).listener(new ChannelListener()
        {
            @Override
            public void onSessionEnded(final Channel ended, final SessionReport report)
            {
                reports.add(report);
            }
        }));
        return node;
    }

    private static Child start(final Path base)
    {
        return Child.start(base, DirectPeerMain.class, base.toString(), "there", "here", "shm:l?peer=here");
    }

    private boolean talk()
    {
        for (int i = 0; i < 100; i++)
        {
            channel.poll(checker, 16);
            if (channel.offer(out, 0, Checker.write(out, next)) > 0)
            {
                next++;
            }
        }
        return true;
    }

    private void runUntil(final MeshNode node, final String awaited, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean())
        {
            node.doWork();
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("awaited " + awaited + " in vain: received " + checker.count() + ", state " +
                    channel.state() + ", path " + channel.path() + ", errors " + node.errors());
            }
        }
    }

    private static long countRegions(final Path base)
    {
        try (Stream<Path> files = Files.walk(base))
        {
            return files.filter(file -> file.toString().endsWith(".mem")).count();
        }
        catch (final IOException ex)
        {
            throw new AssertionError(ex);
        }
    }
}
