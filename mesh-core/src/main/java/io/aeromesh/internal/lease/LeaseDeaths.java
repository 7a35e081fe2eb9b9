package io.aeromesh.internal.lease;

import java.util.ArrayList;
import java.util.List;

/**
 * Nodes that are said to be dead, and of which the kernel has not said so yet.
 * <p>
 * <b>Threading:</b> any thread, under a lock; {@link #isEmpty()} without. <b>Allocation:</b> for each death.
 */
final class LeaseDeaths
{
    /** One of them. */
    record Death(String name, long instanceHigh, long instanceLow)
    {
        /**
         * Whether another instance under this name is meant.
         */
        boolean isBefore(final String aliveName, final long aliveHigh, final long aliveLow)
        {
            return name.equals(aliveName) && (instanceHigh != aliveHigh || instanceLow != aliveLow);
        }
    }

    private final List<Death> deaths = new ArrayList<>();
    private volatile boolean isEmpty = true;

    boolean isEmpty()
    {
        return isEmpty;
    }

    synchronized void add(final Death death)
    {
        if (!deaths.contains(death))
        {
            deaths.add(death);
            isEmpty = false;
        }
    }

    synchronized boolean contains(final Death death)
    {
        return deaths.contains(death);
    }

    synchronized List<Death> all()
    {
        return List.copyOf(deaths);
    }

    synchronized void remove(final Death death)
    {
        deaths.remove(death);
        isEmpty = deaths.isEmpty();
    }
}
