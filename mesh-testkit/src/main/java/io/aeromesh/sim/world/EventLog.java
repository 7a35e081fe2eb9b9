package io.aeromesh.sim.world;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The last events of a world, for people; and a number that follows from all that happened in it.
 * <p>
 * <b>Threading:</b> the simulation's one thread.
 */
final class EventLog
{
    private static final int EVENTS_MAX = 20_000;
    private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;

    /** Whether events are kept. */
    enum Keep
    {
        /** Only the number. */
        HASH,
        /** Also what happened last. */
        EVENTS
    }

    /** Something that happened at a node; empty: to the world. */
    record Event(long tick, String node, String what)
    {
        @Override
        public String toString()
        {
            return String.format("%6d %-5s %s", tick, node, what);
        }
    }

    private final Keep keep;
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private long hash;
    private long tick;

    EventLog(final Keep keep)
    {
        this.keep = keep;
    }

    void tick(final long newTick)
    {
        tick = newTick;
    }

    void add(final String node, final String what)
    {
        mix(node.hashCode());
        mix(what.hashCode());
        note(node, what);
    }

    boolean keepsEvents()
    {
        return keep == Keep.EVENTS;
    }

    /**
     * For people only.
     */
    void note(final String node, final String what)
    {
        if (keep == Keep.EVENTS)
        {
            if (events.size() == EVENTS_MAX)
            {
                events.poll();
            }
            events.add(new Event(tick, node, what));
        }
    }

    void mix(final long value)
    {
        final long mixed = (hash ^ value) * PRIME;
        hash = mixed ^ mixed >>> 29;
    }

    long hash()
    {
        return hash;
    }

    /**
     * The last events of the world and of these nodes.
     */
    List<String> last(final List<String> nodes)
    {
        return events.stream()
            .filter(event -> event.node.isEmpty() || nodes.isEmpty() || nodes.contains(event.node))
            .map(Event::toString).toList();
    }
}
