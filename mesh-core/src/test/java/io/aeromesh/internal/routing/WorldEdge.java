package io.aeromesh.internal.routing;

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

    int peer(final int node)
    {
        return node == SmallGraph.low(pair) ? SmallGraph.high(pair) : SmallGraph.low(pair);
    }

    /** Each end has a nonce of its own. */
    long nonce(final int node)
    {
        return (pair * 64L + generation) * 64 + node + 1;
    }
}
