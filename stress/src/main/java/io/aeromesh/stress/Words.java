package io.aeromesh.stress;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A message that has one number in all its words.
 */
public final class Words
{
    /** Read instead of a number when not all words are alike. */
    public static final int TORN = -1;

    private Words()
    {
    }

    /**
     * Writes a message.
     *
     * @param length in bytes, a multiple of 8.
     */
    public static void fill(final MutableDirectBuffer buffer, final int offset, final int length, final int number)
    {
        for (int i = 0; i < length; i += Long.BYTES)
        {
            buffer.putLong(offset + i, number);
        }
    }

    /**
     * Reads a message, the last word first.
     *
     * @return its number, or {@link #TORN}.
     */
    public static int read(final DirectBuffer buffer, final int offset, final int length)
    {
        final long number = buffer.getLong(offset + length - Long.BYTES);
        for (int i = 0; i < length - Long.BYTES; i += Long.BYTES)
        {
            if (buffer.getLong(offset + i) != number)
            {
                return TORN;
            }
        }
        return (int)number;
    }
}
