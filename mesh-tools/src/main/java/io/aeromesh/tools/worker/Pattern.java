package io.aeromesh.tools.worker;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The content of a message, derived from its stream and its sequence, so that the receiver can check every byte.
 * <pre>
 *   0         8         16
 *   +---------+---------+-----------------
 *   | stream  | sequence| derived bytes ...      a message shorter than 16 bytes has derived bytes only
 *   +---------+---------+-----------------
 * </pre>
 * Stateless. Never allocates.
 */
final class Pattern
{
    static final int HEADER_LENGTH = 16;
    private static final int SEQUENCE_OFFSET = 8;

    private Pattern()
    {
    }

    /**
     * Identifies the messages of one source on one channel.
     */
    static long streamOf(final String source, final String destination, final String channel)
    {
        return mix((source + '>' + destination + '/' + channel).hashCode());
    }

    static void write(
        final MutableDirectBuffer buffer, final int offset, final int length, final long stream, final long sequence)
    {
        int done = 0;
        if (length >= HEADER_LENGTH)
        {
            buffer.putLong(offset, stream, LITTLE_ENDIAN);
            buffer.putLong(offset + SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
            done = HEADER_LENGTH;
        }

        final long seed = stream + sequence * 0x9E3779B97F4A7C15L;
        while (length - done >= Long.BYTES)
        {
            buffer.putLong(offset + done, mix(seed + done), LITTLE_ENDIAN);
            done += Long.BYTES;
        }
        final long last = mix(seed + done);
        for (int shift = 0; done < length; done++, shift += Byte.SIZE)
        {
            buffer.putByte(offset + done, (byte)(last >>> shift));
        }
    }

    /**
     * Whether every byte is what {@link #write} writes.
     */
    static boolean matches(
        final DirectBuffer buffer, final int offset, final int length, final long stream, final long sequence)
    {
        int done = 0;
        if (length >= HEADER_LENGTH)
        {
            if (buffer.getLong(offset, LITTLE_ENDIAN) != stream || sequenceOf(buffer, offset) != sequence)
            {
                return false;
            }
            done = HEADER_LENGTH;
        }

        final long seed = stream + sequence * 0x9E3779B97F4A7C15L;
        while (length - done >= Long.BYTES)
        {
            if (buffer.getLong(offset + done, LITTLE_ENDIAN) != mix(seed + done))
            {
                return false;
            }
            done += Long.BYTES;
        }
        final long last = mix(seed + done);
        for (int shift = 0; done < length; done++, shift += Byte.SIZE)
        {
            if (buffer.getByte(offset + done) != (byte)(last >>> shift))
            {
                return false;
            }
        }
        return true;
    }

    /**
     * The sequence in a message of at least {@link #HEADER_LENGTH} bytes.
     */
    static long sequenceOf(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    private static long mix(final long value)
    {
        long x = (value ^ value >>> 32) * 0xD6E8FEB86659FD93L;
        x = (x ^ x >>> 32) * 0xD6E8FEB86659FD93L;
        return x ^ x >>> 32;
    }
}
