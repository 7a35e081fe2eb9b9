package io.aeromesh.bench.cli.tech;

import static org.agrona.BitUtil.SIZE_OF_LONG;

import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A number in the first and the last word; in a short message in all of them.
 */
final class NumberedMessage implements Message
{
    private static final int ALIGNMENT = 128;

    private final int length;
    private final boolean isShort;
    private final DirectBuffer middle;

    NumberedMessage(final int length)
    {
        this.length = length;
        isShort = Words.areQuicker(length);
        middle = new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, ALIGNMENT));
    }

    @Override
    public int length()
    {
        return length;
    }

    @Override
    public void writeTo(final MutableDirectBuffer buffer, final int offset, final long number)
    {
        if (length == 4 * SIZE_OF_LONG)
        {
            // as one writes a message of fixed fields
            buffer.putLong(offset, number);
            buffer.putLong(offset + SIZE_OF_LONG, number);
            buffer.putLong(offset + 2 * SIZE_OF_LONG, number);
            buffer.putLong(offset + 3 * SIZE_OF_LONG, number);
            return;
        }
        if (isShort)
        {
            for (int i = 0; i < length; i += SIZE_OF_LONG)
            {
                buffer.putLong(offset + i, number);
            }
            return;
        }
        buffer.putLong(offset, number);
        buffer.putBytes(offset + SIZE_OF_LONG, middle, SIZE_OF_LONG, Math.max(0, length - 2 * SIZE_OF_LONG));
        buffer.putLong(offset + length - SIZE_OF_LONG, number);
    }

    /**
     * @throws IllegalStateException when it is not the message of that number.
     */
    static void require(
        final long number, final int size, final DirectBuffer buffer, final int offset, final int length)
    {
        final long value = buffer.getLong(offset);
        if (length != size || value != number || buffer.getLong(offset + size - SIZE_OF_LONG) != value)
        {
            throw new IllegalStateException("expected message " + number + " of " + size + " bytes, got " + value +
                " of " + length + " bytes");
        }
    }
}
