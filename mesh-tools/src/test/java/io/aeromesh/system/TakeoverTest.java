package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.RouteStatus;
import io.aeromesh.tools.Mesh;
import io.aeromesh.tools.process.UdpPorts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The host's process is killed while its contexts talk, and then asked to end, as for a new version: to each other they
 * go on as if nothing had been, and to another node as soon as a standby has taken the host's place.
 */
@Tag("slow")
@Timeout(value = 170, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TakeoverTest
{
    private static final int KILLS = Integer.getInteger("mesh.takeovers", 2);
    private static final long DEADLINE_NS = 60_000_000_000L;
    private static final double NS_PER_MS = 1e6;

    @TempDir
    private Path parent;
    private final List<MeshNode> nodes = new ArrayList<>();
    private final List<NumberedEnd> ends = new ArrayList<>();
    private final List<Child> hosts = new ArrayList<>();
    private Path base;
    private int[] ports;

    @AfterEach
    void close()
    {
        hosts.forEach(Child::close);
        for (int i = nodes.size() - 1; i >= 0; i--)
        {
            nodes.get(i).close();
        }
    }

    @Test
    void shouldGoOnUnderTheNextHostOfTheName()
    {
        base = parent.resolve("b");
        ports = UdpPorts.free(2);
        hosts.add(host("--contexts", "8"));
        untilItSays(hosts.get(0), "host alpha runs");
        final MeshNode remote = add(MeshNode.launch(NodeConfig.named("remote").baseDirectory(parent.resolve("r"))
            .invoked().edge(udp(ports[0], ports[1]))));
        final MeshNode x = add(MeshNode.attach(NodeConfig.named("x").baseDirectory(base).invoked()));
        final MeshNode y = add(MeshNode.attach(NodeConfig.named("y").baseDirectory(base).invoked()));
        final NumberedEnd local = add(new NumberedEnd(x, ChannelSpec.to("alpha/y").mode(Mode.DIRECT)));
        final NumberedEnd localPeer = add(new NumberedEnd(y, ChannelSpec.to("alpha/x").mode(Mode.DIRECT)));
        final NumberedEnd far = add(new NumberedEnd(remote, ChannelSpec.to("alpha/x")));
        final NumberedEnd farPeer = add(new NumberedEnd(x, ChannelSpec.to("remote")));
        runUntil("all joined", () -> ends.stream().allMatch(end -> end.checker.count() > 100));

        for (int kill = 0; kill < KILLS; kill++)
        {
            final Child standby = host("--contexts", "8", "--standby");
            hosts.add(standby);
            untilItSays(standby, "a host runs; waiting for its end");
            final long directBefore = localPeer.checker.count();
            hosts.get(kill).signal(kill % 2 == 0 ? "KILL" : "TERM");
            final long killedNs = System.nanoTime();
            runUntil("loss seen", () -> x.routes().stream().allMatch(route -> route.nextHop().isEmpty()));
            final long lostNs = System.nanoTime() - killedNs;
            runUntil("attached again", () -> x.routes().stream().anyMatch(
                route -> route.destination().equals("remote") && !route.nextHop().isEmpty()));
            final long attachedNs = System.nanoTime() - killedNs;
            final long[] farBefore = {far.checker.count(), farPeer.checker.count()};
            runUntil("taken over",
                () -> far.checker.count() > farBefore[0] && farPeer.checker.count() > farBefore[1]);
            System.out.printf("host ended: known after %.1f ms, a way to another host again after %.1f ms, " +
                "messages after %.1f ms, %d messages from context to context meanwhile%n", lostNs / NS_PER_MS,
                attachedNs / NS_PER_MS,
                (System.nanoTime() - killedNs) / NS_PER_MS, localPeer.checker.count() - directBefore);
            assertTrue(localPeer.checker.count() > directBefore);
            runUntil("the same node", () -> List.of("alpha").equals(
                remote.routes().stream().map(RouteStatus::destination).toList()));
        }
        assertTrue(local.channel.path().isDirect(), () -> local.channel.path().toString());
        ends.forEach(end -> assertEquals(List.of(), end.reports));
    }

    private Child host(final String... options)
    {
        final List<String> args = new ArrayList<>(List.of(
            "host", "--name", "alpha", "--dir", base.toString(), "--edge", udp(ports[1], ports[0])));
        args.addAll(List.of(options));
        return Child.start(parent, Mesh.class, args.toArray(new String[0]));
    }

    private static String udp(final int own, final int other)
    {
        return "aeron:udp?endpoint=127.0.0.1:" + own + "|remote=127.0.0.1:" + other + "|term-length=65536";
    }

    private void untilItSays(final Child child, final String text)
    {
        runUntil(text, () ->
        {
            final String line = child.pollLine();
            return line != null && line.contains(text);
        });
    }

    private MeshNode add(final MeshNode node)
    {
        nodes.add(node);
        return node;
    }

    private NumberedEnd add(final NumberedEnd end)
    {
        ends.add(end);
        return end;
    }

    private void runUntil(final String awaited, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean())
        {
            nodes.forEach(MeshNode::doWork);
            ends.forEach(NumberedEnd::talk);
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("awaited " + awaited + " in vain: errors " +
                    nodes.stream().map(MeshNode::errors).toList() + hosts.stream().map(Child::errors).toList());
            }
        }
    }
}
