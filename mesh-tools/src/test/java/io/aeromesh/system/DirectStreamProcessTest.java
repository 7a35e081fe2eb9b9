package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeromesh.Channel;
import io.aeromesh.ChannelListener;
import io.aeromesh.ChannelPath.Kind;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.SessionReport;
import io.aeromesh.tools.process.UdpPorts;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes in a chain of UDP edges, as on three hosts: the first and the last share no memory and have no edge,
 * but a direct stream over UDP.
 */
@Tag("slow")
@Timeout(value = 170, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectStreamProcessTest
{
    private static final long DEADLINE_NS = 40_000_000_000L;
    private static final int DATAGRAMS = 3_000;

    private final int[] ports = UdpPorts.free(6);
    private final List<SessionReport> reports = new ArrayList<>();
    private final NumberedMessages checker = new NumberedMessages();
    private final List<Child> children = new ArrayList<>();
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[NumberedMessages.LENGTH_MAX]);
    private Channel channel;
    private long next;
    @TempDir
    private Path parent;

    @AfterEach
    void endChildren()
    {
        children.forEach(Child::close);
    }

    @Test
    void shouldGoOnWhenTheNodeBetweenIsKilled()
    {
        final Child relay = startRelay();
        startLast();
        try (MeshNode node = launch())
        {
            untilDirect(node, 1_000);
            relay.signal("KILL");
            relay.awaitExit();
            runUntil(node, "no route", () -> talk() && node.routes().isEmpty());

            final long goal = checker.count() + 20_000;
            runUntil(node, "traffic without any route", () -> talk() && checker.count() > goal);

            assertEquals(Kind.DIRECT_UDP, channel.path().kind(), channel.path().reason());
            assertEquals(List.of(), reports);
            startRelay();
            runUntil(node, "the route again", () -> talk() && !node.routes().isEmpty());
            final long further = checker.count() + 20_000;
            runUntil(node, "traffic beside the route", () -> talk() && checker.count() > further);
            assertEquals(List.of(), reports);
        }
    }

    @Test
    void shouldFallBackWhileThePeerIsStoppedAndBeginAnewWhenItIsKilled()
    {
        startRelay();
        final Child last = startLast();
        try (MeshNode node = launch())
        {
            untilDirect(node, 1_000);
            last.signal("STOP");
            runUntil(node, "no stream", () -> talk() && channel.path().kind() != Kind.DIRECT_UDP);
            last.signal("CONT");
            untilDirect(node, 1_000);
            assertEquals(List.of(), reports);

            last.signal("KILL");
            last.awaitExit();
            startLast();
            runUntil(node, "report", () ->
            {
                channel.poll(checker, 100);
                return !reports.isEmpty();
            });
            checker.restart();
            next = 0;
            untilDirect(node, 1_000);
            assertEquals(1, reports.size());
        }
    }

    @Test
    void shouldNotMindDatagramsOfStrangers() throws IOException
    {
        startRelay();
        startLast();
        try (MeshNode node = launch();
            DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress()))
        {
            untilDirect(node, 1_000);
            final SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < DATAGRAMS; i++)
            {
                final byte[] bytes = new byte[random.nextInt(1, 1_400)];
                random.nextBytes(bytes);
                if (bytes.length > 8 && random.nextInt(4) > 0)
                {
                    bytes[4] = 0; // version of Aeron's frames, whose type follows
                    bytes[6] = (byte)random.nextInt(8);
                    bytes[7] = 0;
                }
                final InetSocketAddress to =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), ports[random.nextInt(4, 6)]);
                stranger.send(new DatagramPacket(bytes, bytes.length, to));
                node.doWork();
                talk();
            }

            untilDirect(node, checker.count() + 5_000);
            assertEquals(List.of(), reports);
        }
    }

    private MeshNode launch()
    {
        final MeshNode node = MeshNode.launch(NodeConfig.named("first").baseDirectory(base("a"))
            .edge(edge(0, 1, "relay")).edge(place(4)).invoked());
        channel = node.open(ChannelSpec.to("last").named("talk").windowLength(16384).listener(new ChannelListener()
        {
            @Override
            public void onSessionEnded(final Channel ended, final SessionReport report)
            {
                reports.add(report);
            }
        }));
        return node;
    }

    private Child startRelay()
    {
        return start("b", "relay", "nobody", edge(1, 0, "first"), edge(2, 3, "last"));
    }

    private Child startLast()
    {
        return start("c", "last", "first", edge(3, 2, "relay"), place(5));
    }

    private Child start(final String directory, final String name, final String peer, final String... edges)
    {
        final Path base = base(directory);
        final List<String> args = new ArrayList<>(List.of(
            base.toString(), name, peer, parent.resolve(name + ".figures").toString()));
        args.addAll(List.of(edges));
        final Child child = Child.start(parent, DirectPeerMain.class, args.toArray(String[]::new));
        child.letGo();
        children.add(child);
        return child;
    }

    /**
     * A base directory of its own, so that nothing is shared, as on another host.
     */
    private Path base(final String directory)
    {
        return parent.resolve(directory);
    }

    private String edge(final int own, final int remote, final String peer)
    {
        return "aeron:udp?endpoint=127.0.0.1:" + ports[own] + "|remote=127.0.0.1:" + ports[remote] + "|peer=" + peer +
            "|term-length=65536";
    }

    private String place(final int own)
    {
        return "aeron:udp?direct=127.0.0.1:" + ports[own] + "|term-length=65536";
    }

    private void untilDirect(final MeshNode node, final long count)
    {
        final long goal = checker.count() + count;
        runUntil(node, "direct traffic", () -> talk() && channel.path().kind() == Kind.DIRECT_UDP &&
            checker.count() > goal);
    }

    private boolean talk()
    {
        for (int i = 0; i < 16; i++)
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
            Thread.yield();
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("awaited " + awaited + " in vain: received " + checker.count() + ", state " +
                    channel.state() + ", path " + channel.path() + ", edges " + node.edges() + ", reports " + reports +
                    ", errors " + node.errors());
            }
        }
    }
}
