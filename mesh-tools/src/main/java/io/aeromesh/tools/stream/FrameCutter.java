package io.aeromesh.tools.stream;

import java.io.IOException;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Messages with their length before each: four bytes, big-endian.
 */
public final class FrameCutter implements Cutter
{
    static final int HEADER_LENGTH = Integer.BYTES;

    private final int lengthMax;
    private long frames;

    /**
     * @param lengthMax of a message, in bytes.
     */
    public FrameCutter(final int lengthMax)
    {
        this.lengthMax = lengthMax;
    }

    @Override
    public int headerLength()
    {
        return HEADER_LENGTH;
    }

    @Override
    public int cut(final DirectBuffer buffer, final int offset, final int limit, final boolean isLast)
        throws IOException
    {
        final int available = limit - offset;
        if (available < HEADER_LENGTH)
        {
            return needMore(available, HEADER_LENGTH, isLast);
        }
        final int length = buffer.getInt(offset, ByteOrder.BIG_ENDIAN);
        if (length < 0 || length > lengthMax)
        {
            throw new IOException("frame " + (frames + 1) + " has length=" + Integer.toUnsignedString(length) +
                ", need 0 to " + lengthMax + ", which is half of --window less 8: give a larger one, or --raw for " +
                "bytes that are no frames");
        }
        if (available < HEADER_LENGTH + length)
        {
            return needMore(available, HEADER_LENGTH + length, isLast);
        }
        frames++;
        return HEADER_LENGTH + length;
    }

    private int needMore(final int found, final int needed, final boolean isLast) throws IOException
    {
        if (isLast && found > 0)
        {
            throw new IOException("the input ends within frame " + (frames + 1) + ": found " + found +
                " bytes, need at least " + needed);
        }
        return NONE;
    }
}
