package io.aeromesh.internal.routing;

/**
 * Chooses next hops and decides which epochs to ask for. Changes nothing but a destination's wanted epoch.
 */
final class RouteSelector
{
    private final NeighbourTable neighbours;
    private final FeasibilityRule rule;
    private final int maxMetric;

    RouteSelector(final NeighbourTable neighbours, final FeasibilityRule rule, final int maxMetric)
    {
        this.neighbours = neighbours;
        this.rule = rule;
        this.maxMetric = maxMetric;
    }

    /**
     * Metric of a destination through a neighbour, feasible or not; infinite if the neighbour is silent.
     */
    int metricThrough(final Neighbour neighbour, final Destination destination)
    {
        final Adjacency advert = destination.adjacency(neighbour.slot);
        return neighbour.reachability == Reachability.SILENT || !advert.isFinite() ?
            Metrics.INFINITY : Metrics.add(advert.metric, neighbour.cost, maxMetric);
    }

    /**
     * The feasible neighbour to use: of the newest incarnation, then least metric, then the current one, then the
     * lowest id, then the lowest slot. The incarnation comes first so that a restarted node's new route displaces
     * the stale ones, and two live nodes with one name find out about each other, whatever their metrics.
     *
     * @return null if there is none.
     */
    Neighbour select(final Destination destination)
    {
        final Neighbour current = destination.route.next;
        Neighbour best = null;
        long bestIncarnation = 0;
        int bestMetric = Metrics.INFINITY;
        for (int slot = 0; slot < neighbours.slotLimit(); slot++)
        {
            final Neighbour each = neighbours.at(slot);
            if (each == null)
            {
                continue;
            }
            final int metric = metricThrough(each, destination);
            final Adjacency advert = destination.adjacency(slot);
            if (metric == Metrics.INFINITY || !rule.isFeasible(destination.distance, advert))
            {
                continue;
            }
            if (best == null || advert.incarnation > bestIncarnation ||
                advert.incarnation == bestIncarnation &&
                    (metric < bestMetric || metric == bestMetric && breaksTie(each, best, current)))
            {
                best = each;
                bestIncarnation = advert.incarnation;
                bestMetric = metric;
            }
        }
        return best;
    }

    /**
     * Raises the wanted epoch if a neighbour's infeasible advertisement would serve better than the current route,
     * and drops it when it has arrived. Advertisements older than our distance are on their way to be replaced when
     * there is a route, so asking for a newer epoch on their account could go on for ever.
     */
    void reviseWanted(final Destination destination)
    {
        if (destination.isWanted() && destination.reaches(destination.wantedIncarnation, destination.wantedSequence))
        {
            destination.wantedIncarnation = Epochs.NONE;
        }
        final FeasibilityDistance distance = destination.distance;
        final Route route = destination.route;
        final boolean isCurrent = route.next == null ||
            Epochs.compare(route.incarnation, route.sequence, distance.incarnation, distance.sequence) == 0;
        for (int slot = 0; slot < neighbours.slotLimit(); slot++)
        {
            final Neighbour each = neighbours.at(slot);
            final int metric = each == null ? Metrics.INFINITY : metricThrough(each, destination);
            if (metric == Metrics.INFINITY)
            {
                continue;
            }
            final Adjacency advert = destination.adjacency(slot);
            if (isAnotherInstance(advert, route))
            {
                destination.want(Math.min(route.incarnation + 1, NodeIdentity.INCARNATION_MAX), 0);
            }
            if (metric < route.metric && !distance.isNone() && !rule.isFeasible(distance, advert))
            {
                wantFor(destination, advert, isCurrent);
            }
        }
    }

    private static void wantFor(final Destination destination, final Adjacency advert, final boolean isCurrent)
    {
        final FeasibilityDistance distance = destination.distance;
        final boolean isOfDistance = Epochs.compare(
            advert.incarnation, advert.sequence, distance.incarnation, distance.sequence) == 0;
        if (isOfDistance && isCurrent)
        {
            destination.want(
                Epochs.nextIncarnation(distance.incarnation, distance.sequence),
                Epochs.nextSequence(distance.sequence));
        }
        else if (destination.route.next == null)
        {
            destination.want(distance.incarnation, distance.sequence);
        }
    }

    /**
     * Two instances of one incarnation hide each other: neither end hears of the other one's routes. Asking for the
     * next incarnation makes one of them outbid the other.
     */
    private static boolean isAnotherInstance(final Adjacency advert, final Route route)
    {
        return route.next != null && advert.incarnation == route.incarnation &&
            (advert.instanceHigh != route.instanceHigh || advert.instanceLow != route.instanceLow);
    }

    /**
     * Whether a neighbour is to be asked for the wanted epoch: the next hop if there is one, else all that have a
     * way; once per advertisement of theirs.
     */
    boolean isToBeAsked(final Neighbour neighbour, final Destination destination)
    {
        if (!destination.isWanted() || destination.isLocal())
        {
            return false;
        }
        final Neighbour next = destination.route.next;
        return (next == null ? metricThrough(neighbour, destination) != Metrics.INFINITY : next == neighbour) &&
            !destination.adjacency(neighbour.slot)
                .wasAsked(destination.wantedIncarnation, destination.wantedSequence);
    }

    private static boolean breaksTie(final Neighbour each, final Neighbour best, final Neighbour current)
    {
        return each == current ||
            best != current && Long.compareUnsigned(each.nodeId, best.nodeId) < 0;
    }
}
