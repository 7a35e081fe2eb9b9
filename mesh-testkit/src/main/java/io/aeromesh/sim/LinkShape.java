package io.aeromesh.sim;

import java.util.SplittableRandom;

/**
 * How one direction of a link behaves below what an edge guarantees: packets arrive late, a lost one is repaired later
 * still and holds up those behind it, nothing arrives for a while, a claim finds no room at any point. Order and
 * delivery within a generation are kept: that is what every transport promises.
 * <p>
 * <b>Threading:</b> the simulation's one thread. Fields may be changed at any time.
 */
public final class LinkShape
{
    /** What becomes of packets under way when the generation ends. */
    public enum Ending
    {
        /** They arrive first, as in shared memory. */
        DRAINED,
        /** They are lost, as on a network. */
        LOST
    }

    /** Least delay of a packet, in nanoseconds. */
    public long delayNs;
    /** Most that is added to it, in nanoseconds. */
    public long jitterNs;
    /** Further delay of every packet for a while, in nanoseconds. */
    public long extraNs;
    /** Of a thousand packets, those lost and repaired. */
    public int repairedPerMille;
    /** Further delay of one that is repaired, in nanoseconds. */
    public long repairNs;
    /** Of a thousand claims, those refused though there is room. */
    public int refusedPerMille;
    /** Most packets of a lane that arrive in one duty cycle. */
    public int packetsMax = Integer.MAX_VALUE;
    /** While true nothing arrives. */
    public boolean isDeaf;
    /** When the generation ends. */
    public Ending ending = Ending.DRAINED;
    /** Takes more than it has room for: a defect that is planted to see that it is found. */
    boolean isLeaky;
    /** For who draws shapes: whether this one is. */
    public boolean isDrawn;
    /** Packets repaired so far. */
    public long repaired;
    /** Claims refused so far. */
    public long refused;

    private final SplittableRandom random;

    LinkShape(final SplittableRandom random)
    {
        this.random = random;
    }

    /**
     * Nothing is wrong any more; the delay stays.
     */
    void heal()
    {
        extraNs = 0;
        repairedPerMille = 0;
        refusedPerMille = 0;
        packetsMax = Integer.MAX_VALUE;
        isDeaf = false;
    }

    boolean refuses()
    {
        final boolean isRefused = refusedPerMille > 0 && random.nextInt(1000) < refusedPerMille;
        refused += isRefused ? 1 : 0;
        return isRefused;
    }

    long dueNs(final long nowNs)
    {
        long dueNs = nowNs + delayNs + extraNs + (jitterNs > 0 ? random.nextLong(jitterNs) : 0);
        if (repairedPerMille > 0 && random.nextInt(1000) < repairedPerMille)
        {
            repaired++;
            dueNs += repairNs;
        }
        return dueNs;
    }
}
