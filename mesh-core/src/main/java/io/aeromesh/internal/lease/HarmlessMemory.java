package io.aeromesh.internal.lease;

import org.agrona.UnsafeApi;

/**
 * Memory that nothing is kept in, for buffers whose block is gone. One for the JVM, as long as the longest block that
 * was ever let go, and never freed, because any buffer may still lie over it. It is allocated and not touched, so that
 * the system maps pages only where a stale user goes; growing doubles it, which bounds what is left behind.
 * <p>
 * <b>Threading:</b> any thread; the lock is taken only to grow.
 */
final class HarmlessMemory
{
    private static final long LENGTH_MIN = 1 << 20;

    private record Mapping(long address, long length)
    {
    }

    private static volatile Mapping current = new Mapping(0, 0);

    private HarmlessMemory()
    {
    }

    /**
     * Address of at least so many bytes.
     */
    static long address(final int length)
    {
        final Mapping mapping = current;
        return mapping.length >= length ? mapping.address : grown(length);
    }

    private static synchronized long grown(final int length)
    {
        if (current.length < length)
        {
            long newLength = Math.max(LENGTH_MIN, 2 * current.length);
            while (newLength < length)
            {
                newLength *= 2;
            }
            current = new Mapping(UnsafeApi.allocateMemory(newLength), newLength);
        }
        return current.address;
    }
}
