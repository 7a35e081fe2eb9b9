package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelPath.Kind;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.EdgeStatus;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.SessionReport;
import io.aeromesh.SessionReport.EndReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One process survives all that it is joined to: in turn a peer with the lower name, which makes the memory, and one
 * with the higher name, which attaches it, are killed at a random moment: any time after they were let go, while the
 * channel is being set up, and while it is direct and full of messages. More kills than the build has time for:
 * {@code -Dmesh.direct.kills=1000}.
 */
@Tag("slow")
@Timeout(value = 1400, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectKillTest
{
    private static final int KILLS = Integer.getInteger("mesh.direct.kills", 16);
    private static final long DEADLINE_NS = 60_000_000_000L;
    private static final int ANY_TIME_NS_MAX = 500_000_000;
    private static final int SET_UP_NS_LOG_MIN = 14;
    private static final int SET_UP_NS_LOG_MAX = 28;
    private static final int SIDES = 2;
    private static final String SURVIVOR = "here";

    /** When a peer is killed. */
    private enum Moment
    {
        ANY_TIME, SET_UP, DIRECT
    }

    /** The survivor's end of one channel, and whom it goes to. */
    private static final class Side implements ChannelListener
    {
        final String peer;
        final String edge;
        final PeerFigures figures;
        final Path figuresPath;
        final NumberedMessages messages = new NumberedMessages();
        final UnsafeBuffer out = new UnsafeBuffer(new byte[NumberedMessages.LENGTH_MAX]);
        final List<SessionReport> reports = new ArrayList<>();
        Channel channel;
        long next;
        long receivedUntilEnd;

        Side(final String peer, final Path directory)
        {
            this.peer = peer;
            edge = "shm:" + peer;
            figuresPath = directory.resolve(peer + ".figures");
            figures = PeerFigures.map(figuresPath);
        }

        @Override
        public void onSessionEnded(final Channel ended, final SessionReport report)
        {
            reports.add(report);
            receivedUntilEnd = messages.count();
            messages.restart();
            next = 0;
        }

        void talk()
        {
            for (int i = 0; i < 20; i++)
            {
                channel.poll(messages, 16);
                if (channel.offer(out, 0, NumberedMessages.write(out, next)) > 0)
                {
                    next++;
                }
            }
        }
    }

    @TempDir
    private Path parent;
    private final int[] killsDirect = new int[SIDES];
    private final int[] killsConnected = new int[SIDES];
    private long received;
    private MeshNode node;
    private Side[] sides;
    private List<String> own;

    @Test
    void shouldDeliverWhatADeadPeerCommittedThenReportAndLeaveNothing()
    {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        final Path base = parent.resolve("b");
        sides = new Side[] {new Side("east", parent), new Side("there", parent)};
        node = launch(base);
        Child waiting = start(base, sides[0]);
        try (MeshNode survivor = node)
        {
            for (final Side side : sides)
            {
                side.channel =
                    survivor.open(ChannelSpec.to(side.peer).named("talk").windowLength(8192).listener(side));
            }
            own = left(base);
            for (int kill = 0; kill < KILLS; kill++)
            {
                try (Child child = waiting)
                {
                    waiting = start(base, sides[(kill + 1) % SIDES]); // its JVM starts meanwhile
                    round(base, kill, child, random, "seed " + seed + ", kill " + kill);
                }
            }
        }
        finally
        {
            waiting.close();
        }
        launch(base).close(); // sweeps after those that nobody had met yet
        assertEquals(List.of(), left(base));
        for (int side = 0; side < SIDES; side++)
        {
            assertTrue(killsDirect[side] >= KILLS / 6, "direct when killed: " + killsDirect[side]);
        }
        System.out.println(KILLS + " kills; of creators " + killsConnected[0] + " when connected, " + killsDirect[0] +
            " of them when direct; of attachers " + killsConnected[1] + " and " + killsDirect[1] + "; " + received +
            " messages received");
    }

    private void round(
        final Path base, final int kill, final Child child, final SplittableRandom random, final String what)
    {
        final int index = kill % SIDES;
        final Side side = sides[index];
        side.figures.reset();
        child.letGo();
        final Moment moment = Moment.values()[kill / SIDES % Moment.values().length];
        switch (moment)
        {
            case ANY_TIME ->
            {
                final long untilNs = System.nanoTime() + random.nextInt(ANY_TIME_NS_MAX);
                runUntil(side, what + ", time", () -> System.nanoTime() - untilNs >= 0);
            }
            case SET_UP ->
            {
                runUntil(side, what + ", edge", () -> isUp(side));
                final long untilNs =
                    System.nanoTime() + random.nextLong(1L << random.nextInt(SET_UP_NS_LOG_MIN, SET_UP_NS_LOG_MAX));
                runUntil(side, what + ", set-up", () -> System.nanoTime() - untilNs >= 0);
            }
            default ->
            {
                final long goal = 1 + random.nextLong(20_000);
                runUntil(side, what + ", direct traffic",
                    () -> side.channel.path().isDirect() && side.messages.count() > side.figures.byProxy() + goal);
                assertEquals(Kind.DIRECT_MEMORY, side.channel.path().kind(), side.channel.path().reason());
            }
        }
        final boolean wasUp = isUp(side);
        final boolean wasConnected = side.channel.state() == ChannelState.CONNECTED;
        final boolean wasDirect = side.channel.path().isDirect();
        assertTrue(child.isAlive(), () -> what + ": the peer ended by itself: " + child.errors());
        child.signal("KILL");
        killsConnected[index] += wasConnected ? 1 : 0;
        killsDirect[index] += wasDirect ? 1 : 0;

        requireConsistent(base, side, wasDirect, wasUp || moment != Moment.ANY_TIME, what);
    }

    /**
     * The survivor has got all that was committed, has told what became of its own, and has given everything back.
     */
    private void requireConsistent(
        final Path base, final Side side, final boolean wasDirect, final boolean wasMet, final String what)
    {
        final int reportsBefore = side.reports.size();
        runUntil(side, what + ", end", () -> !isUp(side) && side.channel.state() != ChannelState.CONNECTED &&
            side.channel.state() != ChannelState.SESSION_ENDED);
        if (wasMet)
        {
            runUntil(side, what + ", files gone", () -> left(base).equals(own));
        }
        if (!wasDirect)
        {
            return;
        }
        assertTrue(side.reports.size() > reportsBefore, what + ": no report");
        final SessionReport report = side.reports.get(side.reports.size() - 1);
        assertEquals(EndReason.PEER_DIED, report.reason(), () -> what + ": " + report);
        assertTrue(report.acknowledgedPosition() <= report.acceptedPosition() &&
            report.acknowledgedPosition() >= report.startPosition(), () -> what + ": " + report);
        received += side.receivedUntilEnd;
        // what went by proxy before may have died with its sender; what it committed directly may not
        final long committed = side.figures.accepted();
        if (side.receivedUntilEnd > side.figures.byProxy())
        {
            assertTrue(side.receivedUntilEnd == committed || side.receivedUntilEnd == committed + 1,
                () -> what + ": received " + side.receivedUntilEnd + " of " + committed);
        }
    }

    private MeshNode launch(final Path base)
    {
        NodeConfig config = NodeConfig.named(SURVIVOR).baseDirectory(base).invoked();
        for (final Side side : sides)
        {
            config = config.edge(side.edge + "?peer=" + side.peer);
        }
        return MeshNode.launch(config);
    }

    private Child start(final Path base, final Side side)
    {
        return Child.start(parent, DirectPeerMain.class, base.toString(), side.peer, SURVIVOR,
            side.figuresPath.toString(), side.edge + "?peer=" + SURVIVOR);
    }

    private boolean isUp(final Side side)
    {
        for (final EdgeStatus edge : node.edges())
        {
            if (edge.peer().equals(side.peer) && edge.state() == EdgeStatus.State.UP)
            {
                return true;
            }
        }
        return false;
    }

    private void runUntil(final Side side, final String awaited, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean())
        {
            node.doWork();
            side.talk();
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("awaited " + awaited + " in vain: received " + side.messages.count() +
                    ", state " + side.channel.state() + ", path " + side.channel.path() + ", errors " + node.errors() +
                    ", files " + left(parent.resolve("b")));
            }
        }
    }

    /**
     * Files of memory, rings and instances. Locks stay for good, and what the dead have told of themselves for a while,
     * also where it was being made ({@code status/NAME.new}): the next of that name writes over it.
     */
    private List<String> left(final Path base)
    {
        try (Stream<Path> files = Files.walk(base))
        {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                .map(file -> file.getFileName().toString())
                .filter(name -> !name.endsWith(".lock") && !name.endsWith(".status") && !name.endsWith(".crashed") &&
                    !name.endsWith(".new"))
                .toList();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
