package io.aeromesh.internal.session;

import io.aeromesh.error.MeshException;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.os.HostPresence;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.status.MeshCounter;
import io.aeromesh.status.NodeCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * What the agent does for leases beside sending them: takes back what the dead had, once all that they sent has been
 * read; has those watched that hold memory of this node; and shows how much is held.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> for each death.
 */
final class LeaseDuty
{
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** One that is dead. */
    record Dead(String name, long instanceHigh, long instanceLow)
    {
        boolean is(final Session session)
        {
            return session.peerInstanceHigh() == instanceHigh && session.peerInstanceLow() == instanceLow;
        }
    }

    private final NodeLeases leases;
    private final List<SharedMemory> memories;
    private final Predicate<Dead> isRead;
    private final Consumer<MeshException> errors;
    private final NodeLeases.HolderListener watch;
    private boolean isStarted;
    private long nextNs;
    private final List<Dead> unsettled = new ArrayList<>();
    private final AtomicCounter held;
    private final AtomicCounter out;
    private final AtomicCounter arenaBytes;
    private final AtomicCounter corrupt;

    /**
     * @param isRead whether all that one sent here by memory has been read.
     * @param errors told of what can not be deleted.
     */
    LeaseDuty(
        final NodeLeases leases,
        final List<SharedMemory> memories,
        final HostPresence presence,
        final NodeCounters counters,
        final Predicate<Dead> isRead,
        final Consumer<MeshException> errors)
    {
        this.errors = errors;
        this.leases = leases;
        this.memories = memories;
        this.isRead = isRead;
        watch = presence::watch;
        held = counters.node(MeshCounter.LEASES_HELD);
        out = counters.node(MeshCounter.LEASES_OUT);
        arenaBytes = counters.node(MeshCounter.LEASES_ARENA_BYTES);
        corrupt = counters.node(MeshCounter.LEASES_CORRUPT);
    }

    /**
     * An instance is dead, or another has taken its name. Whether it is dead the kernel is asked before anything is
     * taken back.
     */
    void onDead(final String name, final long instanceHigh, final long instanceLow)
    {
        final Dead dead = new Dead(name, instanceHigh, instanceLow);
        if (!unsettled.contains(dead))
        {
            leases.reclaim(name, instanceHigh, instanceLow);
            unsettled.add(dead);
        }
    }

    /**
     * Whether the dead wait to be settled, which nothing wakes the agent for.
     */
    boolean isWaiting()
    {
        return !unsettled.isEmpty();
    }

    int doWork(final long nowNs)
    {
        if (isStarted && nowNs - nextNs < 0)
        {
            return 0;
        }
        isStarted = true;
        nextNs = nowNs + INTERVAL_NS;
        for (int i = unsettled.size() - 1; i >= 0; i--)
        {
            final Dead dead = unsettled.get(i);
            if (isRead.test(dead) && !leases.isDying(dead.name, dead.instanceHigh, dead.instanceLow))
            {
                unsettled.remove(i);
                leases.settle(dead.instanceHigh, dead.instanceLow);
                memories.forEach(memory -> sweep(memory, dead.name));
            }
        }
        leases.newHolders(watch);
        held.setPlain(leases.blocksHeld());
        out.setPlain(leases.blocksOut());
        arenaBytes.setPlain(leases.arenaLength());
        corrupt.setPlain(leases.blocksCorrupt());
        return leases.scan(nowNs);
    }

    /**
     * What can not be deleted now is deleted by the next node that starts on this host.
     */
    private void sweep(final SharedMemory memory, final String name)
    {
        try
        {
            memory.sweep(name);
        }
        catch (final MeshException ex)
        {
            errors.accept(ex);
        }
    }
}
