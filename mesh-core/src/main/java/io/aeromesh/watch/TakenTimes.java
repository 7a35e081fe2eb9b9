package io.aeromesh.watch;

import io.aeromesh.status.LogLinear;

/**
 * A distribution of times as it was.
 * <p>
 * <b>Threading:</b> immutable.
 */
public final class TakenTimes
{
    private final long[] counts;
    private final long sumNs;
    private final long maxNs;

    TakenTimes(final long[] counts, final long sumNs, final long maxNs)
    {
        this.counts = counts;
        this.sumNs = sumNs;
        this.maxNs = maxNs;
    }

    /**
     * Is shown the buckets that are not empty, in order.
     */
    @FunctionalInterface
    public interface BucketVisitor
    {
        /**
         * One bucket.
         *
         * @param lowestNs  least time of it.
         * @param highestNs largest time of it, at most the largest that was taken.
         * @param count     of times in it.
         */
        void onBucket(long lowestNs, long highestNs, long count);
    }

    /**
     * Shows the buckets that are not empty.
     */
    public void forEach(final BucketVisitor visitor)
    {
        for (int i = 0; i < counts.length; i++)
        {
            if (counts[i] > 0)
            {
                visitor.onBucket(LogLinear.lowest(i),
                    Math.max(LogLinear.lowest(i), Math.min(LogLinear.highest(i), maxNs)), counts[i]);
            }
        }
    }

    /**
     * How many times were taken.
     */
    public long count()
    {
        long sum = 0;
        for (final long count : counts)
        {
            sum += Math.max(0, count);
        }
        return sum;
    }

    /**
     * Sum of them, in nanoseconds.
     */
    public long sumNs()
    {
        return sumNs;
    }

    /**
     * The largest, in nanoseconds.
     */
    public long maxNs()
    {
        return maxNs;
    }
}
