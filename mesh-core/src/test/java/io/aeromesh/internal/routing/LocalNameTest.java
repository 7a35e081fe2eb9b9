package io.aeromesh.internal.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.internal.routing.LocalName.Outcome;
import org.junit.jupiter.api.Test;

/**
 * A node's own epoch and its rivals, at the edges.
 */
class LocalNameTest
{
    private static final long HIGH = 5;
    private static final long LOW = 50;

    private final LocalName name = name(100);

    private static LocalName name(final long incarnation)
    {
        return new LocalName(new NodeIdentity(1, "self", HIGH, LOW, incarnation));
    }

    @Test
    void shouldCompareInstancesAsUnsignedNumbersOf128Bits()
    {
        assertTrue(name.isLowerThan(HIGH + 1, 0));
        assertTrue(name.isLowerThan(-1, 0));
        assertFalse(name.isLowerThan(HIGH - 1, -1));
        assertTrue(name.isLowerThan(HIGH, LOW + 1));
        assertTrue(name.isLowerThan(HIGH, -1));
        assertFalse(name.isLowerThan(HIGH, LOW - 1));
        assertFalse(name.isLowerThan(HIGH, LOW));
    }

    @Test
    void shouldKeepItsEpochWhenOneThatItHasIsAskedFor()
    {
        assertTrue(name.onRequest(100, 3));
        assertFalse(name.onRequest(100, 3));
        assertFalse(name.onRequest(100, 2));
        assertFalse(name.onRequest(99, 4));
        assertEquals(100, name.incarnation());
        assertEquals(3, name.sequence());
    }

    @Test
    void shouldJumpAboveAStaleRouteOfItsOwnIncarnation()
    {
        assertEquals(Outcome.NOTHING, name.onAdvertised(7, 7, 99));
        assertEquals(Outcome.OUTBID, name.onAdvertised(7, 7, 100));
        assertEquals(Mixes.outbid(100, HIGH, LOW), name.incarnation());
        assertEquals(0, name.sequence());
    }

    @Test
    void shouldDoNothingWhereNoHigherIncarnationIsLeft()
    {
        final LocalName last = name(NodeIdentity.INCARNATION_MAX);
        assertEquals(Outcome.NOTHING, last.onAdvertised(3, 3, NodeIdentity.INCARNATION_MAX));
        assertEquals(NodeIdentity.INCARNATION_MAX, last.incarnation());
    }

    @Test
    void shouldCountTheProofsOfEachRivalByItself()
    {
        assertEquals(Outcome.OUTBID_DUPLICATE, name.onAdvertised(8, 8, Mixes.outbid(name.incarnation(), 8, 8)));
        assertEquals(Outcome.OUTBID_DUPLICATE, name.onAdvertised(9, 9, Mixes.outbid(name.incarnation(), 9, 9)));
        assertEquals(Outcome.WITHDRAW, name.onAdvertised(9, 9, Mixes.outbid(name.incarnation(), 9, 9)));
    }

    @Test
    void shouldForgetTheEldestOfMoreRivalsThanItKeeps()
    {
        for (int rival = 8; rival < 13; rival++)
        {
            assertEquals(Outcome.OUTBID_DUPLICATE,
                name.onAdvertised(rival, rival, Mixes.outbid(name.incarnation(), rival, rival)));
        }
        assertEquals(Outcome.WITHDRAW, name.onAdvertised(12, 12, Mixes.outbid(name.incarnation(), 12, 12)));
        assertEquals(Outcome.OUTBID_DUPLICATE, name.onAdvertised(8, 8, Mixes.outbid(name.incarnation(), 8, 8)));
    }
}
