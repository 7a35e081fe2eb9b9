package io.aeromesh.internal.session;

import io.aeromesh.error.MeshException;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.os.HostPresence;
import io.aeromesh.os.Parking;
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

    private final NodeLeases leases;
    private final List<SharedMemory> memories;
    private final Predicate<Death> isRead;
    private final Consumer<MeshException> errors;
    private final NodeLeases.HolderListener watch;
    private boolean isStarted;
    private long nowNs;
    private long nextNs;
    /** Of which the kernel has not said so yet. */
    private final List<Death> dying = new ArrayList<>();
    /** Whose blocks have been taken back, and what they sent may not have been read. */
    private final List<Death> unsettled = new ArrayList<>();
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
        final Predicate<Death> isRead,
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
        if (!isKnown(dying, instanceHigh, instanceLow) && !isKnown(unsettled, instanceHigh, instanceLow))
        {
            final Death death = new Death(name, instanceHigh, instanceLow, nowNs);
            (leases.reclaim(name, instanceHigh, instanceLow) ? unsettled : dying).add(death);
        }
    }

    private static boolean isKnown(final List<Death> deaths, final long instanceHigh, final long instanceLow)
    {
        return deaths.stream().anyMatch(death -> death.isOf(instanceHigh, instanceLow));
    }

    /**
     * Whether the dead wait to be settled, which nothing wakes the agent for.
     */
    boolean isWaiting()
    {
        return !unsettled.isEmpty();
    }

    /**
     * For how long the agent may sleep: nothing wakes it to ask after somebody.
     */
    void boundSleep(final long atNs, final Parking parking)
    {
        for (int i = 0; i < dying.size(); i++)
        {
            parking.noLongerThan(dying.get(i).nextTryNs() - atNs);
        }
    }

    /**
     * At most once a millisecond.
     */
    int doWork(final long newNowNs)
    {
        nowNs = newNowNs;
        if (isStarted && nowNs - nextNs < 0)
        {
            return 0;
        }
        isStarted = true;
        nextNs = nowNs + INTERVAL_NS;
        final int work = askAfterTheDying() + settle();
        leases.newHolders(watch);
        held.setPlain(leases.blocksHeld());
        out.setPlain(leases.blocksOut());
        arenaBytes.setPlain(leases.arenaLength());
        corrupt.setPlain(leases.blocksCorrupt());
        return work + leases.tend();
    }

    private int askAfterTheDying()
    {
        int work = 0;
        for (int i = dying.size() - 1; i >= 0; i--)
        {
            final Death death = dying.get(i);
            if (death.isDue(nowNs) && leases.reclaim(death.name(), death.instanceHigh(), death.instanceLow()))
            {
                dying.remove(i);
                unsettled.add(death);
                work++;
            }
        }
        return work;
    }

    private int settle()
    {
        int work = 0;
        for (int i = unsettled.size() - 1; i >= 0; i--)
        {
            final Death dead = unsettled.get(i);
            if (isRead.test(dead))
            {
                unsettled.remove(i);
                leases.settle(dead.instanceHigh(), dead.instanceLow());
                memories.forEach(memory -> sweep(memory, dead.name()));
                work++;
            }
        }
        return work;
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
