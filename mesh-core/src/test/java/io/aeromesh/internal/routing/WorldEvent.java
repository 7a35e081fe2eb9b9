package io.aeromesh.internal.routing;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that happens to a small world.
 *
 * @param kind   what happens.
 * @param number of the pair of nodes whose edge it is; of a restart, the node; of silence, twice the pair, and one more
 *               for the higher node.
 */
record WorldEvent(Kind kind, int number)
{
    /** What happens. */
    enum Kind
    {
        /** The edge is lost. */
        DOWN,
        /** There is an edge where there was none. */
        UP,
        /** The edge is another generation with another cost. */
        REPLACE,
        /** One node finds that the other end does not answer; or, if it did not, that it does again. */
        SILENCE,
        /** The process dies and starts again with a higher incarnation. */
        RESTART,
        /** The same, but its clock went back: with a lower incarnation. */
        RESTART_EARLIER
    }

    private static final int INCARNATION = 1_000_000;

    boolean isRestart()
    {
        return kind == Kind.RESTART || kind == Kind.RESTART_EARLIER;
    }

    /** Instance of a node that restarts as the index-th event; 0 is the one that was there first. */
    int instance(final int index)
    {
        return 2 * index + (kind == Kind.RESTART ? 1 : 2);
    }

    static long incarnation(final int instance)
    {
        return instance == 0 ? INCARNATION :
            (instance & 1) == 1 ? INCARNATION * (instance + 1L) : INCARNATION / (instance + 1L);
    }

    /** All that can happen to a world whose edges are these. */
    static List<WorldEvent> allOf(final SmallGraph graph)
    {
        final List<WorldEvent> events = new ArrayList<>();
        for (int pair = 0; pair < graph.pairCount(); pair++)
        {
            if (graph.has(pair))
            {
                events.add(new WorldEvent(Kind.DOWN, pair));
                events.add(new WorldEvent(Kind.REPLACE, pair));
                events.add(new WorldEvent(Kind.SILENCE, 2 * pair));
                events.add(new WorldEvent(Kind.SILENCE, 2 * pair + 1));
            }
            else
            {
                events.add(new WorldEvent(Kind.UP, pair));
            }
        }
        for (int node = 0; node < graph.nodes(); node++)
        {
            events.add(new WorldEvent(Kind.RESTART, node));
            events.add(new WorldEvent(Kind.RESTART_EARLIER, node));
        }
        return events;
    }

    /** Edges that are there once it has happened. */
    SmallGraph after(final SmallGraph graph)
    {
        return kind == Kind.DOWN ? new SmallGraph(graph.nodes(), graph.pairs() & ~(1 << number)) :
            kind == Kind.UP ? new SmallGraph(graph.nodes(), graph.pairs() | 1 << number) : graph;
    }

    /** The same event after the nodes were renumbered. */
    WorldEvent renumbered(final int[] permutation)
    {
        if (isRestart())
        {
            return new WorldEvent(kind, permutation[number]);
        }
        final int low = permutation[SmallGraph.low(pair())];
        final int high = permutation[SmallGraph.high(pair())];
        final int pair = SmallGraph.pair(low, high);
        return new WorldEvent(kind, kind == Kind.SILENCE ? 2 * pair + (low < high ? side() : 1 - side()) : pair);
    }

    /** Whose edge it is. */
    int pair()
    {
        return kind == Kind.SILENCE ? number >> 1 : number;
    }

    /** Of silence: 0 for the lower node, 1 for the higher one. */
    int side()
    {
        return number & 1;
    }

    @Override
    public String toString()
    {
        if (isRestart())
        {
            return kind + " " + SmallGraph.nameOf(number);
        }
        final String low = SmallGraph.nameOf(SmallGraph.low(pair()));
        final String high = SmallGraph.nameOf(SmallGraph.high(pair()));
        final String silent = side() == 0 ? high + " at " + low : low + " at " + high;
        return kind + " " + (kind == Kind.SILENCE ? silent : low + high);
    }
}
