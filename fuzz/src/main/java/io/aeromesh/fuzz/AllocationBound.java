package io.aeromesh.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;

/**
 * What one execution may allocate on the heap by its thread: so much for the target's own doing, and no more, whatever
 * lengths the input declares.
 * <p>
 * <b>Threading:</b> any thread.
 */
public final class AllocationBound
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    /** The first time round classes are loaded, and instrumented. */
    private static final int ATTEMPTS = 3;

    private AllocationBound()
    {
    }

    /**
     * Runs a target, and again where it allocated too much: only what does so each time was the input's doing.
     *
     * @param bytesMax that it may allocate.
     * @param input    of the target, which does the same each time.
     * @param target   that runs once.
     * @throws AssertionError naming what it allocated and the bound.
     */
    public static void hold(final long bytesMax, final byte[] input, final Consumer<byte[]> target)
    {
        long allocated = Long.MAX_VALUE;
        for (int i = 0; i < ATTEMPTS && allocated > bytesMax; i++)
        {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            target.accept(input);
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        Must.within(0, allocated, bytesMax, "allocated bytes");
    }
}
