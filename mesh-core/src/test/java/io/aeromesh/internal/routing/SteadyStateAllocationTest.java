package io.aeromesh.internal.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SteadyStateAllocationTest
{
    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 20_000;
    private static final int NOISE_LENGTH_MAX = 4096;

    @Test
    void shouldNotAllocateOnceDestinationsAreKnown()
    {
        final TableBench bench = new TableBench();
        final Neighbour near = bench.neighbour(2, 1);
        final Neighbour other = bench.neighbour(3, 1);
        bench.advertise(near, 1, 0, 5);
        bench.drain(near);
        bench.drain(other);
        bench.listener.isMuted = true;
        final UnsafeBuffer out = new UnsafeBuffer(new byte[1024]);
        final UnsafeBuffer in = new UnsafeBuffer(TableBench.update(1, 99, "dest", 7, 1, 0, 5, 0));
        final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean)ManagementFactory.getThreadMXBean();
        final long threadId = Thread.currentThread().getId();

        long hops = 0;
        long allocated = 0;
        for (int i = 0; i < WARM_UP + MEASURED; i++)
        {
            if (i == WARM_UP)
            {
                allocated = threads.getThreadAllocatedBytes(threadId);
            }
            in.putLong(8, 2 + i);
            in.putLong(8 + 8 + 4 + 36, i);
            bench.table.onPacket(near, in, 0, in.capacity(), 7);
            while (bench.table.hasPending(other))
            {
                bench.table.flush(other, out, 0, 1024);
            }
            while (bench.table.hasPending(near))
            {
                bench.table.flush(near, out, 0, 1024);
            }
            hops += bench.table.route(TableBench.DESTINATION).next() == near ? 1 : 0;
        }
        allocated = threads.getThreadAllocatedBytes(threadId) - allocated;

        assertEquals(WARM_UP + MEASURED, hops);
        assertTrue(allocated < NOISE_LENGTH_MAX, "allocated=" + allocated);
    }
}
