package io.aeromesh.tools.watch;

import io.aeromesh.watch.TakenTimes;
import org.HdrHistogram.Histogram;

/**
 * What people want to know of a distribution, in nanoseconds. A percentile is the lower end of its bucket, so at most a
 * sixteenth too small.
 *
 * @param count how many times.
 * @param p50Ns half are at most this.
 * @param p99Ns 99 of 100 are at most this.
 * @param p999Ns 999 of 1000 are at most this.
 * @param maxNs the largest.
 */
record Percentiles(long count, long p50Ns, long p99Ns, long p999Ns, long maxNs)
{
    private static final int DIGITS = 3;

    /**
     * Of all that was taken.
     */
    static Percentiles of(final TakenTimes times)
    {
        return of(histogram(times), times.maxNs());
    }

    /**
     * Of what was taken between two looks at one node; the largest is to a sixteenth too.
     */
    static Percentiles between(final TakenTimes before, final TakenTimes after)
    {
        final Histogram histogram = histogram(after);
        histogram.subtract(histogram(before));
        return of(histogram, histogram.getMaxValue());
    }

    private static Histogram histogram(final TakenTimes times)
    {
        final Histogram histogram = new Histogram(DIGITS);
        histogram.setAutoResize(true);
        times.forEach((lowestNs, highestNs, count) -> histogram.recordValueWithCount(lowestNs, count));
        return histogram;
    }

    private static Percentiles of(final Histogram histogram, final long maxNs)
    {
        return new Percentiles(histogram.getTotalCount(), histogram.getValueAtPercentile(50),
            histogram.getValueAtPercentile(99), histogram.getValueAtPercentile(99.9), maxNs);
    }
}
