package io.aeromesh.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.os.MeshOs;
import io.aeromesh.sim.SimClock;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.agrona.concurrent.NanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes with all that looks at sockets and files each millisecond: a lock on their names, an edge in shared memory,
 * a direct channel, leases. Each duty cycle is a millisecond by their clock.
 */
@Timeout(120)
class IdleAllocationTest
{
    private static final long CYCLE_NS = 1_000_000;
    private static final int CONNECT_CYCLES_MAX = 100_000;
    private static final int CYCLES = 20_000;
    /** What a compiler at work leaves; one object in ten duty cycles would be more. */
    private static final int ALLOWED_BYTES = 2 * CYCLES;

    private final SimClock clock = new SimClock();
    @TempDir
    private Path parent;

    private MeshNode node(final String name, final String peer)
    {
        final MeshOs system = MeshOs.system();
        final NanoClock nanoClock = clock::nanoTime;
        final MeshOs os = (MeshOs)Proxy.newProxyInstance(IdleAllocationTest.class.getClassLoader(),
            new Class<?>[] {MeshOs.class},
            (proxy, method, args) -> method.getName().equals("nanoClock") ? nanoClock : method.invoke(system, args));
        return MeshNode.launch(NodeConfig.named(name).invoked().os(os).baseDirectory(parent.resolve("base"))
            .sharing(new ShmMemoryProvider()).edge("shm:link?peer=" + peer));
    }

    private void cycles(final MeshNode a, final MeshNode b, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            clock.advance(CYCLE_NS);
            a.doWork();
            b.doWork();
        }
    }

    @Test
    void shouldAllocateNothingWhileNothingHappens()
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        try (MeshNode a = node("a", "b");
            MeshNode b = node("b", "a");
            Channel left = a.open(ChannelSpec.to("b").named("talk"));
            Channel right = b.open(ChannelSpec.to("a").named("talk")))
        {
            for (int i = 0; i < CONNECT_CYCLES_MAX && !left.path().reason().contains("joined directly"); i++)
            {
                cycles(a, b, 1);
                left.poll((buffer, offset, length, origin) ->
                {}, 1);
                right.poll((buffer, offset, length, origin) ->
                {}, 1);
            }
            assertEquals(ChannelState.CONNECTED, left.state());
            a.leases().acquire(100).release();
            cycles(a, b, CYCLES);
            final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            cycles(a, b, CYCLES);
            final long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            assertTrue(allocated < ALLOWED_BYTES,
                () -> allocated + " bytes for " + CYCLES + " idle duty cycles of two nodes");
        }
    }
}
