package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.SessionReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes joined directly, one of which is stopped and goes on. {@link DirectKillTest} kills it.
 */
@Timeout(value = 170, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectProcessTest
{
    private static final long STOPPED_NS = 2_000_000_000L;
    private static final long DEADLINE_NS = 30_000_000_000L;

    private final List<SessionReport> reports = new ArrayList<>();
    private final NumberedMessages checker = new NumberedMessages();
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[NumberedMessages.LENGTH_MAX]);
    private Channel channel;
    private long next;
    @TempDir
    private Path parent;

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

    private Child start(final Path base)
    {
        final Child child = Child.start(parent, DirectPeerMain.class, base.toString(), "there", "here",
            parent.resolve("there.figures").toString(), "shm:l?peer=here");
        child.letGo();
        return child;
    }

    private boolean talk()
    {
        for (int i = 0; i < 100; i++)
        {
            channel.poll(checker, 16);
            if (channel.offer(out, 0, NumberedMessages.write(out, next)) > 0)
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
}
