package io.aeromesh.internal.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real routing tables in every small world: at each instant no loop, no distance that rises in its epoch, and no table
 * that does two things in one state; once it has settled, shortest paths, and an event for whoever lost his way. And
 * each world settles.
 */
@Tag("slow")
class SmallWorldsTest
{
    static List<SmallWorldTier> tiers()
    {
        return SmallWorldTier.asked();
    }

    @ParameterizedTest
    @MethodSource("tiers")
    void shouldKeepTheRulesInEveryInterleaving(final SmallWorldTier tier)
    {
        final long start = System.nanoTime();
        final WorldSearch search = tier.search();
        System.out.println("small worlds: " + tier + ": " + search + ", 0 violations; " +
            (System.nanoTime() - start) / 1_000_000 + " ms");
        assertTrue(search.worlds() > 0);
    }

    @Test
    void shouldKnowHowManyConnectedGraphsThereAre()
    {
        assertEquals(1, SmallGraph.allOf(1).size());
        assertEquals(1, SmallGraph.allOf(2).size());
        assertEquals(2, SmallGraph.allOf(3).size());
        assertEquals(6, SmallGraph.allOf(4).size());
        assertEquals(21, SmallGraph.allOf(5).size());
    }
}
