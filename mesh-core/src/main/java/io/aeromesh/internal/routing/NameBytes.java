package io.aeromesh.internal.routing;

import org.agrona.DirectBuffer;

/**
 * Compares encoded names.
 */
final class NameBytes
{
    private NameBytes()
    {
    }

    /**
     * Whether the bytes in the buffer, which the caller has checked to be there, are those of a name.
     */
    static boolean equal(final byte[] name, final DirectBuffer buffer, final int offset, final int length)
    {
        if (name.length != length)
        {
            return false;
        }
        for (int i = 0; i < length; i++)
        {
            if (name[i] != buffer.getByte(offset + i))
            {
                return false;
            }
        }
        return true;
    }
}
