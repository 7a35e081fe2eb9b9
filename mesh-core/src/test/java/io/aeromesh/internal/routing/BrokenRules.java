package io.aeromesh.internal.routing;

/**
 * Rules of feasibility with a defect each, which whoever looks for loops has to find.
 */
final class BrokenRules
{
    private BrokenRules()
    {
    }

    static FeasibilityRule allFeasible()
    {
        return new FeasibilityRule()
        {
            @Override
            boolean isFeasible(final FeasibilityDistance distance, final Adjacency advert)
            {
                return true;
            }
        };
    }

    static FeasibilityRule equalMetricFeasible()
    {
        return new FeasibilityRule()
        {
            @Override
            boolean isFeasible(final FeasibilityDistance distance, final Adjacency advert)
            {
                return super.isFeasible(distance, advert) || advert.incarnation == distance.incarnation &&
                    advert.sequence == distance.sequence && advert.metric == distance.metric;
            }
        };
    }

    static FeasibilityRule distanceNotLowered()
    {
        return new FeasibilityRule()
        {
            @Override
            void onAdvertised(final FeasibilityDistance distance, final Route route)
            {
            }
        };
    }

    static FeasibilityRule distanceRaised()
    {
        return new FeasibilityRule()
        {
            @Override
            void onAdvertised(final FeasibilityDistance distance, final Route route)
            {
                distance.incarnation = route.incarnation;
                distance.sequence = route.sequence;
                distance.metric = route.metric;
            }
        };
    }

    static FeasibilityRule distanceForgottenEarly()
    {
        return new FeasibilityRule()
        {
            @Override
            boolean mayForget(final Adjacency adjacency)
            {
                return adjacency.sent != Adjacency.Sent.ADVERTISED;
            }
        };
    }
}
