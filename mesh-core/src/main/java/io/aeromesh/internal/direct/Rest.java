package io.aeromesh.internal.direct;

/**
 * Passes a few tens of nanoseconds without touching memory that others use: a chain of dependent operations, about a
 * nanosecond each. A spin hint takes from 10 to 150 ns on different processors, and a look at the clock 20.
 */
final class Rest
{
    /** Kept, so that the chain is not optimised away. */
    private int chain;

    void take(final int steps)
    {
        int value = chain;
        for (int i = 0; i < steps; i++)
        {
            value = value * 31 + i;
        }
        chain = value;
    }
}
