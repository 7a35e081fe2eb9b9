package io.aeromesh.internal.routing;

/**
 * Makes path epochs and jump widths: 64-bit values of which nothing but equality is used. The finaliser is
 * variant 13 of David Stafford's "Better Bit Mixing" (2011), as in SplitMix64.
 */
final class Mixes
{
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final int JUMP_MASK = 0xFFFF;

    private Mixes()
    {
    }

    /**
     * Path epoch at the destination itself.
     */
    static long originPathEpoch(final long instanceHigh, final long instanceLow)
    {
        return notZero(mix(mix(instanceHigh) + instanceLow));
    }

    /**
     * The next path epoch at the destination itself.
     */
    static long renewed(final long pathEpoch)
    {
        return notZero(mix(pathEpoch));
    }

    /**
     * Path epoch one hop on.
     *
     * @param advertised by the next hop.
     * @param nonce      of the edge generation to it, at this end.
     * @param bumps      of that edge.
     */
    static long nextPathEpoch(final long advertised, final long nonce, final long bumps)
    {
        return notZero(mix(mix(mix(advertised) + nonce) + bumps));
    }

    /**
     * The incarnation with which an instance outbids another one. The width of the step is the instance's own, so
     * that the outbid one can tell an answer to its own epoch from a stale route.
     */
    static long outbid(final long incarnation, final long instanceHigh, final long instanceLow)
    {
        final long step = 1 + (mix(mix(instanceHigh) + instanceLow) & JUMP_MASK);
        return Math.min(incarnation + step, NodeIdentity.INCARNATION_MAX);
    }

    private static long mix(final long value)
    {
        long z = value + GOLDEN_GAMMA;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    private static long notZero(final long value)
    {
        return value == 0 ? 1 : value;
    }
}
