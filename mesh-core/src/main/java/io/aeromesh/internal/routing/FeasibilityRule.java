package io.aeromesh.internal.routing;

/**
 * The condition that keeps loops away (RFC 8966 sections 3.5.1 and 3.7.3; see the package). A class of its own only
 * so that tests can break it and see their checks fail.
 */
class FeasibilityRule
{
    /**
     * Whether a neighbour's finite advertisement may be followed.
     */
    boolean isFeasible(final FeasibilityDistance distance, final Adjacency advert)
    {
        final int order =
            Epochs.compare(advert.incarnation, advert.sequence, distance.incarnation, distance.sequence);
        return order > 0 || order == 0 && advert.metric < distance.metric;
    }

    /**
     * Whether the neighbour is known to hold nothing finite of this node's, so that the distance may be forgotten.
     */
    boolean mayForget(final Adjacency adjacency)
    {
        return adjacency.sent == Adjacency.Sent.NOTHING;
    }

    /**
     * Takes notice that this node advertises a finite metric.
     */
    void onAdvertised(final FeasibilityDistance distance, final Route route)
    {
        final int order =
            Epochs.compare(route.incarnation, route.sequence, distance.incarnation, distance.sequence);
        if (order > 0 || order == 0 && route.metric < distance.metric)
        {
            distance.incarnation = route.incarnation;
            distance.sequence = route.sequence;
            distance.metric = route.metric;
        }
    }
}
