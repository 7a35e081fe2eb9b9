package io.aeromesh.tools.worker;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * Names in each message the stream and which of the processes that sent on it, one after the other, has sent it.
 */
final class StreamId
{
    private static final long INCARNATION_MASK = 0xFF_FFFFL;

    private final long base;

    /**
     * Of the stream from a node to a node by a channel.
     */
    StreamId(final String source, final String destination, final String channel)
    {
        base = Pattern.streamOf(source, destination, channel) & ~INCARNATION_MASK;
    }

    long of(final long incarnation)
    {
        return base | incarnation & INCARNATION_MASK;
    }

    /**
     * Incarnation of the sender of a message, or negative when it is of another stream or too short.
     */
    long incarnationOf(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < Pattern.HEADER_LENGTH)
        {
            return -1;
        }
        final long stream = buffer.getLong(offset, LITTLE_ENDIAN);
        return (stream & ~INCARNATION_MASK) == base ? stream & INCARNATION_MASK : -1;
    }
}
