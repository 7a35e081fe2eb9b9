package io.aeromesh.internal.node;

import io.aeromesh.internal.session.Sessions;
import io.aeromesh.os.Parking;
import io.aeromesh.spi.SharedMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * Instances whose sockets have ended, or never said who they are, until the kernel says that they hold their names no
 * more. Then the sessions that share memory with them end, and what they left of it is deleted.
 * <p>
 * A process that is killed before it has greeted its watcher looks like one that never was on this host; only its
 * memory tells them apart.
 * <p>
 * <b>Threading:</b> agent thread. <b>Allocation:</b> with each death only. <b>Bound:</b> {@value #WAITING_MAX} at a
 * time; what is beyond is deleted by the next node that starts on this host. One that lives on is asked after ever less
 * often, down to once a second.
 */
final class Deaths
{
    private static final int WAITING_MAX = 256;
    private static final long RETRY_MIN_NS = 1_000_000;
    private static final long RETRY_MAX_NS = 1_000_000_000;

    /** Who may be dead. */
    private static final class Suspect
    {
        private final String name;
        private final long instanceHigh;
        private final long instanceLow;
        private long retryNs = RETRY_MIN_NS;
        private long nextTryNs;

        Suspect(final String name, final long instanceHigh, final long instanceLow, final long nowNs)
        {
            this.name = name;
            this.instanceHigh = instanceHigh;
            this.instanceLow = instanceLow;
            nextTryNs = nowNs;
        }

        boolean isDue(final long nowNs)
        {
            if (nowNs - nextTryNs < 0)
            {
                return false;
            }
            nextTryNs = nowNs + retryNs;
            retryNs = Math.min(RETRY_MAX_NS, 2 * retryNs);
            return true;
        }
    }

    private final List<SharedMemory> memories;
    private final Sessions sessions;
    private final List<Suspect> suspects = new ArrayList<>();

    Deaths(final List<SharedMemory> memories, final Sessions sessions)
    {
        this.memories = memories;
        this.sessions = sessions;
    }

    void suspect(final String name, final long instanceHigh, final long instanceLow, final long nowNs)
    {
        if (suspects.size() < WAITING_MAX)
        {
            suspects.add(new Suspect(name, instanceHigh, instanceLow, nowNs));
        }
    }

    /**
     * For how long the agent may sleep: nothing wakes it to ask after somebody.
     */
    void boundSleep(final long nowNs, final Parking parking)
    {
        for (int i = 0; i < suspects.size(); i++)
        {
            parking.noLongerThan(suspects.get(i).nextTryNs - nowNs);
        }
    }

    int doWork(final long nowNs)
    {
        int work = 0;
        for (int i = suspects.size() - 1; i >= 0; i--)
        {
            final Suspect suspect = suspects.get(i);
            if (suspect.isDue(nowNs) && !isAlive(suspect))
            {
                suspects.remove(i);
                sessions.onProcessEnded(suspect.name, suspect.instanceHigh, suspect.instanceLow);
                work++;
            }
        }
        return work;
    }

    private boolean isAlive(final Suspect suspect)
    {
        for (final SharedMemory memory : memories)
        {
            if (memory.isAlive(suspect.name, suspect.instanceHigh, suspect.instanceLow))
            {
                return true;
            }
        }
        return false;
    }
}
