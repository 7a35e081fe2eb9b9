package io.aeromesh.bench.cli.measure;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Bytes that all threads of this JVM have allocated.
 */
final class Allocations
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    private Allocations()
    {
    }

    /**
     * Of the threads that live now; those that ended take their count with them.
     */
    static long bytes()
    {
        long sum = 0;
        for (final long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
        {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    /**
     * What asking costs by itself, to be taken off.
     */
    static long ownCost()
    {
        final long before = bytes();
        return bytes() - before;
    }
}
