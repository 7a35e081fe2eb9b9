package io.aeromesh.internal.routing;

/**
 * Keeps each route in step with what the neighbours advertise, and tells the listener.
 */
final class RouteKeeper
{
    private final DestinationTable destinations;
    private final NeighbourTable neighbours;
    private final RouteSelector selector;
    private final FeasibilityRule rule;
    private final Outbox outbox;
    private final RouteListener listener;

    RouteKeeper(
        final DestinationTable destinations,
        final NeighbourTable neighbours,
        final RouteSelector selector,
        final FeasibilityRule rule,
        final Outbox outbox,
        final RouteListener listener)
    {
        this.destinations = destinations;
        this.neighbours = neighbours;
        this.selector = selector;
        this.rule = rule;
        this.outbox = outbox;
        this.listener = listener;
    }

    /**
     * Brings everything about one destination up to date with what is stored; then tells the listener.
     */
    void reconsider(final Destination destination)
    {
        if (destination.isLocal())
        {
            outbox.owe(destination);
            return;
        }
        final Route route = destination.route;
        final Neighbour oldNext = route.next;
        final int oldMetric = route.metric;
        final long oldPathEpoch = route.pathEpoch;
        final long oldInstanceHigh = route.instanceHigh;
        final long oldInstanceLow = route.instanceLow;

        follow(destination, selector.select(destination));
        selector.reviseWanted(destination);
        outbox.owe(destination);

        if (route.next == null)
        {
            if (oldNext != null)
            {
                listener.onRouteLost(route);
            }
            forgetIfDone(destination);
            return;
        }
        if (!destination.isAnnounced)
        {
            destinations.announce(destination);
            listener.onRouteAdded(route);
            return;
        }
        if (route.instanceHigh != oldInstanceHigh || route.instanceLow != oldInstanceLow)
        {
            listener.onInstanceChanged(route, oldInstanceHigh, oldInstanceLow);
        }
        if (route.next != oldNext)
        {
            listener.onRouteChanged(route, RouteChange.NEXT_HOP);
        }
        else if (route.pathEpoch != oldPathEpoch)
        {
            listener.onRouteChanged(route, RouteChange.PATH_EPOCH);
        }
        else if (route.metric != oldMetric)
        {
            listener.onRouteChanged(route, RouteChange.METRIC);
        }
    }

    private void follow(final Destination destination, final Neighbour next)
    {
        final Route route = destination.route;
        if (route.next != null && route.next != next)
        {
            route.losses++;
        }
        if (next == null)
        {
            if (route.next != null)
            {
                route.next = null;
                route.metric = Metrics.INFINITY;
                destination.version++;
            }
            return;
        }
        final Adjacency advert = destination.adjacency(next.slot);
        final int metric = selector.metricThrough(next, destination);
        final long pathEpoch = Mixes.nextPathEpoch(advert.pathEpoch, next.generationNonce, route.losses);
        final boolean isSame = route.next != null && route.metric == metric && route.pathEpoch == pathEpoch &&
            route.incarnation == advert.incarnation && route.sequence == advert.sequence &&
            route.instanceHigh == advert.instanceHigh && route.instanceLow == advert.instanceLow;
        route.next = next;
        if (!isSame)
        {
            route.metric = metric;
            route.pathEpoch = pathEpoch;
            route.incarnation = advert.incarnation;
            route.sequence = advert.sequence;
            route.instanceHigh = advert.instanceHigh;
            route.instanceLow = advert.instanceLow;
            destination.version++;
        }
    }

    /**
     * Forgets a destination, and how far it was, once no neighbour can still be following this node to it.
     */
    void forgetIfDone(final Destination destination)
    {
        if (destination.isReachable() || destination.isPermanent)
        {
            return;
        }
        for (int slot = 0; slot < neighbours.slotLimit(); slot++)
        {
            if (neighbours.at(slot) != null)
            {
                final Adjacency adjacency = destination.adjacency(slot);
                if (adjacency.isFinite() || !rule.mayForget(adjacency))
                {
                    return;
                }
            }
        }
        outbox.clear(destination);
        destinations.forget(destination);
        if (destination.isAnnounced)
        {
            listener.onRouteRemoved(destination.route);
        }
    }
}
