package io.aeromesh.tools.worker;

import org.agrona.BitUtil;

/**
 * Positions of the messages last accepted, to turn a report of bytes into a number of messages.
 * <p>
 * <b>Threading:</b> one thread. <b>Allocation:</b> none.
 */
final class UnacknowledgedPositions
{
    /** A message takes at least this many bytes of a window. */
    private static final int MESSAGE_LENGTH_MIN = 8;

    private final long[] positions;
    private final int mask;
    private long accepted;

    UnacknowledgedPositions(final int windowLength)
    {
        positions = new long[BitUtil.findNextPositivePowerOfTwo(windowLength / MESSAGE_LENGTH_MIN)];
        mask = positions.length - 1;
    }

    void onAccepted(final long position)
    {
        positions[(int)(accepted++ & mask)] = position;
    }

    /**
     * Number of messages accepted and behind that position.
     */
    long countBehind(final long acknowledgedPosition)
    {
        long count = 0;
        final long limit = Math.min(accepted, positions.length);
        while (count < limit && positions[(int)(accepted - 1 - count & mask)] > acknowledgedPosition)
        {
            count++;
        }
        return count;
    }
}
