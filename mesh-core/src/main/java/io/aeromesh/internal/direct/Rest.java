package io.aeromesh.internal.direct;

/**
 * Passes a few tens of nanoseconds without touching memory that others use: a chain of dependent operations, some 2 ns
 * a step (xorshift, G. Marsaglia 2003: a chain of products and sums would be folded by the compiler, and then took no
 * time in some callers). A spin hint takes from 10 to 150 ns on different processors, and a look at the clock 20.
 */
final class Rest
{
    /** Kept, so that the chain is not optimised away. */
    private int chain = 1;

    void take(final int steps)
    {
        int value = chain;
        for (int i = 0; i < steps; i++)
        {
            value ^= value << 13;
            value ^= value >>> 17;
            value ^= value << 5;
        }
        chain = value;
    }
}
