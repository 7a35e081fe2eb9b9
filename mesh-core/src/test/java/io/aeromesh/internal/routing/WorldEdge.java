package io.aeromesh.internal.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One generation of an edge between two nodes of a small world.
 *
 * @param pair         number of the pair of nodes.
 * @param costLow      of sending, for the lower node.
 * @param costHigh     of sending, for the higher node.
 * @param instanceLow  of the lower node, whose restarts are counted.
 * @param instanceHigh of the higher node.
 * @param generation   which one, of this pair.
 */
record WorldEdge(int pair, int costLow, int costHigh, int instanceLow, int instanceHigh, int generation)
{
    int cost(final int node)
    {
        return node == SmallGraph.low(pair) ? costLow : costHigh;
    }

    int instance(final int node)
    {
        return node == SmallGraph.low(pair) ? instanceLow : instanceHigh;
    }

    /** Each end has a nonce of its own. */
    long nonce(final int node)
    {
        return (pair * 64L + generation) * 64 + node + 1;
    }

    /**
     * All generations that an edge can have: at first, and as of each event. Costs are of pattern 0: each 1, and 3 when
     * it is replaced; or of pattern 1: from 1 to 5, of every other edge one more for the higher node; replaced, 4 more,
     * or 1.
     */
    static Stream<WorldEdge> generations(final int pair, final int costs, final List<WorldEvent> events)
    {
        final List<WorldEdge> all = new ArrayList<>();
        final int usual = costs == 0 ? 1 : 1 + pair * 2 % 5;
        final int other = costs == 0 ? 3 : usual > 2 ? 1 : usual + 4;
        final int skew = costs == 0 ? 0 : pair & 1;
        all.add(new WorldEdge(pair, usual, usual + skew, 0, 0, 1));
        int instanceLow = 0;
        int instanceHigh = 0;
        for (int index = 0; index < events.size(); index++)
        {
            final WorldEvent event = events.get(index);
            if (event.isRestart())
            {
                instanceLow = event.number() == SmallGraph.low(pair) ? event.instance(index) : instanceLow;
                instanceHigh = event.number() == SmallGraph.high(pair) ? event.instance(index) : instanceHigh;
            }
            final int cost = event.equals(new WorldEvent(WorldEvent.Kind.REPLACE, pair)) ? other : usual;
            all.add(new WorldEdge(pair, cost, cost + skew, instanceLow, instanceHigh, index + 2));
        }
        return all.stream();
    }
}
