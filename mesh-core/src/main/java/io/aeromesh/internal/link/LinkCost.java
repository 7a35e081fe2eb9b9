package io.aeromesh.internal.link;

import java.util.concurrent.TimeUnit;

/**
 * Cost of a link for routing: configured, or half the measured round trip in microseconds, rounded to a power of two.
 * The rounded cost follows only when the mean has left its neighbourhood, so that noise moves no route. Agent thread.
 */
final class LinkCost
{
    private static final int WEIGHT_SHIFT = 3;

    private final int configured;
    private long meanRoundTripNs = -1;
    private int cost;

    LinkCost(final int configured)
    {
        this.configured = configured;
        cost = Math.max(1, configured);
    }

    int cost()
    {
        return cost;
    }

    /**
     * Smoothed; -1 while unmeasured.
     */
    long roundTripNs()
    {
        return meanRoundTripNs;
    }

    /**
     * Takes a measurement.
     *
     * @return true when the cost has changed.
     */
    boolean onRoundTrip(final long roundTripNs)
    {
        meanRoundTripNs = meanRoundTripNs < 0 ? roundTripNs :
            meanRoundTripNs + ((roundTripNs - meanRoundTripNs) >> WEIGHT_SHIFT);
        if (configured > 0)
        {
            return false;
        }

        final long halfUs = Math.min(1 << 20, Math.max(1, TimeUnit.NANOSECONDS.toMicros(meanRoundTripNs / 2)));
        if (halfUs > 2L * cost || halfUs * 4 < cost)
        {
            cost = (int)Long.highestOneBit(halfUs);
            return true;
        }
        return false;
    }
}
