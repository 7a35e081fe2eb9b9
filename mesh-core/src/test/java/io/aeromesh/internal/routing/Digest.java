package io.aeromesh.internal.routing;

/**
 * 128 bits of whatever was added, in its order. Two different inputs of one run have equal digests with a chance of
 * one in 2^128 for each pair of them.
 */
final class Digest
{
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long high;
    private long low;

    Digest reset()
    {
        high = GOLDEN_GAMMA;
        low = ~GOLDEN_GAMMA;
        return this;
    }

    /** Of these numbers alone. */
    Digest of(final int[] values)
    {
        reset();
        for (int i = 0; i + 1 < values.length; i += 2)
        {
            add((long)values[i] << 32 | values[i + 1] & 0xFFFF_FFFFL);
        }
        add((values.length & 1) == 0 ? values.length : (long)values[values.length - 1] << 32);
        return this;
    }

    void add(final long value)
    {
        high = mix(high ^ value * 0xBF58476D1CE4E5B9L);
        low = mix(low + value + GOLDEN_GAMMA);
    }

    long high()
    {
        return mix(high);
    }

    long low()
    {
        return mix(low ^ high);
    }

    private static long mix(final long value)
    {
        long z = value;
        z = (z ^ z >>> 32) * 0xD6E8FEB86659FD93L;
        return z ^ z >>> 29;
    }
}
