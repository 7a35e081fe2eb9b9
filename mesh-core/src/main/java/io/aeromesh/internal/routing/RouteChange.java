package io.aeromesh.internal.routing;

/**
 * What changed about a route; the first that applies, in this order.
 */
public enum RouteChange
{
    /** The next hop, and with it the path epoch; also when a lost route is found again. */
    NEXT_HOP,
    /** Something on the path was replaced; the next hop is the same. */
    PATH_EPOCH,
    /** The metric alone. */
    METRIC
}
