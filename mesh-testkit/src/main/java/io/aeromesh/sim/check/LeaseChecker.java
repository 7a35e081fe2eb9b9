package io.aeromesh.sim.check;

import io.aeromesh.Lease;
import io.aeromesh.MeshNode;
import io.aeromesh.sim.SimMesh;
import io.aeromesh.status.MeshCounter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.MutableDirectBuffer;

/**
 * {@link Rule#LEASES}: no memory is held by two at once, nobody but the holder writes to it, and all of it comes back.
 */
public final class LeaseChecker implements Checker
{
    /** Part of what {@link #missing} says. */
    public static final String MISSING = " misses leases: ";

    private final SimMesh mesh;
    private final Findings findings;
    private final Map<Place, List<Holder>> holders = new LinkedHashMap<>();
    private long stamps;
    private long held;

    /** How a node holds a block. */
    public enum Holding
    {
        /** Nobody else does. */
        ALONE,
        /** It has a share, as others may. */
        SHARED
    }

    /** Memory: an array's or, where there is none, the process's. Arrays are equal only to themselves. */
    private record Place(Object array, long address)
    {
    }

    private record Holder(String node, Lease lease, long stamp, Holding holding)
    {
    }

    /**
     * @param mesh     whose nodes hold leases.
     * @param findings to report to.
     */
    public LeaseChecker(final SimMesh mesh, final Findings findings)
    {
        this.mesh = mesh;
        this.findings = findings;
    }

    /**
     * A node holds a lease from now on, whose content may change. Writes to its first bytes.
     */
    public void acquired(final String node, final Lease lease)
    {
        lease.buffer().putLong(0, --stamps);
        taken(node, lease, Holding.ALONE);
    }

    /**
     * A node holds a lease that came from another from now on, whose content is what came.
     */
    public void taken(final String node, final Lease lease, final Holding holding)
    {
        held++;
        final List<Holder> all = holders.computeIfAbsent(place(lease), place -> new ArrayList<>());
        for (final Holder other : all)
        {
            if (holding == Holding.ALONE || other.holding == Holding.ALONE)
            {
                findings.report(Rule.LEASES, node + " holds a block of " + lease.length() + " bytes that " +
                    other.node + " holds too", node, other.node);
            }
        }
        all.add(new Holder(node, lease, lease.buffer().getLong(0), holding));
    }

    /**
     * The holder changes its content, transfers or releases it.
     */
    public void letGo(final String node, final Lease lease)
    {
        final Place place = place(lease);
        final List<Holder> all = holders.getOrDefault(place, List.of());
        if (!all.removeIf(holder -> holder.lease == lease))
        {
            findings.report(Rule.LEASES, node + " holds a block that it is not known to hold, but " + all, node);
        }
        if (all.isEmpty())
        {
            holders.remove(place);
        }
    }

    /**
     * A node was killed, or closed and had released all, and what it held is another's.
     */
    public void forget(final String node)
    {
        holders.values().removeIf(all ->
        {
            all.removeIf(holder -> holder.node.equals(node));
            return all.isEmpty();
        });
    }

    private static Place place(final Lease lease)
    {
        final MutableDirectBuffer buffer = lease.buffer();
        return new Place(buffer.byteArray(), buffer.addressOffset());
    }

    @Override
    public void afterTick()
    {
        holders.values().forEach(all -> all.forEach(holder ->
        {
            if (!holder.lease.isHeld())
            {
                findings.report(Rule.LEASES, holder.node + " has lost a block that it holds", holder.node);
            }
            else if (holder.lease.buffer().getLong(0) != holder.stamp)
            {
                findings.report(Rule.LEASES, "somebody has written to a block that " + holder.node + " holds",
                    holder.node);
            }
        }));
    }

    /**
     * Leases acquired and taken so far.
     */
    public long held()
    {
        return held;
    }

    /**
     * What of a node's memory has not come back, for people; null when all has.
     */
    public String missing(final String nodeName)
    {
        final MeshNode node = mesh.node(nodeName);
        final long[] out = new long[2];
        node.counters().forEach((id, typeId, key, label) ->
        {
            if (typeId == MeshCounter.LEASES_HELD.id())
            {
                out[0] = node.counters().getCounterValue(id);
            }
            else if (typeId == MeshCounter.LEASES_OUT.id())
            {
                out[1] = node.counters().getCounterValue(id);
            }
        });
        return out[0] + out[1] == 0 ? null : nodeName + MISSING + out[0] + " held and " + out[1] + " out";
    }
}
