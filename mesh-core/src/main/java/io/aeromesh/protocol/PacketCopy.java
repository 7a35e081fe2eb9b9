package io.aeromesh.protocol;

import static org.agrona.BitUtil.SIZE_OF_LONG;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Copies packets, and the ranges of streams that they carry.
 */
public final class PacketCopy
{
    /** Up to here a loop is cheaper than the JVM's copying stub, which is a call and a transition. */
    private static final int SHORT_LENGTH_MAX = 256;

    private PacketCopy()
    {
    }

    /**
     * Copies bytes between buffers that do not overlap. Quick for short lengths that are a multiple of 8, as those of
     * DATA are. Bounds are checked exactly when Agrona's are.
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
        if (DirectBuffer.SHOULD_BOUNDS_CHECK)
        {
            target.boundsCheck(targetOffset, length);
            source.boundsCheck(offset, length);
        }
        // in locals, as the JIT reads a buffer's fields again after each access to raw memory
        final byte[] from = source.byteArray();
        final byte[] to = target.byteArray();
        final long fromAddress = source.addressOffset() + offset;
        final long toAddress = target.addressOffset() + targetOffset;
        for (int i = 0; i < length; i += SIZE_OF_LONG)
        {
            UnsafeApi.putLong(to, toAddress + i, UnsafeApi.getLong(from, fromAddress + i));
        }
    }
}
