package io.aeromesh.internal.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Owns the neighbours, each in a slot of its own; slots are reused.
 */
final class NeighbourTable
{
    private final List<Neighbour> ordered = new ArrayList<>();
    private final Collection<Neighbour> view = Collections.unmodifiableCollection(ordered);
    private Neighbour[] bySlot = new Neighbour[4];

    /**
     * Upper bound of the slots in use.
     */
    int slotLimit()
    {
        return bySlot.length;
    }

    /**
     * Neighbour in a slot, or null.
     */
    Neighbour at(final int slot)
    {
        return bySlot[slot];
    }

    Collection<Neighbour> view()
    {
        return view;
    }

    /**
     * Least free slot, with room made for it.
     */
    int freeSlot()
    {
        int slot = 0;
        while (slot < bySlot.length && bySlot[slot] != null)
        {
            slot++;
        }
        if (slot == bySlot.length)
        {
            bySlot = Arrays.copyOf(bySlot, slot << 1);
        }
        return slot;
    }

    void add(final Neighbour neighbour)
    {
        bySlot[neighbour.slot] = neighbour;
        ordered.add(neighbour);
    }

    boolean contains(final Neighbour neighbour)
    {
        return bySlot[neighbour.slot] == neighbour;
    }

    void remove(final Neighbour neighbour)
    {
        bySlot[neighbour.slot] = null;
        ordered.remove(neighbour);
    }
}
