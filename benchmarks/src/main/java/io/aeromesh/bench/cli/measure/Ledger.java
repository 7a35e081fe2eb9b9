package io.aeromesh.bench.cli.measure;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.List;

/**
 * What an end counts of itself while it is measured: bytes that its JVM allocates, and for how long strangers had its
 * core.
 * <p>
 * <b>Threading:</b> the end's thread.
 */
final class Ledger implements AutoCloseable
{
    /** Looks at the allocations from one answer to the next. */
    private static final int LOOKS = 3;

    private static final CompilationMXBean COMPILERS = ManagementFactory.getCompilationMXBean();

    private final Rendezvous rendezvous;
    private CoreWaits waits;
    private long allocatedBefore;

    Ledger(final Rendezvous rendezvous)
    {
        this.rendezvous = rendezvous;
    }

    /**
     * Begins to count, with the threads that there are now.
     */
    void begin()
    {
        close();
        waits = new CoreWaits(
            new HashSet<>(List.of(rendezvous.threadId(Role.LEAD), rendezvous.threadId(Role.PEER))));
        allocatedBytes();
    }

    /**
     * By all threads of this JVM since the last call, less what asking costs.
     */
    long allocatedBytes()
    {
        final long cost = LOOKS * Allocations.ownCost();
        final long now = Allocations.bytes();
        final long since = now - allocatedBefore - cost;
        allocatedBefore = now;

        return Math.max(0, since);
    }

    /**
     * Nanoseconds since the last call for which strangers kept this end from its core.
     */
    long takenNs()
    {
        return waits.takenNs();
    }

    /**
     * Milliseconds that this JVM has compiled for, since it began; a compilation counts when it has ended.
     */
    long compiledMs()
    {
        return COMPILERS == null ? 0 : COMPILERS.getTotalCompilationTime(); // null: interpreted only
    }

    @Override
    public void close()
    {
        if (waits != null)
        {
            waits.close();
        }
    }
}
