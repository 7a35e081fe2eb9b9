package io.aeromesh.tools.look;

import io.aeromesh.status.LogLinear;
import io.aeromesh.watch.TakenTimes;

/**
 * Counts of times in buckets, to be added up over nodes and subtracted over time.
 * <p>
 * <b>Threading:</b> one thread.
 */
public final class Distribution
{
    private static final double WHOLE = 100;

    private final long[] counts = new long[LogLinear.BUCKETS];
    private long maxNs;

    /**
     * With these times too.
     */
    public Distribution add(final TakenTimes times)
    {
        times.forEach((lowestNs, highestNs, count) -> counts[LogLinear.index(lowestNs)] += count);
        maxNs = Math.max(maxNs, times.maxNs());
        return this;
    }

    /**
     * With these times too, less those that were there before.
     */
    public Distribution add(final TakenTimes times, final TakenTimes before)
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
     * How many times.
     */
    public long count()
    {
        long total = 0;
        for (final long count : counts)
        {
            total += count;
        }
        return total;
    }

    /**
     * What so many of a hundred times are at most: the upper end of its bucket, so at most a sixteenth too large, and
     * never above the largest time.
     *
     * @param percent from 0, the least time, to 100, the largest.
     * @return in nanoseconds; 0 when there are no times.
     */
    public long valueAt(final double percent)
    {
        final long total = count();
        if (total == 0)
        {
            return 0;
        }
        final long rank = Math.max(1, (long)Math.ceil(total * (percent / WHOLE)));
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
