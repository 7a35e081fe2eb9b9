package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelPath.Kind;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.Idle;
import io.aeromesh.MeshNode;
import io.aeromesh.MessageHandler;
import io.aeromesh.MessageSink;
import io.aeromesh.NodeConfig;
import io.aeromesh.NodeLimits;
import io.aeromesh.Poller;
import io.aeromesh.SessionReport;
import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.system.Wiring.Ends;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Nodes and application threads that sleep while there is nothing. Nothing else would wake them for a minute, so what
 * is done in time was woken.
 */
@Timeout(value = 170, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ParkedNodeTest
{
    private static final int ROUND_TRIPS = 400;
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long DEEP_SLEEP_NS = TimeUnit.MILLISECONDS.toNanos(3);
    private static final int BULK = 4_000;
    private static final int BULK_LENGTH = 1000;
    private static final long SPIN_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int CPU_RATIO_MIN = 50;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<SessionReport> reports = new CopyOnWriteArrayList<>();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[BULK_LENGTH]);
    private volatile boolean isOver;
    private long answer = -1;
    private Path base;
    private Wiring wiring;
    @TempDir
    private Path parent;

    @BeforeEach
    void prepare()
    {
        base = parent.resolve("b");
        wiring = new Wiring(base);
    }

    @AfterEach
    void close() throws Exception
    {
        isOver = true;
        for (int i = opened.size() - 1; i >= 0; i--)
        {
            opened.get(i).close();
        }
        wiring.close();
    }

    private MeshNode launch(final String name, final Idle idle, final NodeLimits limits, final String edge)
    {
        final MeshNode node = MeshNode.launch(
            NodeConfig.named(name).baseDirectory(base).limits(limits).edge(edge).threaded(idle));
        opened.add(node);
        return node;
    }

    private Channel open(final MeshNode node, final Mode mode)
    {
        return node.open(ChannelSpec.to("right").named("talk").mode(mode).parkable(true).listener(new ChannelListener()
        {
            @Override
            public void onSessionEnded(final Channel channel, final SessionReport report)
            {
                reports.add(report);
            }
        }));
    }

    private void echo(final MeshNode node, final Mode mode)
    {
        final Channel channel = node.open(ChannelSpec.to("left").named("talk").mode(mode).parkable(true));
        final Thread thread = new Thread(() -> ParkedEcho.run(node, channel, () -> isOver));
        thread.start();
        opened.add(() ->
        {
            thread.interrupt();
            thread.join();
        });
    }

    private static void await(final String awaited, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("awaited " + awaited + " in vain");
            }
            LockSupport.parkNanos(100_000);
        }
    }

    /**
     * Sends a number and sleeps until it is back.
     */
    private void roundTrip(final Poller poller, final Channel channel, final long number)
    {
        message.putLong(0, number);
        await("room", () ->
        {
            final long position = channel.offer(message, 0, Long.BYTES);
            poller.poll((buffer, offset, length, origin) -> answer = buffer.getLong(offset), 1);
            return position > 0;
        });
        if (answer != number)
        {
            poller.await((buffer, offset, length, origin) -> answer = buffer.getLong(offset), 1, DEADLINE_NS);
        }
        assertEquals(number, answer, () -> "state " + channel.state() + ", path " + channel.path());
    }

    private void converse(final MeshNode node, final Channel channel)
    {
        final Poller poller = node.poller(Idle.PARKED).add(channel);
        for (int i = 0; i < ROUND_TRIPS; i++)
        {
            roundTrip(poller, channel, i);
            if (i % 10 == 0)
            {
                LockSupport.parkNanos(DEEP_SLEEP_NS); // not to wait for something: so that all meet asleep as well
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INPROC, PROXY, NONE", "SHM, PROXY, NONE", "INPROC, AUTO, DIRECT_PROCESS", "SHM, AUTO, DIRECT_PROCESS"})
    void shouldWakeForEachMessage(final Joint joint, final Mode mode, final Kind kind)
    {
        final Ends ends = wiring.join(joint, "left", "right");
        final MeshNode left = launch("left", Idle.PARKED, ParkedEcho.LIMITS, ends.first());
        final MeshNode right = launch("right", Idle.PARKED, ParkedEcho.LIMITS, ends.second());
        echo(right, mode);
        final Channel channel = open(left, mode);

        converse(left, channel);

        assertEquals("parked", left.idling());
        if (kind != Kind.NONE)
        {
            assertEquals(kind, channel.path().kind(), channel.path().reason());
        }
    }

    @ParameterizedTest
    @CsvSource({"SPIN, PARKED", "BACK_OFF, PARKED", "PARKED, YIELD"})
    void shouldWakeWhoSleepsWhateverTheOtherDoes(final Idle leftIdle, final Idle rightIdle)
    {
        final Ends ends = wiring.join(Joint.SHM, "left", "right");
        final MeshNode left = launch("left", leftIdle, ParkedEcho.LIMITS, ends.first());
        final MeshNode right = launch("right", rightIdle, ParkedEcho.LIMITS, ends.second());
        echo(right, Mode.AUTO);

        converse(left, open(left, Mode.AUTO));
    }

    @Test
    void shouldWakeForWhicheverOfSeveralChannels()
    {
        final Ends ends = wiring.join(Joint.SHM, "left", "right");
        final MeshNode left = launch("left", Idle.PARKED, ParkedEcho.LIMITS, ends.first());
        final MeshNode right = launch("right", Idle.PARKED, ParkedEcho.LIMITS, ends.second());
        final BroadcastChannel news = left.open(BroadcastSpec.named("news"));
        final Channel proxied = left.open(ChannelSpec.to("right").named("proxied").mode(Mode.PROXY));
        final Channel direct = left.open(ChannelSpec.to("right").named("direct").mode(Mode.DIRECT));
        final Poller senders = left.poller(Idle.BACK_OFF).add(news).add(proxied).add(direct);
        final Poller receivers = right.poller(Idle.PARKED)
            .add(right.open(BroadcastSpec.named("news").parkable(true)))
            .add(right.open(ChannelSpec.to("left").named("proxied").mode(Mode.PROXY).parkable(true)))
            .add(right.open(ChannelSpec.to("left").named("direct").mode(Mode.DIRECT).parkable(true)));
        final List<MessageSink> sinks = List.of(news, proxied, direct);
        final MessageHandler handler = (buffer, offset, length, origin) -> answer = buffer.getLong(offset);
        for (int i = 0; i < ROUND_TRIPS; i++)
        {
            final MessageSink sink = sinks.get(i % sinks.size());
            message.putLong(0, i);
            await("room in " + sink, () ->
            {
                senders.poll(handler, 1);
                return sink.offer(message, 0, Long.BYTES) > 0 || receivers.poll(handler, 1) < 0;
            });
            if (i % 10 != 0)
            {
                LockSupport.parkNanos(DEEP_SLEEP_NS / 10); // may come before the wait as well as during it
            }

            assertEquals(1, receivers.await(handler, 16, DEADLINE_NS), "message " + i + " of " + sink);

            assertEquals(i, answer);
        }
    }

    @Test
    void shouldGoOnWhenALaneWasFull()
    {
        final MeshNode left = launch("left", Idle.PARKED, ParkedEcho.LIMITS, "shm:full?peer=right|data-length=16384");
        final MeshNode right = launch("right", Idle.PARKED, ParkedEcho.LIMITS, "shm:full?peer=left|data-length=16384");
        final Channel out = left.open(ChannelSpec.to("right").mode(Mode.PROXY).windowLength(1 << 20));
        final Channel in = right.open(ChannelSpec.to("left").mode(Mode.PROXY).parkable(true));
        final Thread sender = new Thread(() ->
        {
            for (int i = 0; i < BULK && !isOver;)
            {
                i += out.offer(message, 0, BULK_LENGTH) > 0 ? 1 : out.poll((buffer, offset, length, origin) ->
                {}, 1);
                Thread.yield();
            }
        });
        sender.start();
        opened.add(sender::join);
        final Poller poller = right.poller(Idle.PARKED).add(in);
        int count = 0;
        while (count < BULK)
        {
            final int more = poller.await((buffer, offset, length, origin) ->
            {}, 64, DEADLINE_NS);
            assertTrue(more > 0, "after " + count);
            count += more;
        }
    }

    @Test
    void shouldAcknowledgeWhatIsConsumedWhileTheAgentsSleep()
    {
        final Ends ends = wiring.join(Joint.SHM, "left", "right");
        final MeshNode left = launch("left", Idle.PARKED, ParkedEcho.LIMITS, ends.first());
        final MeshNode right = launch("right", Idle.PARKED, ParkedEcho.LIMITS, ends.second());
        final Channel out = left.open(ChannelSpec.to("right").mode(Mode.PROXY).windowLength(4096));
        final Channel in = right.open(ChannelSpec.to("left").mode(Mode.PROXY));
        final MessageHandler ignoring = (buffer, offset, length, origin) ->
        {};
        for (int round = 0; round < 20; round++)
        {
            await("room", () ->
            {
                out.poll(ignoring, 1);
                return in.poll(ignoring, 0) == 0 && out.offer(message, 0, BULK_LENGTH) > 0;
            });
            int more = 0;
            while (out.offer(message, 0, BULK_LENGTH) > 0)
            {
                more++;
            }
            final int[] due = {1 + more};
            await("all " + due[0], () ->
            {
                LockSupport.parkNanos(DEEP_SLEEP_NS); // not to wait for something: so that the agents sleep
                due[0] -= in.poll(ignoring, 64);
                return due[0] == 0;
            });
        }
    }

    @Test
    void shouldTakeCommandsWhileParked()
    {
        final Ends ends = wiring.join(Joint.SHM, "left", "right");
        final MeshNode left = launch("left", Idle.PARKED, ParkedEcho.LIMITS, ends.first());
        launch("right", Idle.PARKED, ParkedEcho.LIMITS, ends.second());
        await("route", () -> left.routes().size() == 1);
        for (int i = 0; i < 20; i++)
        {
            assertEquals(1, left.ping("right").await(Duration.ofNanos(DEADLINE_NS)).hops().size());
            left.removeEdge(ends.name());
            await("loss", () -> left.routes().isEmpty());
            left.addEdge(ends.first());
            await("route", () -> left.routes().size() == 1);
        }
    }

    @Test
    void shouldWakeAcrossProcessesAndReportThePeersDeath()
    {
        try (Child child = child(); MeshNode left = left())
        {
            final Channel channel = open(left, Mode.AUTO);
            converse(left, channel);
            assertEquals(Kind.DIRECT_MEMORY, channel.path().kind(), channel.path().reason());
            final Poller poller = left.poller(Idle.PARKED).add(channel);
            final Thread sleeper = new Thread(() -> poller.await((buffer, offset, length, origin) ->
            {}, 1, 10 * DEADLINE_NS));
            sleeper.start();
            LockSupport.parkNanos(DEEP_SLEEP_NS);

            child.signal("KILL");

            await("report", () -> !reports.isEmpty());
            assertEquals(EndReason.PEER_DIED, reports.get(0).reason());
            sleeper.interrupt();
            opened.add(sleeper::join);
        }
    }

    @Test
    void shouldLoseNothingWhenAParkedPeerIsStoppedAndGoesOn()
    {
        try (Child child = child(); MeshNode left = left())
        {
            final Channel channel = open(left, Mode.AUTO);
            converse(left, channel);
            final Poller poller = left.poller(Idle.PARKED).add(channel);
            for (int round = 0; round < 5; round++)
            {
                child.signal("STOP");
                for (int i = 0; i < 100; i++)
                {
                    message.putLong(0, i);
                    assertTrue(channel.offer(message, 0, Long.BYTES) > 0);
                }
                child.signal("CONT");
                final long[] next = new long[1];
                while (next[0] < 100)
                {
                    final int count = poller.await(
                        (buffer, offset, length, origin) -> assertEquals(next[0]++, buffer.getLong(offset)), 16,
                        DEADLINE_NS);
                    assertTrue(count > 0, "after " + next[0]);
                }
            }
            assertEquals(List.of(), reports);
        }
    }

    private Child child()
    {
        return Child.start(parent, ParkedEcho.class, base.toString(), "right", "left", "shm:l?peer=left");
    }

    private MeshNode left()
    {
        return MeshNode.launch(NodeConfig.named("left").baseDirectory(base).edge("shm:l?peer=right")
            .limits(ParkedEcho.LIMITS).threaded(Idle.PARKED));
    }

    @Test
    void shouldPollAnEdgeThatWakesNobodyAndSaySo()
    {
        final Ends ends = wiring.join(Joint.UDP, "left", "right");
        final MeshNode left = launch("left", Idle.PARKED, NodeLimits.DEFAULT, ends.first());
        final MeshNode right = launch("right", Idle.PARKED, NodeLimits.DEFAULT, ends.second());
        echo(right, Mode.PROXY);

        converse(left, open(left, Mode.PROXY));

        assertTrue(left.idling().contains("1000 us") && left.idling().contains("edge 'edge1'"), left.idling());
    }

    @Test
    void shouldTakeNextToNothingOfACoreWhileIdle()
    {
        final Ends ends = wiring.join(Joint.SHM, "left", "right");
        final MeshNode left = launch("left", Idle.PARKED, NodeLimits.DEFAULT, ends.first());
        final MeshNode right = launch("right", Idle.PARKED, NodeLimits.DEFAULT, ends.second());
        echo(right, Mode.AUTO);
        converse(left, open(left, Mode.AUTO));
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        final long parkedThread = threadOf("mesh-left");
        final long beforeNs = threads.getThreadCpuTime(parkedThread);
        launch("spinning", Idle.SPIN, NodeLimits.DEFAULT, "inproc:" + base.getFileName() + "spin");
        final long spinningThread = threadOf("mesh-spinning");
        await("time", () -> threads.getThreadCpuTime(spinningThread) > SPIN_NS);

        final long parkedNs = threads.getThreadCpuTime(parkedThread) - beforeNs;
        final long spinningNs = threads.getThreadCpuTime(spinningThread);

        assertTrue(parkedNs * CPU_RATIO_MIN < spinningNs, "parked " + parkedNs + " ns, spinning " + spinningNs + " ns");
    }

    private static long threadOf(final String name)
    {
        return Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals(name)).findFirst().orElseThrow().getId();
    }
}
