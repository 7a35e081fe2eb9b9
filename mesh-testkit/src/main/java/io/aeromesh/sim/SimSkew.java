package io.aeromesh.sim;

/**
 * How one node's clocks differ from the simulation's.
 *
 * @param rateMillionths by which its monotonic clock is fast, in millionths; negative: slow.
 * @param wallMs         by which its wall clock is ahead, in milliseconds; negative: behind.
 */
public record SimSkew(int rateMillionths, long wallMs)
{
    /** None. */
    public static final SimSkew NONE = new SimSkew(0, 0);

    private static final int MILLION = 1_000_000;

    long nanoTime(final SimClock clock)
    {
        final long nowNs = clock.nanoTime();
        return nowNs + nowNs / MILLION * rateMillionths;
    }
}
