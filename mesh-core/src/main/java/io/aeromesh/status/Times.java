package io.aeromesh.status;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * A distribution of times in the node's status memory.
 * <p>
 * <b>Threading:</b> the agent alone writes, and others read whenever they like: they may miss the last one in one of
 * the words. <b>Allocation:</b> none.
 */
public final class Times
{
    private final UnsafeBuffer buffer;
    private final int sum;
    private final int max;
    private final int buckets;

    Times(final UnsafeBuffer buffer, final int offset)
    {
        this.buffer = buffer;
        sum = offset + StatusLayout.TIMES_SUM_OFFSET;
        max = offset + StatusLayout.TIMES_MAX_OFFSET;
        buckets = offset + StatusLayout.TIMES_BUCKETS_OFFSET;
    }

    /**
     * Counts one.
     *
     * @param timeNs in nanoseconds; negative ones count as 0.
     */
    public void record(final long timeNs)
    {
        final long time = Math.max(0, timeNs);
        final int bucket = buckets + LogLinear.index(time) * Long.BYTES;
        buffer.putLong(bucket, buffer.getLong(bucket) + 1);
        buffer.putLong(sum, buffer.getLong(sum) + time);
        if (time > buffer.getLong(max))
        {
            buffer.putLong(max, time);
        }
    }
}
