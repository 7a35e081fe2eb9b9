package io.aeromesh.shm;

import io.aeromesh.Channel;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.os.MeshOs;
import io.aeromesh.sim.SimClock;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.NanoClock;

/**
 * Nodes of this process with all that the kernel has for them, such as locks, sockets and files, whose clock goes on by
 * a millisecond with each duty cycle.
 */
final class MillisecondNodes implements AutoCloseable
{
    private static final long CYCLE_NS = 1_000_000;
    private static final int JOIN_CYCLES_MAX = 100_000;

    private final SimClock clock = new SimClock();
    private final List<MeshNode> nodes = new ArrayList<>();
    private final Path base;

    MillisecondNodes(final Path base)
    {
        this.base = base;
    }

    MeshNode launch(final String name, final String peer)
    {
        final MeshOs system = MeshOs.system();
        final NanoClock nanoClock = clock::nanoTime;
        final MeshOs os = (MeshOs)Proxy.newProxyInstance(MillisecondNodes.class.getClassLoader(),
            new Class<?>[] {MeshOs.class},
            (proxy, method, args) -> method.getName().equals("nanoClock") ? nanoClock : method.invoke(system, args));
        final MeshNode node = MeshNode.launch(NodeConfig.named(name).invoked().os(os).baseDirectory(base)
            .sharing(new ShmMemoryProvider()).edge("shm:link?peer=" + peer));
        nodes.add(node);
        return node;
    }

    /**
     * Closes a node, while the others stand still but time goes on.
     */
    void close(final MeshNode node)
    {
        nodes.remove(node);
        clock.stepPerLook(CYCLE_NS, () -> cycles(1));
        node.close();
        clock.stepPerLook(0, () ->
        {});
    }

    @Override
    public void close()
    {
        List.copyOf(nodes).forEach(this::close);
    }

    void cycles(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            clock.advance(CYCLE_NS);
            for (int k = 0; k < nodes.size(); k++)
            {
                nodes.get(k).doWork();
            }
        }
    }

    void untilJoined(final Channel left, final Channel right)
    {
        for (int i = 0; i < JOIN_CYCLES_MAX; i++)
        {
            cycles(1);
            poll(left);
            poll(right);
            if (left.path().reason().contains("joined directly") && right.path().reason().contains("joined directly"))
            {
                return;
            }
        }
        throw new AssertionError("not joined: " + left.path() + ", " + right.path());
    }

    private static void poll(final Channel channel)
    {
        channel.poll((buffer, offset, length, origin) ->
        {}, 1);
    }
}
