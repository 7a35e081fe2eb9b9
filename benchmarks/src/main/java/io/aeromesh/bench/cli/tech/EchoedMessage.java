package io.aeromesh.bench.cli.tech;

import static org.agrona.BitUtil.SIZE_OF_LONG;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What has come, to be sent back as it is.
 */
final class EchoedMessage implements Message
{
    private DirectBuffer source;
    private int start;
    private int length;

    EchoedMessage of(final DirectBuffer buffer, final int offset, final int messageLength)
    {
        source = buffer;
        start = offset;
        length = messageLength;
        return this;
    }

    @Override
    public int length()
    {
        return length;
    }

    @Override
    public void writeTo(final MutableDirectBuffer buffer, final int offset, final long number)
    {
        if (!Words.areQuicker(length))
        {
            buffer.putBytes(offset, source, start, length);
            return;
        }
        for (int i = 0; i < length; i += SIZE_OF_LONG)
        {
            buffer.putLong(offset + i, source.getLong(start + i));
        }
    }
}
