package io.aeromesh.protocol;

import static org.agrona.BitUtil.SIZE_OF_LONG;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Copies packets, and the ranges of streams that they carry.
 */
public final class PacketCopy
{
    /** Up to here a loop is cheaper than to call the copying stub of the JVM. */
    private static final int SHORT_LENGTH_MAX = 256;

    private PacketCopy()
    {
    }

    /**
     * Copies bytes between buffers that do not overlap. Quick for short lengths that are a multiple of 8, as those of
     * DATA are.
     *
     * @param target       to write.
     * @param targetOffset in bytes.
     * @param source       to read.
     * @param offset       in bytes.
     * @param length       in bytes.
     */
    public static void copy(
        final MutableDirectBuffer target,
        final int targetOffset,
        final DirectBuffer source,
        final int offset,
        final int length)
    {
        if (length > SHORT_LENGTH_MAX || (length & (SIZE_OF_LONG - 1)) != 0)
        {
            target.putBytes(targetOffset, source, offset, length);
            return;
        }
        for (int i = 0; i < length; i += SIZE_OF_LONG)
        {
            target.putLong(targetOffset + i, source.getLong(offset + i));
        }
    }
}
