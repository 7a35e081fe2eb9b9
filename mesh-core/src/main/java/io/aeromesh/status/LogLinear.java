package io.aeromesh.status;

/**
 * Buckets of a distribution: 16 for each power of two, so each is at most a sixteenth wide, and one for each value
 * below 16. What is beyond the last counts there.
 */
public final class LogLinear
{
    /** Number of buckets: up to 2^41 ns, half an hour. */
    public static final int BUCKETS = 608;

    private static final int LINEAR_BITS = 4;
    private static final int LINEAR = 1 << LINEAR_BITS;

    private LogLinear()
    {
    }

    /**
     * Bucket of a value; negative ones count as 0.
     */
    public static int index(final long value)
    {
        if (value < LINEAR)
        {
            return (int)Math.max(0, value);
        }
        final int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - LINEAR_BITS;
        return Math.min(BUCKETS - 1, (shift << LINEAR_BITS) + (int)(value >>> shift));
    }

    /**
     * Least value of a bucket.
     */
    public static long lowest(final int index)
    {
        if (index < LINEAR)
        {
            return index;
        }
        final int shift = (index >>> LINEAR_BITS) - 1;
        return (long)(LINEAR + (index & LINEAR - 1)) << shift;
    }

    /**
     * Largest value of a bucket.
     */
    public static long highest(final int index)
    {
        return index == BUCKETS - 1 ? Long.MAX_VALUE : lowest(index + 1) - 1;
    }
}
