package io.aeromesh.internal.node;

import io.aeromesh.NodeConfig;
import io.aeromesh.internal.session.Death;
import io.aeromesh.internal.session.Sessions;
import io.aeromesh.os.Parking;
import io.aeromesh.spi.SharedMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * Instances whose sockets have ended, or never said who they are, until the kernel says that they hold their names no
 * more. Then the sessions that share memory with them end, after what has come from these was read, and what they left
 * of it is deleted.
 * <p>
 * A process that is killed before it has greeted its watcher looks like one that never was on this host; only its
 * memory tells them apart.
 * <p>
 * <b>Threading:</b> agent thread. <b>Allocation:</b> with each death only. <b>Bound:</b> {@value #WAITING_MAX} at a
 * time; what is beyond is deleted by the next node that starts on this host.
 */
final class Deaths
{
    private static final int WAITING_MAX = NodeConfig.CONTEXTS_LIMIT;

    private final List<SharedMemory> memories;
    private final Sessions sessions;
    private final List<Links> links;
    private final List<Death> suspects = new ArrayList<>();

    /**
     * @param links by which the dead may have said something.
     */
    Deaths(final List<SharedMemory> memories, final Sessions sessions, final List<Links> links)
    {
        this.links = links;
        this.memories = memories;
        this.sessions = sessions;
    }

    void suspect(final String name, final long instanceHigh, final long instanceLow, final long nowNs)
    {
        if (suspects.size() < WAITING_MAX)
        {
            suspects.add(new Death(name, instanceHigh, instanceLow, nowNs));
        }
    }

    /**
     * For how long the agent may sleep: nothing wakes it to ask after somebody.
     */
    void boundSleep(final long nowNs, final Parking parking)
    {
        for (int i = 0; i < suspects.size(); i++)
        {
            parking.noLongerThan(suspects.get(i).nextTryNs() - nowNs);
        }
    }

    int doWork(final long nowNs)
    {
        int work = 0;
        for (int i = suspects.size() - 1; i >= 0; i--)
        {
            final Death suspect = suspects.get(i);
            if (suspect.isDue(nowNs) && !isAlive(suspect))
            {
                suspects.remove(i);
                if (sessions.isJoinedWith(suspect.instanceHigh(), suspect.instanceLow()))
                {
                    drain(suspect);
                }
                sessions.onProcessEnded(suspect.name(), suspect.instanceHigh(), suspect.instanceLow());
                work++;
            }
        }
        return work;
    }

    /**
     * All at once, as the dead add nothing. Who shares no memory here may live on another host, and what comes from
     * there takes its turn.
     */
    private void drain(final Death dead)
    {
        for (int i = 0; i < links.size(); i++)
        {
            links.get(i).drain(dead.instanceHigh(), dead.instanceLow());
        }
    }

    private boolean isAlive(final Death suspect)
    {
        for (final SharedMemory memory : memories)
        {
            if (memory.isAlive(suspect.name(), suspect.instanceHigh(), suspect.instanceLow()))
            {
                return true;
            }
        }
        return false;
    }
}
