package io.aeromesh.system;

import io.aeromesh.MessageHandler;
import io.aeromesh.MessageOrigin;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Numbered messages of various lengths, each filled by its number; checks that they come once, whole and in order.
 */
final class NumberedMessages implements MessageHandler
{
    static final int LENGTH_MAX = 1024;
    private long expected;

    static int write(final MutableDirectBuffer buffer, final long number)
    {
        final int length = length(number);
        buffer.setMemory(0, length, (byte)number);
        buffer.putLong(0, number);
        return length;
    }

    private static int length(final long number)
    {
        return number % 5 == 0 ? Long.BYTES + (int)(number * 31 % (LENGTH_MAX - Long.BYTES)) : 32;
    }

    void restart()
    {
        expected = 0;
    }

    long count()
    {
        return expected;
    }

    @Override
    public void onMessage(final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
    {
        final long number = buffer.getLong(offset);
        if (number != expected || length != length(number) ||
            length > Long.BYTES && buffer.getByte(offset + length - 1) != (byte)number)
        {
            throw new AssertionError("message " + number + " of length " + length + ", expected " + expected);
        }
        expected++;
    }
}
