package io.aeromesh.tools.stream;

import org.agrona.DirectBuffer;

/**
 * Whatever was read, in messages of up to a length.
 */
public final class RawCutter implements Cutter
{
    private final int lengthMax;

    /**
     * @param lengthMax of a message, in bytes.
     */
    public RawCutter(final int lengthMax)
    {
        this.lengthMax = lengthMax;
    }

    @Override
    public int headerLength()
    {
        return 0;
    }

    @Override
    public int cut(final DirectBuffer buffer, final int offset, final int limit, final boolean isLast)
    {
        return limit > offset ? Math.min(limit - offset, lengthMax) : NONE;
    }
}
