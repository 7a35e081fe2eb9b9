package io.aeromesh.os;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Memory that a node writes and that others may read, also once its process has been killed. It begins with zeros.
 * <p>
 * <b>Threading:</b> made on the launching thread, then the agent's, which also closes it. Its buffer can be touched at
 * any time, but once closed it holds nothing: what others of this process may still ask for is copied before.
 */
public interface StatusMemory extends AutoCloseable
{
    /**
     * All of it.
     */
    UnsafeBuffer buffer();

    /**
     * Lets others find it, as what they need to read it is written.
     */
    void publish();

    /**
     * The node has failed: what it has written stays after {@link #close()}, as after a crash.
     */
    void keep();

    /**
     * Deletes it, unless it is kept. Idempotent.
     */
    @Override
    void close();

    /**
     * Memory of this process alone.
     *
     * @param length in bytes.
     */
    static StatusMemory onHeap(final int length)
    {
        final UnsafeBuffer buffer =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, BitUtil.CACHE_LINE_LENGTH));
        return new StatusMemory()
        {
            @Override
            public UnsafeBuffer buffer()
            {
                return buffer;
            }

            @Override
            public void publish()
            {
            }

            @Override
            public void keep()
            {
            }

            @Override
            public void close()
            {
            }
        };
    }
}
