package io.aeromesh.tools.stream;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A message for each line, with its newline, so that the messages one after the other are the input, byte by byte. A
 * line that is longer than a message goes in pieces, of which only the last ends with a newline; so does what comes
 * behind the last newline.
 */
public final class LineCutter implements Cutter
{
    private static final byte NEWLINE = '\n';
    private static final long NEWLINES = 0x0A0A0A0A0A0A0A0AL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final int lengthMax;
    private int searched;

    /**
     * @param lengthMax of a message, in bytes.
     */
    public LineCutter(final int lengthMax)
    {
        this.lengthMax = lengthMax;
    }

    @Override
    public int headerLength()
    {
        return 0;
    }

    @Override
    public int cut(final DirectBuffer buffer, final int offset, final int limit, final boolean isLast)
    {
        final int end = Math.min(limit, offset + lengthMax);
        final int newline = indexOfNewline(buffer, offset + searched, end);
        if (newline < end || end - offset == lengthMax || isLast && end > offset)
        {
            searched = 0;
            return Math.min(newline + 1, end) - offset;
        }
        searched = end - offset;
        return NONE;
    }

    /**
     * Eight bytes at a time: the lowest bit that is set marks the first byte that is a newline.
     *
     * @return the index, or {@code end}.
     */
    private static int indexOfNewline(final DirectBuffer buffer, final int begin, final int end)
    {
        int index = begin;
        for (; index <= end - Long.BYTES; index += Long.BYTES)
        {
            final long differences = buffer.getLong(index, ByteOrder.LITTLE_ENDIAN) ^ NEWLINES;
            final long found = (differences - ONES) & ~differences & HIGH_BITS;
            if (found != 0)
            {
                return index + (Long.numberOfTrailingZeros(found) >> 3);
            }
        }
        while (index < end && buffer.getByte(index) != NEWLINE)
        {
            index++;
        }
        return index;
    }
}
