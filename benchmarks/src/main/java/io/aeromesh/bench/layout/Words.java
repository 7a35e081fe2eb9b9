package io.aeromesh.bench.layout;

import static org.agrona.BitUtil.SIZE_OF_LONG;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes and reads a message in place.
 */
final class Words
{
    private Words()
    {
    }

    static void write(final UnsafeBuffer memory, final int offset, final long number)
    {
        for (int i = 0; i < End.MESSAGE_LENGTH; i += SIZE_OF_LONG)
        {
            memory.putLong(offset + i, number);
        }
    }

    /** All words, as a handler would look at all. */
    static long read(final UnsafeBuffer memory, final int offset)
    {
        final long number = memory.getLong(offset);
        for (int i = SIZE_OF_LONG; i < End.MESSAGE_LENGTH; i += SIZE_OF_LONG)
        {
            if (memory.getLong(offset + i) != number)
            {
                throw new IllegalStateException("torn message: " + number + " and " + memory.getLong(offset + i));
            }
        }
        return number;
    }
}
