package io.aeromesh.sim.check;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What the messages of a simulation consist of: each byte follows from who sent it, in which session, and as which
 * message of that session. Messages of {@link #HEADER_LENGTH} bytes and more say so themselves.
 */
final class Content
{
    static final int HEADER_LENGTH = Long.BYTES;

    private static final int KEY_SHIFT = 40;
    private static final int SESSION_SHIFT = 24;
    private static final int SESSION_MASK = 0xFFFF;
    private static final int INDEX_MASK = 0xFF_FFFF;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private Content()
    {
    }

    static long header(final int key, final int session, final int index)
    {
        return (long)key << KEY_SHIFT | (long)(session & SESSION_MASK) << SESSION_SHIFT | index & INDEX_MASK;
    }

    static int key(final long header)
    {
        return (int)(header >>> KEY_SHIFT);
    }

    static int session(final long header)
    {
        return (int)(header >>> SESSION_SHIFT) & SESSION_MASK;
    }

    static int index(final long header)
    {
        return (int)header & INDEX_MASK;
    }

    static void write(final MutableDirectBuffer buffer, final int offset, final int length, final long header)
    {
        if (length >= HEADER_LENGTH)
        {
            buffer.putLong(offset, header);
        }
        final long fill = header * MIX;
        int i = length >= HEADER_LENGTH ? HEADER_LENGTH : 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES)
        {
            buffer.putLong(offset + i, fill + i);
        }
        for (; i < length; i++)
        {
            buffer.putByte(offset + i, (byte)(fill + i));
        }
    }

    /**
     * @return the first word or byte that differs, or -1.
     */
    static int mismatch(final DirectBuffer buffer, final int offset, final int length, final long header)
    {
        if (length >= HEADER_LENGTH && buffer.getLong(offset) != header)
        {
            return 0;
        }
        final long fill = header * MIX;
        int i = length >= HEADER_LENGTH ? HEADER_LENGTH : 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES)
        {
            if (buffer.getLong(offset + i) != fill + i)
            {
                return i;
            }
        }
        for (; i < length; i++)
        {
            if (buffer.getByte(offset + i) != (byte)(fill + i))
            {
                return i;
            }
        }
        return -1;
    }

    static String describe(final long header)
    {
        return "message " + index(header) + " of session " + session(header) + " of end " + key(header);
    }
}
