package io.aeromesh.internal.node;

import io.aeromesh.spi.SharedMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Deletes what dead nodes left of the memory that they named, once the kernel says that they are dead: the end of a
 * socket says so a moment before a name is free.
 * <p>
 * <b>Threading:</b> agent thread. <b>Allocation:</b> with each death only. <b>Bound:</b> {@value #WAITING_MAX} deaths;
 * what is beyond is deleted by the next node that starts on this host.
 */
final class DeathSweeper
{
    private static final int WAITING_MAX = 256;
    private static final long RETRY_NS = 1_000_000;

    private record Dead(String name, long instanceHigh, long instanceLow)
    {
    }

    private final List<SharedMemory> memories;
    private final Consumer<Throwable> errors;
    private final List<Dead> waiting = new ArrayList<>();
    private long nextTryNs;

    DeathSweeper(final List<SharedMemory> memories, final Consumer<Throwable> errors)
    {
        this.memories = memories;
        this.errors = errors;
    }

    void onProcessEnded(final String name, final long instanceHigh, final long instanceLow, final long nowNs)
    {
        if (waiting.size() < WAITING_MAX)
        {
            waiting.add(new Dead(name, instanceHigh, instanceLow));
            nextTryNs = nowNs;
        }
    }

    int doWork(final long nowNs)
    {
        if (waiting.isEmpty() || nowNs - nextTryNs < 0)
        {
            return 0;
        }
        nextTryNs = nowNs + RETRY_NS;
        int work = 0;
        for (int i = waiting.size() - 1; i >= 0; i--)
        {
            if (sweep(waiting.get(i)))
            {
                waiting.remove(i);
                work++;
            }
        }
        return work;
    }

    private boolean sweep(final Dead dead)
    {
        for (final SharedMemory memory : memories)
        {
            if (memory.isAlive(dead.name, dead.instanceHigh, dead.instanceLow))
            {
                return false;
            }
        }
        for (final SharedMemory memory : memories)
        {
            try
            {
                memory.sweep(dead.name);
            }
            catch (final RuntimeException ex)
            {
                errors.accept(ex);
            }
        }
        return true;
    }
}
