package io.aeromesh.tools.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;

/**
 * What one receiver got of one stream, compared with what must come: each sequence once, in order, with its content.
 * <p>
 * <b>Threading:</b> one thread. <b>Allocation:</b> none while messages come in order.
 */
final class Ledger
{
    /** A hole longer than this is remembered up to here only; what comes late of the rest counts as a duplicate. */
    private static final int MISSING_MAX = 1 << 16;

    private final long stream;
    private final int[] lengths;
    private final LongHashSet missing = new LongHashSet();
    private long expected;
    private long delivered;
    private long duplicates;
    private long outOfOrder;
    private long corrupt;
    private String firstFault = "";

    /**
     * @param stream  of the messages.
     * @param lengths of the messages: that of sequence n is {@code lengths[n % lengths.length]}.
     */
    Ledger(final long stream, final int... lengths)
    {
        this.stream = stream;
        this.lengths = lengths.clone();
    }

    int lengthOf(final long sequence)
    {
        return lengths[(int)(sequence % lengths.length)];
    }

    long delivered()
    {
        return delivered;
    }

    /**
     * Enters a message.
     */
    void onMessage(final DirectBuffer buffer, final int offset, final int length)
    {
        final long sequence = length >= Pattern.HEADER_LENGTH ? Pattern.sequenceOf(buffer, offset) : expected;
        if (sequence < 0 || length != lengthOf(sequence) ||
            !Pattern.matches(buffer, offset, length, stream, sequence))
        {
            corrupt++;
            fault("corrupt", sequence, length);
        }
        else if (sequence == expected)
        {
            delivered++;
            expected++;
        }
        else
        {
            onUnexpected(sequence, length);
        }
    }

    /**
     * Adds the counts under the names that the report uses.
     */
    void describe(final ObjectNode json)
    {
        json.put("delivered", delivered).put("duplicates", duplicates).put("out_of_order", outOfOrder)
            .put("corrupt", corrupt).put("first_fault", firstFault);
    }

    private void onUnexpected(final long sequence, final int length)
    {
        if (sequence > expected)
        {
            for (long hole = expected; hole < sequence && missing.size() < MISSING_MAX; hole++)
            {
                missing.add(hole);
            }
            fault("hole before", sequence, length);
            expected = sequence + 1;
            delivered++;
        }
        else if (missing.remove(sequence))
        {
            fault("late", sequence, length);
            outOfOrder++;
            delivered++;
        }
        else
        {
            fault("duplicate", sequence, length);
            duplicates++;
        }
    }

    private void fault(final String what, final long sequence, final int length)
    {
        if (firstFault.isEmpty())
        {
            firstFault = what + ": sequence=" + sequence + ", length=" + length + ", expected=" + expected;
        }
    }
}
