package io.aeromesh.tools.page;

import io.aeromesh.status.LogLinear;
import io.aeromesh.watch.TakenTimes;

/**
 * Counts of times in buckets, to be added up over nodes and subtracted over time.
 */
final class Distribution
{
    /** What is told of each, in percent. */
    private static final double[] PERCENTILES = {0, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 99.999, 100};
    private static final double WHOLE = 100;

    private final long[] counts = new long[LogLinear.BUCKETS];
    private long maxNs;

    /**
     * The percentiles of {@link #curve()}.
     */
    static double[] percentiles()
    {
        return PERCENTILES.clone();
    }

    /**
     * With these times too.
     */
    Distribution add(final TakenTimes times)
    {
        times.forEach((lowestNs, highestNs, count) -> counts[LogLinear.index(lowestNs)] += count);
        maxNs = Math.max(maxNs, times.maxNs());
        return this;
    }

    /**
     * With these times too, less those that were there before.
     */
    Distribution add(final TakenTimes times, final TakenTimes before)
    {
        final Distribution earlier = new Distribution().add(before);
        final Distribution later = new Distribution().add(times);
        for (int i = 0; i < counts.length; i++)
        {
            counts[i] += Math.max(0, later.counts[i] - earlier.counts[i]);
        }
        maxNs = Math.max(maxNs, times.maxNs());
        return this;
    }

    /**
     * Each value is the upper end of its bucket, so at most a sixteenth too large, and never above the largest time.
     */
    Picture.Curve curve()
    {
        long total = 0;
        for (final long count : counts)
        {
            total += count;
        }
        final long[] values = new long[total == 0 ? 0 : PERCENTILES.length];
        for (int i = 0; i < values.length; i++)
        {
            values[i] = valueAt(Math.max(1, (long)Math.ceil(total * (PERCENTILES[i] / WHOLE))));
        }
        return new Picture.Curve(total, values);
    }

    /**
     * @param rank of a time, from 1 on, in order.
     */
    private long valueAt(final long rank)
    {
        long seen = 0;
        int bucket = -1;
        while (seen < rank && bucket < counts.length - 1)
        {
            bucket++;
            seen += counts[bucket];
        }
        return Math.min(LogLinear.highest(bucket), Math.max(maxNs, LogLinear.lowest(bucket)));
    }
}
