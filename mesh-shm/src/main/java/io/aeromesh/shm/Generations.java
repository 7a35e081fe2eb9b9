package io.aeromesh.shm;

import io.aeromesh.os.Parking;
import io.aeromesh.ring.RingEdge;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.Medium;
import java.util.ArrayList;
import java.util.List;

/**
 * The generations of a medium that are up, and the edges of those that went down and wait for the node to close them:
 * while {@link #LINGERING_MAX} and as many as there may be peers do, no further generation begins.
 * <p>
 * A look at a socket is a system call, so that where there are many only {@link #CHECKS} have their turn at a time.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none while edges stay up.
 */
final class Generations
{
    private static final int LINGERING_MAX = 3;
    private static final int CHECKS = 16;

    private final Medium medium;
    private final Parking parking;
    private final int peersMax;
    private final List<ShmGeneration> current = new ArrayList<>();
    private final List<RingEdge> lingering = new ArrayList<>();
    private long lastTraffic;
    private int next;

    Generations(final Medium medium, final Parking parking, final int peersMax)
    {
        this.medium = medium;
        this.parking = parking;
        this.peersMax = peersMax;
    }

    Parking parking()
    {
        return parking;
    }

    boolean isEmpty()
    {
        return current.isEmpty();
    }

    /**
     * Whether one more may begin, beside those that were offered. Where there is no room somebody may have gone since
     * the last look, most likely the very one that has come again: where there are many, only that one is looked for.
     * The listener may close the medium meanwhile.
     */
    boolean makesRoom(final int offered, final String newcomer, final EdgeListener listener)
    {
        int i = current.size();
        while (i > 0 && current.size() + offered >= peersMax)
        {
            i--;
            if (peersMax <= CHECKS || newcomer.equals(current.get(i).peerName()))
            {
                check(current.get(i), listener);
                i = Math.min(i, current.size());
            }
        }
        return current.size() + offered < peersMax;
    }

    /**
     * Whether all edges that went down can be kept until they are closed, if one more comes up.
     */
    boolean canLinger()
    {
        return lingering.size() < LINGERING_MAX + peersMax;
    }

    /**
     * One that is up, or null.
     */
    ShmGeneration first()
    {
        return current.isEmpty() ? null : current.get(0);
    }

    void begin(final ShmGeneration generation, final String link, final long id, final EdgeListener listener)
    {
        current.add(generation);
        lastTraffic = 0;
        listener.onEdgeUp(medium, generation.begin(link, id));
    }

    /**
     * Takes down those whose rings are broken.
     */
    int failBroken(final EdgeListener listener)
    {
        int work = 0;
        for (int i = current.size() - 1; i >= 0; i--)
        {
            final ShmGeneration generation = current.get(i);
            if (null != generation.edge().failure())
            {
                generation.socket().sendGoodbye();
                down(generation, generation.edge().failure(), listener);
                work++;
            }
        }
        return work;
    }

    /**
     * Whether nothing has gone by since the last call.
     */
    boolean isIdle()
    {
        long traffic = 0;
        for (int i = 0; i < current.size(); i++)
        {
            traffic += current.get(i).edge().traffic();
        }
        final boolean isIdle = traffic == lastTraffic;
        lastTraffic = traffic;
        return isIdle && !current.isEmpty();
    }

    /**
     * Looks whether peers still live.
     */
    int check(final EdgeListener listener)
    {
        int work = 0;
        for (int i = Math.min(CHECKS, current.size()); i > 0 && !current.isEmpty(); i--)
        {
            next = next < 1 ? current.size() - 1 : Math.min(next, current.size()) - 1;
            work += check(current.get(next), listener);
        }
        return work;
    }

    private int check(final ShmGeneration generation, final EdgeListener listener)
    {
        switch (generation.socket().readLife())
        {
            case GOODBYE:
                down(generation, "'" + generation.peerName() + "' closed the edge", listener);
                return 1;

            case END:
                generation.edge().onPeerEnded();
                down(generation, "'" + generation.peerName() + "' died: its socket ended without a goodbye", listener);
                return 1;

            default:
                return 0;
        }
    }

    private void down(final ShmGeneration generation, final String reason, final EdgeListener listener)
    {
        current.remove(generation);
        generation.socket().close();
        generation.edge().seal();
        lingering.add(generation.edge());
        listener.onEdgeDown(medium, generation.edge(), reason);
    }

    void onEdgeClosed(final ShmGeneration generation)
    {
        if (current.remove(generation))
        {
            lingering.add(generation.edge());
            generation.socket().sendGoodbye();
            generation.socket().close();
        }
    }

    void onEdgeReleased(final RingEdge edge)
    {
        lingering.remove(edge);
    }

    void close()
    {
        List.copyOf(current).forEach(generation -> generation.edge().close());
        List.copyOf(lingering).forEach(RingEdge::close);
    }

    /**
     * As the kernel does for a process that is killed: nothing is said.
     */
    void abandon()
    {
        final List<ShmGeneration> all = List.copyOf(current);
        current.clear();
        for (final ShmGeneration generation : all)
        {
            generation.socket().close();
            generation.edge().close();
        }
        List.copyOf(lingering).forEach(RingEdge::close);
    }
}
