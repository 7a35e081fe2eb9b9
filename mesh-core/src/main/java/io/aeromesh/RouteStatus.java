package io.aeromesh;

/**
 * A way to a node as it is now.
 *
 * @param destination name of the node.
 * @param nextHop     name of the neighbour on the way; empty: no way at this moment.
 * @param edge        name of the edge to it; empty: no way.
 * @param metric      sum of costs; 0 without a way.
 */
public record RouteStatus(String destination, String nextHop, String edge, int metric)
{
}
