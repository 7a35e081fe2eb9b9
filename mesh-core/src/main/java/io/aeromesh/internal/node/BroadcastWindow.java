package io.aeromesh.internal.node;

/**
 * Which of a source's latest broadcast packets were passed on: a sliding window of 64 sequences below the highest one,
 * as in RFC 4303, section 3.4.3. Older ones count as seen; their loss is covered by the change of path that made them
 * late. Agent thread.
 */
final class BroadcastWindow
{
    private static final int SIZE = Long.SIZE;

    private long instanceHigh;
    private long instanceLow;
    private boolean begun;
    private int highest;
    private long seen;

    /**
     * Forgets everything when the source has restarted.
     */
    void instance(final long high, final long low)
    {
        if (high != instanceHigh || low != instanceLow)
        {
            instanceHigh = high;
            instanceLow = low;
            begun = false;
        }
    }

    /**
     * Notes a sequence.
     *
     * @return whether it is new.
     */
    boolean isNew(final int sequence)
    {
        if (!begun)
        {
            begun = true;
            highest = sequence;
            seen = 1;
            return true;
        }

        final int ahead = sequence - highest;
        if (ahead > 0)
        {
            seen = ahead >= SIZE ? 1 : seen << ahead | 1;
            highest = sequence;
            return true;
        }
        final int behind = -ahead;
        final long bit = 1L << behind;
        if (behind < 0 || behind >= SIZE || (seen & bit) != 0)
        {
            return false;
        }
        seen |= bit;
        return true;
    }
}
