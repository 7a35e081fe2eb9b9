package io.aeromesh.internal.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.MeshException;
import java.util.HashSet;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * The small values that routing is made of, at their edges.
 */
class RoutingValuesTest
{
    private static final int LAST_SEQUENCE = Integer.MAX_VALUE;

    @Test
    void shouldFollowTheLastSequenceByTheNextIncarnation()
    {
        assertEquals(5, Epochs.nextIncarnation(5, LAST_SEQUENCE - 1));
        assertEquals(LAST_SEQUENCE, Epochs.nextSequence(LAST_SEQUENCE - 1));
        assertEquals(6, Epochs.nextIncarnation(5, LAST_SEQUENCE));
        assertEquals(0, Epochs.nextSequence(LAST_SEQUENCE));
        assertEquals(NodeIdentity.INCARNATION_MAX,
            Epochs.nextIncarnation(NodeIdentity.INCARNATION_MAX, LAST_SEQUENCE));
    }

    /** Both rivals work out each other's step, also when they are of different versions: so it is fixed for good. */
    @Test
    void shouldStepAsFarAsOtherVersionsExpect()
    {
        assertEquals(1_001_644, Mixes.outbid(1_000_000, 1, 2));
        assertEquals(1_054_363, Mixes.outbid(1_000_000, -1, 0x0123_4567_89AB_CDEFL));
        assertEquals(NodeIdentity.INCARNATION_MAX, Mixes.outbid(NodeIdentity.INCARNATION_MAX, 1, 2));
    }

    @Test
    void shouldMakeAnotherPathEpochOfEachOrigin()
    {
        final Set<Long> epochs = new HashSet<>();
        for (int high = 0; high < 30; high++)
        {
            for (int low = 0; low < 30; low++)
            {
                assertTrue(epochs.add(Mixes.originPathEpoch(high, low)));
            }
        }
        assertFalse(epochs.contains(0L));
    }

    @Test
    void shouldMakeAnotherPathEpochOfEachHopNonceAndLoss()
    {
        final Set<Long> epochs = new HashSet<>();
        for (int advertised = 0; advertised < 20; advertised++)
        {
            for (int nonce = 0; nonce < 20; nonce++)
            {
                for (int losses = 0; losses < 20; losses++)
                {
                    assertTrue(epochs.add(Mixes.nextPathEpoch(advertised, nonce, losses)));
                }
            }
        }
    }

    @Test
    void shouldTellNamesApart()
    {
        final UnsafeBuffer packet = new UnsafeBuffer(new byte[] {0, 'a', 'b', 'c', 0});
        assertTrue(NameBytes.equal(new byte[] {'a', 'b', 'c'}, packet, 1, 3));
        assertFalse(NameBytes.equal(new byte[] {'a', 'b', 'd'}, packet, 1, 3));
        assertFalse(NameBytes.equal(new byte[] {'d', 'b', 'c'}, packet, 1, 3));
        assertFalse(NameBytes.equal(new byte[] {'a', 'b'}, packet, 1, 3));
        assertFalse(NameBytes.equal(new byte[] {'a', 'b', 'c', 'd'}, packet, 1, 3));
    }

    @Test
    void shouldRefuseBadIdentities()
    {
        assertEquals(0, new NodeIdentity(1, "a", 1, 1, 0).incarnation());
        assertEquals(NodeIdentity.INCARNATION_MAX,
            new NodeIdentity(1, "a", 1, 1, NodeIdentity.INCARNATION_MAX).incarnation());
        refused("nodeId=0", () -> new NodeIdentity(0, "a", 1, 1, 0));
        refused("name is empty", () -> new NodeIdentity(1, "", 1, 1, 0));
        refused("incarnation=-1", () -> new NodeIdentity(1, "a", 1, 1, -1));
        refused("incarnation=4611686018427387905",
            () -> new NodeIdentity(1, "a", 1, 1, NodeIdentity.INCARNATION_MAX + 1));
    }

    @Test
    void shouldRefuseLimitsThatCanNotBeKept()
    {
        assertNotEquals(RoutingConfig.defaults(), new RoutingConfig(1, 2, 256, 0));
        refused("maxDestinations=0", () -> new RoutingConfig(0, 2, 256, 0));
        refused("maxMetric=1", () -> new RoutingConfig(1, 1, 256, 0));
        refused("maxMetric=2147483647", () -> new RoutingConfig(1, Integer.MAX_VALUE, 256, 0));
        refused("packetLengthMax=255", () -> new RoutingConfig(1, 2, 255, 0));
        refused("packetLengthMax=1048577", () -> new RoutingConfig(1, 2, 1048577, 0));
        refused("rememberedDistances=-1", () -> new RoutingConfig(1, 2, 256, -1));
    }

    @Test
    void shouldRefuseACostBelowOne()
    {
        final TableBench bench = new TableBench();
        refused("cost=0", () -> bench.neighbour(2, 0));
        final Neighbour neighbour = bench.neighbour(2, 1);
        refused("cost=0", () -> bench.table.cost(neighbour, 0));
    }

    private static void refused(final String expected, final Executable action)
    {
        final String message = assertThrows(MeshException.class, action).getMessage();
        assertTrue(message.contains(expected), message);
    }
}
