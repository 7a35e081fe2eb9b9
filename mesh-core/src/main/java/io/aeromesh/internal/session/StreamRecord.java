package io.aeromesh.internal.session;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.agrona.BitUtil.SIZE_OF_LONG;
import static org.agrona.BitUtil.align;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Layout of a session's stream: records, 8-byte aligned, none across the end of the ring.
 * <pre>
 *  +-------------------------------+-------------------------------+
 *  |       length of payload       |  type: message, padding, lease|
 *  +-------------------------------+-------------------------------+
 *  |                        payload, padded to 8                  ...
 * </pre>
 * Both ends' rings have the same capacity, so that a position maps to the same offset in both. Little-endian.
 */
final class StreamRecord
{
    static final int ALIGNMENT = SIZE_OF_LONG;
    static final int HEADER_LENGTH = SIZE_OF_LONG;
    static final int MESSAGE = 1;
    static final int PADDING = 2;
    /** Bytes of a lease. They may go beyond the ring: the sender has them elsewhere, the receiver moves them on. */
    static final int LEASE = 3;

    private StreamRecord()
    {
    }

    static int lengthMax(final int capacity)
    {
        return capacity / 2 - HEADER_LENGTH;
    }

    static int totalLength(final int length)
    {
        return align(HEADER_LENGTH + length, ALIGNMENT);
    }

    static void writeHeader(final MutableDirectBuffer buffer, final int offset, final int length, final int type)
    {
        buffer.putLong(offset, (long)type << 32 | length, LITTLE_ENDIAN);
    }

    static long readHeader(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset, LITTLE_ENDIAN);
    }

    static int length(final long header)
    {
        return (int)header;
    }

    static int type(final long header)
    {
        return (int)(header >>> 32);
    }
}
