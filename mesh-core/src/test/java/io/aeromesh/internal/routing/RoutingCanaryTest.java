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
        assertTrue(findsLoop(BrokenRules.allFeasible()));
    }

    @Test
    void shouldCatchDistanceNotLoweredWhenAdvertised()
    {
        assertTrue(findsLoop(BrokenRules.distanceNotLowered()));
    }

    @Test
    void shouldCatchEqualMetricTakenForFeasible()
    {
        assertTrue(findsLoop(BrokenRules.equalMetricFeasible()));
    }

    @Test
    void shouldCatchDistanceRaisedToTheLatestMetric()
    {
        assertTrue(findsLoop(BrokenRules.distanceRaised()));
    }

    @Test
    void shouldCatchDistanceForgottenBeforeTheRetractionIsAcknowledged()
    {
        assertTrue(findsLoop(BrokenRules.distanceForgottenEarly()));
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
