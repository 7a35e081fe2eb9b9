package io.aeromesh.sim.check;

import io.aeromesh.SessionReport;
import java.util.Arrays;

/**
 * What one end accepted in one session, and what became of it.
 */
final class SentSession
{
    final EndLedger owner;
    final int number;
    int count;
    int delivered;
    int acknowledged;
    EndLedger receiver;
    SessionReport report;
    private long[] positions = new long[16];
    private int[] lengths = new int[16];

    SentSession(final EndLedger owner, final int number)
    {
        this.owner = owner;
        this.number = number;
    }

    void accepted(final int length, final long position)
    {
        if (count == positions.length)
        {
            positions = Arrays.copyOf(positions, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        positions[count] = position;
        lengths[count] = length;
        count++;
    }

    long position(final int index)
    {
        return positions[index];
    }

    int length(final int index)
    {
        return lengths[index];
    }

    long header(final int index)
    {
        return Content.header(owner.key(), number, index);
    }

    /**
     * Messages whose position is at or below this one.
     */
    int countUpTo(final long position)
    {
        final int found = Arrays.binarySearch(positions, 0, count, position);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /**
     * As {@link #countUpTo} for positions that never fall.
     */
    int acknowledgedUpTo(final long position)
    {
        while (acknowledged < count && positions[acknowledged] <= position)
        {
            acknowledged++;
        }
        return acknowledged;
    }

    @Override
    public String toString()
    {
        return "session " + number + " of " + owner + " (accepted " + count + ", delivered " + delivered + ')';
    }
}
