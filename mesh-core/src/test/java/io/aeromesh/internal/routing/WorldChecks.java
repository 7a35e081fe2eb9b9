package io.aeromesh.internal.routing;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What must hold of a small world: at each instant no forwarding cycle; once it is settled, the shortest paths that
 * Floyd and Warshall's algorithm finds, and nobody without an event whose way was broken before.
 */
final class WorldChecks
{
    private final SmallWorld world;
    private final TableStates tables;
    private final int nodes;
    private final int first;
    private final int last;

    WorldChecks(final SmallWorld world, final TableStates tables)
    {
        this.world = world;
        this.tables = tables;
        nodes = world.graph.nodes();
        first = Math.max(world.destination, 0);
        last = world.destination < 0 ? nodes - 1 : world.destination;
    }

    /** A cycle that a packet would go round now, or null. */
    String loop(final int[] at)
    {
        for (int to = first; to <= last; to++)
        {
            for (int from = 0; from < nodes; from++)
            {
                int node = from;
                for (int hops = 0; node >= 0 && node != to; hops++)
                {
                    if (hops > nodes)
                    {
                        return "loop to " + SmallGraph.nameOf(to) + " from " + SmallGraph.nameOf(from);
                    }
                    final int next = tables.next(at[node], to);
                    node = next >= 0 && world.isJoined(at, node, next) ? next : -1;
                }
            }
        }
        return null;
    }

    /** Bit from * nodes + to of each way on which a packet would be discarded or lost now. */
    int broken(final int[] at)
    {
        int bits = 0;
        for (int to = first; to <= last; to++)
        {
            for (int from = 0; from < nodes; from++)
            {
                if (!isWhole(at, from, to))
                {
                    bits |= 1 << from * nodes + to;
                }
            }
        }
        return bits;
    }

    private boolean isWhole(final int[] at, final int from, final int to)
    {
        int node = from;
        for (int hops = 0; node != to && hops <= nodes; hops++)
        {
            final int next = tables.next(at[node], to);
            if (next < 0 || !world.arrives(at, node, next))
            {
                return false;
            }
            node = next;
        }
        return true;
    }

    /**
     * @param owed bits of the ways that were broken, and no event has been seen at their start since.
     * @return what is wrong, or null.
     */
    String settled(final int[] at, final int owed)
    {
        final long[][] distance = distances(at);
        for (int from = 0; from < nodes; from++)
        {
            for (int to = first; to <= last; to++)
            {
                final String failure = from == to ? null : settled(at, from, to, distance[from][to], owed);
                if (failure != null)
                {
                    return failure + ": " + SmallGraph.nameOf(from) + " to " + SmallGraph.nameOf(to) +
                        ", shortest=" + distance[from][to] + ", has " + tables.route(at[from], to);
                }
            }
        }
        return null;
    }

    private String settled(final int[] at, final int from, final int to, final long distance, final int owed)
    {
        final Route route = tables.route(at[from], to);
        if (distance >= Metrics.INFINITY)
        {
            return route == null || route.next == null && isAnySilent(at) ? null : "not forgotten";
        }
        if (route == null || route.next == null)
        {
            return "no route";
        }
        if (route.metric != distance)
        {
            return "not the shortest";
        }
        final int next = tables.next(at[from], to);
        final int instance = world.instance(at, to);
        if (route.instanceHigh != to + 1 || route.instanceLow != instance + 1)
        {
            return "another instance";
        }
        final long before = next == to ?
            Mixes.originPathEpoch(to + 1, instance + 1) : tables.route(at[next], to).pathEpoch;
        if ((owed & 1 << from * nodes + to) != 0)
        {
            return "the path was broken and no event told of it";
        }
        final long nonce = world.edge(at, from, next).nonce(from);
        return route.pathEpoch == Mixes.nextPathEpoch(before, nonce, route.losses) ? null :
            "path epoch of another path";
    }

    /** What was learnt from a neighbour that is silent now is kept. */
    private boolean isAnySilent(final int[] at)
    {
        return IntStream.range(0, nodes).anyMatch(node -> tables.silent(at[node]) != 0);
    }

    private long[][] distances(final int[] at)
    {
        final long[][] distance = new long[nodes][nodes];
        for (int a = 0; a < nodes; a++)
        {
            Arrays.fill(distance[a], Metrics.INFINITY);
            distance[a][a] = 0;
            for (int b = 0; b < nodes; b++)
            {
                final WorldEdge edge = a == b ? null : world.edge(at, a, b);
                if (edge != null && (tables.silent(at[a]) & 1 << b) == 0)
                {
                    distance[a][b] = edge.cost(a);
                }
            }
        }
        for (int k = 0; k < nodes; k++)
        {
            for (int a = 0; a < nodes; a++)
            {
                for (int b = 0; b < nodes; b++)
                {
                    distance[a][b] = Math.min(distance[a][b], distance[a][k] + distance[k][b]);
                }
            }
        }
        return distance;
    }

    /** Routes of all nodes, for people. */
    String text(final int[] at)
    {
        final StringBuilder text = new StringBuilder();
        for (int from = 0; from < nodes; from++)
        {
            for (int to = first; to <= last; to++)
            {
                if (from != to)
                {
                    final int next = tables.next(at[from], to);
                    text.append(text.length() == 0 ? "" : ", ").append(SmallGraph.nameOf(from)).append("->")
                        .append(SmallGraph.nameOf(to)).append(next < 0 ? " none" : " by " + SmallGraph.nameOf(next));
                }
            }
        }
        return text.toString();
    }
}
