package io.aeromesh;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A block of shared memory that this holder may read and write until it transfers or releases it. Reusable: an instance
 * that holds nothing can be set to another block.
 * <p>
 * <b>Threading:</b> one thread at a time.
 */
public final class Lease
{
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);

    /**
     * A lease that holds nothing yet.
     */
    public Lease()
    {
    }

    /**
     * The memory, from 0 to {@link #length()}.
     *
     * @throws IllegalStateException when nothing is held.
     */
    public MutableDirectBuffer buffer()
    {
        return buffer;
    }

    /**
     * Of the block in bytes, as it was acquired.
     */
    public int length()
    {
        return buffer.capacity();
    }

    /**
     * Whether a block is held.
     */
    public boolean isHeld()
    {
        return false;
    }

    /**
     * Gives the block back.
     *
     * @throws IllegalStateException when nothing is held.
     */
    public void release()
    {
        throw new IllegalStateException("nothing is held");
    }
}
