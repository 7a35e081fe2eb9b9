package io.aeromesh.internal.routing;

import io.aeromesh.protocol.NodeIds;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Owns the destinations: by id, by slot, and those that were announced as routes. Remembers the feasibility distance
 * of the last ones forgotten, which is never needed for safety, but stops a stale route that circles behind its own
 * retraction at its second round instead of when its metric has counted up to the maximum.
 */
final class DestinationTable
{
    private static final float LOAD_FACTOR = 0.55f;

    private final int slotsMax;
    private final int rememberedMax;
    private final Long2ObjectHashMap<Destination> byId = new Long2ObjectHashMap<>(16, LOAD_FACTOR, false);
    private final Long2ObjectHashMap<Route> routes = new Long2ObjectHashMap<>(16, LOAD_FACTOR, false);
    private final Collection<Route> routesView = Collections.unmodifiableCollection(routes.values());
    private final Map<Long, FeasibilityDistance> remembered = new LinkedHashMap<>();
    private final SlotSet freeSlots = new SlotSet();
    private Destination[] bySlot = new Destination[16];
    private int slotLimit;
    /** The route that was asked for last; packets come in runs. */
    private Route lastRoute;
    private long lastId;

    DestinationTable(final int slotsMax, final int rememberedMax)
    {
        this.slotsMax = slotsMax;
        this.rememberedMax = rememberedMax;
    }

    Destination find(final long id)
    {
        return byId.get(id);
    }

    Route route(final long id)
    {
        if (lastRoute != null && lastId == id)
        {
            return lastRoute;
        }
        Route route = routes.get(id);
        if (route == null && NodeIds.isContext(id))
        {
            route = routes.get(NodeIds.nodeOf(id)); // its host knows where it is
        }
        if (route != null)
        {
            lastRoute = route;
            lastId = id;
        }
        return route;
    }

    Collection<Route> routes()
    {
        return routesView;
    }

    /**
     * Upper bound of the slots in use.
     */
    int slotLimit()
    {
        return slotLimit;
    }

    /**
     * Destination in a slot, or null.
     */
    Destination at(final int slot)
    {
        return bySlot[slot];
    }

    boolean isFull()
    {
        return byId.size() >= slotsMax;
    }

    Destination add(final long id, final String name, final byte[] nameBytes)
    {
        int slot = freeSlots.next(0);
        if (slot >= 0)
        {
            freeSlots.set(slot, false);
        }
        else
        {
            slot = slotLimit++;
            if (slot == bySlot.length)
            {
                bySlot = Arrays.copyOf(bySlot, slot << 1);
            }
        }
        final Destination destination = new Destination(new Route(id, name), nameBytes, slot);
        final FeasibilityDistance distance = remembered.remove(id);
        if (distance != null)
        {
            destination.distance.set(distance);
        }
        bySlot[slot] = destination;
        byId.put(id, destination);
        return destination;
    }

    void announce(final Destination destination)
    {
        destination.isAnnounced = true;
        lastRoute = null; // a context that was looked for at its host before
        routes.put(destination.route.destinationId, destination.route);
    }

    void forget(final Destination destination)
    {
        final long id = destination.route.destinationId;
        byId.remove(id);
        routes.remove(id);
        lastRoute = null;
        bySlot[destination.slot] = null;
        freeSlots.set(destination.slot, true);
        if (rememberedMax > 0 && !destination.distance.isNone())
        {
            if (remembered.size() >= rememberedMax)
            {
                remembered.remove(remembered.keySet().iterator().next());
            }
            remembered.put(id, destination.distance);
        }
    }
}
