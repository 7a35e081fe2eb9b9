package io.aeromesh.shm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.aeromesh.ChannelSpec;
import io.aeromesh.MeshNode;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
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
    private static final int CYCLES = 20_000;
    /** What a compiler at work leaves; one object in ten duty cycles would be more. */
    private static final int ALLOWED_BYTES = 2 * CYCLES;

    @TempDir
    private Path parent;

    @Test
    void shouldAllocateNothingWhileNothingHappens()
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        try (MillisecondNodes nodes = new MillisecondNodes(parent.resolve("base")))
        {
            final MeshNode a = nodes.launch("a", "b");
            final MeshNode b = nodes.launch("b", "a");
            nodes.untilJoined(
                a.open(ChannelSpec.to("b").named("talk")), b.open(ChannelSpec.to("a").named("talk")));
            a.leases().acquire(100).release();
            nodes.cycles(CYCLES);
            final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            nodes.cycles(CYCLES);
            final long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            assertTrue(allocated < ALLOWED_BYTES,
                () -> allocated + " bytes for " + CYCLES + " idle duty cycles of two nodes");
        }
    }
}
