package io.aeromesh.internal.routing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A connected graph of a few nodes. Pairs of nodes are numbered, and a graph is the set of the pairs that are joined.
 *
 * @param nodes how many.
 * @param pairs bit i is set when the two nodes of pair i are joined.
 */
record SmallGraph(int nodes, int pairs)
{
    /**
     * Number of a pair; the same for each count of nodes.
     */
    static int pair(final int a, final int b)
    {
        final int low = Math.min(a, b);
        final int high = Math.max(a, b);
        return high * (high - 1) / 2 + low;
    }

    static int high(final int pair)
    {
        int node = 1;
        while (node * (node + 1) / 2 <= pair)
        {
            node++;
        }
        return node;
    }

    static int low(final int pair)
    {
        final int high = high(pair);
        return pair - high * (high - 1) / 2;
    }

    int pairCount()
    {
        return nodes * (nodes - 1) / 2;
    }

    boolean has(final int pair)
    {
        return (pairs & 1 << pair) != 0;
    }

    /**
     * All connected graphs of that many nodes, one of each shape: the one with the least set of pairs among all
     * renumberings of its nodes.
     */
    static List<SmallGraph> allOf(final int nodes)
    {
        final List<int[]> permutations = permutations(nodes);
        final List<SmallGraph> graphs = new ArrayList<>();
        final Set<Integer> shapes = new HashSet<>();
        for (int pairs = 0; pairs < 1 << nodes * (nodes - 1) / 2; pairs++)
        {
            final SmallGraph graph = new SmallGraph(nodes, pairs);
            if (graph.isConnected() && shapes.add(graph.shape(permutations)))
            {
                graphs.add(graph);
            }
        }
        return graphs;
    }

    /**
     * The renumberings of the nodes that leave the graph as it is.
     */
    List<int[]> symmetries()
    {
        return permutations(nodes).stream().filter(each -> renumbered(each) == pairs).toList();
    }

    private boolean isConnected()
    {
        int reached = 1;
        for (int round = 1; round < nodes; round++)
        {
            for (int pair = 0; pair < pairCount(); pair++)
            {
                final int ends = 1 << low(pair) | 1 << high(pair);
                if (has(pair) && (reached & ends) != 0)
                {
                    reached |= ends;
                }
            }
        }
        return reached == (1 << nodes) - 1;
    }

    private int shape(final List<int[]> permutations)
    {
        return permutations.stream().mapToInt(this::renumbered).min().orElseThrow();
    }

    private int renumbered(final int[] permutation)
    {
        int renumbered = 0;
        for (int pair = 0; pair < pairCount(); pair++)
        {
            if (has(pair))
            {
                renumbered |= 1 << pair(permutation[low(pair)], permutation[high(pair)]);
            }
        }
        return renumbered;
    }

    private static List<int[]> permutations(final int count)
    {
        final List<int[]> all = new ArrayList<>();
        permute(new int[count], 0, 0, all);
        return all;
    }

    private static void permute(final int[] chosen, final int length, final int used, final List<int[]> all)
    {
        if (length == chosen.length)
        {
            all.add(chosen.clone());
            return;
        }
        for (int next = 0; next < chosen.length; next++)
        {
            if ((used & 1 << next) == 0)
            {
                chosen[length] = next;
                permute(chosen, length + 1, used | 1 << next, all);
            }
        }
    }

    @Override
    public String toString()
    {
        final StringBuilder text = new StringBuilder().append(nodes).append(" nodes");
        for (int pair = 0; pair < pairCount(); pair++)
        {
            if (has(pair))
            {
                text.append(' ').append(nameOf(low(pair))).append(nameOf(high(pair)));
            }
        }
        return text.toString();
    }

    static String nameOf(final int node)
    {
        return String.valueOf((char)('a' + node));
    }
}
