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
 *  |       length of payload       |  type                         |
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
    /** Handle of a lease, for the one peer. */
    static final int HANDLE = 4;
    /** Handle of a lease that each member has a share of. */
    static final int SHARE = 5;
    /** The same, for members that have a share; the next record is a LEASE with the bytes, for the others. */
    static final int SHARE_OR_BYTES = 6;

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
