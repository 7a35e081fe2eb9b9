package io.aeromesh.internal.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LinkCostTest
{
    @Test
    void shouldKeepAConfiguredCost()
    {
        final LinkCost cost = new LinkCost(7);
        assertFalse(cost.onRoundTrip(1_000_000_000));
        assertEquals(7, cost.cost());
        assertEquals(1_000_000_000, cost.roundTripNs());
    }

    @Test
    void shouldFollowHalfTheRoundTripInPowersOfTwo()
    {
        final LinkCost cost = new LinkCost(0);
        assertTrue(cost.onRoundTrip(200_000));
        assertEquals(64, cost.cost());
    }

    @Test
    void shouldNotFollowNoise()
    {
        final LinkCost cost = new LinkCost(0);
        cost.onRoundTrip(200_000);
        for (int i = 0; i < 100; i++)
        {
            assertFalse(cost.onRoundTrip(i % 2 == 0 ? 140_000 : 240_000));
        }
        assertEquals(64, cost.cost());
    }

    @Test
    void shouldFollowALastingChange()
    {
        final LinkCost cost = new LinkCost(0);
        cost.onRoundTrip(200_000);
        boolean changed = false;
        for (int i = 0; i < 100; i++)
        {
            changed |= cost.onRoundTrip(10_000);
        }
        assertTrue(changed);
        assertTrue(cost.cost() <= 8, "cost=" + cost.cost());
    }
}
