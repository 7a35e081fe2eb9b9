package io.aeromesh.internal.routing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.internal.routing.RoutingMesh.LoopFound;
import org.junit.jupiter.api.Test;

/**
 * Breaks the feasibility rule in five ways and sees the loop check of {@link RoutingPropertyTest} fail.
 */
class RoutingCanaryTest
{
    private static final int CANARY_SEEDS = 5000;

    @Test
    void shouldCatchRoutesFollowedWithoutFeasibility()
    {
        assertTrue(findsLoop(new FeasibilityRule()
        {
            @Override
            boolean isFeasible(final FeasibilityDistance distance, final Adjacency advert)
            {
                return true;
            }
        }));
    }

    @Test
    void shouldCatchDistanceNotLoweredWhenAdvertised()
    {
        assertTrue(findsLoop(new FeasibilityRule()
        {
            @Override
            void onAdvertised(final FeasibilityDistance distance, final Route route)
            {
            }
        }));
    }

    @Test
    void shouldCatchEqualMetricTakenForFeasible()
    {
        assertTrue(findsLoop(new FeasibilityRule()
        {
            @Override
            boolean isFeasible(final FeasibilityDistance distance, final Adjacency advert)
            {
                return super.isFeasible(distance, advert) || advert.incarnation == distance.incarnation &&
                    advert.sequence == distance.sequence && advert.metric == distance.metric;
            }
        }));
    }

    @Test
    void shouldCatchDistanceRaisedToTheLatestMetric()
    {
        assertTrue(findsLoop(new FeasibilityRule()
        {
            @Override
            void onAdvertised(final FeasibilityDistance distance, final Route route)
            {
                distance.incarnation = route.incarnation;
                distance.sequence = route.sequence;
                distance.metric = route.metric;
            }
        }));
    }

    @Test
    void shouldCatchDistanceForgottenBeforeTheRetractionIsAcknowledged()
    {
        assertTrue(findsLoop(new FeasibilityRule()
        {
            @Override
            boolean mayForget(final Adjacency adjacency)
            {
                return adjacency.sent != Adjacency.Sent.ADVERTISED;
            }
        }));
    }

    private static boolean findsLoop(final FeasibilityRule rule)
    {
        for (long seed = 0; seed < CANARY_SEEDS; seed++)
        {
            try
            {
                RoutingPropertyTest.run(seed, rule);
            }
            catch (final LoopFound ex)
            {
                return true;
            }
            catch (final AssertionError ex)
            {
                // Another consequence of the broken rule; look on for a loop.
            }
        }
        return false;
    }
}
