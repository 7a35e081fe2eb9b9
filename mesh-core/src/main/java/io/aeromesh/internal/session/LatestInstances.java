package io.aeromesh.internal.session;

import io.aeromesh.internal.routing.Route;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Which instance of each node routes have led to last, and whose place it had taken. What the mesh remembers of a dead
 * instance seems newer than the living one where that was started with its clock set back; no session with the living
 * one is to end by that.
 * <p>
 * Kept while a node is forgotten, as it is then that this happens. <b>Bound:</b> when there are too many nodes, all are
 * heard of anew. <b>Threading:</b> agent thread only. <b>Allocation:</b> with each node that is new.
 */
final class LatestInstances
{
    private final int limit;
    private final Long2ObjectHashMap<Latest> byId = new Long2ObjectHashMap<>();

    private static final class Latest
    {
        long high;
        long low;
        long formerHigh;
        long formerLow;
    }

    /**
     * @param limit of nodes.
     */
    LatestInstances(final int limit)
    {
        this.limit = limit;
    }

    /**
     * Whether the route leads to an instance whose place another has taken since.
     */
    boolean isFormer(final Route route)
    {
        final Latest latest = byId.get(route.destinationId());
        return latest != null && latest.formerHigh == route.instanceHigh() && latest.formerLow == route.instanceLow();
    }

    /**
     * Takes notice of where a route leads.
     *
     * @return whether to another instance than those that are known.
     */
    boolean note(final Route route)
    {
        Latest latest = byId.get(route.destinationId());
        if (latest == null)
        {
            if (byId.size() >= limit)
            {
                byId.clear();
            }
            latest = new Latest();
            byId.put(route.destinationId(), latest);
        }
        if (latest.high == route.instanceHigh() && latest.low == route.instanceLow() || isFormer(route))
        {
            return false;
        }
        latest.formerHigh = latest.high;
        latest.formerLow = latest.low;
        latest.high = route.instanceHigh();
        latest.low = route.instanceLow();
        return true;
    }
}
