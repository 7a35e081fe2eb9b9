package io.aeromesh;

import io.aeromesh.internal.lease.HeldBlock;
import org.agrona.MutableDirectBuffer;

/**
 * A block of shared memory that this holder may read and write until it transfers or releases it. Reusable: an instance
 * that holds nothing can be set to another block.
 * <p>
 * A block that came by broadcast may be held by several at once, each with a share of its own: reading it is safe, and
 * what one of them writes the others see. A share is not handed on: who is sent it gets a copy.
 * <p>
 * After a transfer or a release the object that {@link #buffer()} returned still has its capacity, but lies over memory
 * that nobody reads: whoever kept it can not touch the block, which is another's by then.
 * <p>
 * <b>Threading:</b> one thread at a time.
 */
public final class Lease
{
    /** Bytes of what travels instead of a block where its memory is shared. */
    public static final int HANDLE_LENGTH = 40;

    private final HeldBlock block = new HeldBlock();

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
        return block.buffer();
    }

    /**
     * Of the block in bytes, as it was acquired.
     *
     * @throws IllegalStateException when nothing is held.
     */
    public int length()
    {
        return block.length();
    }

    /**
     * Whether a block is held.
     */
    public boolean isHeld()
    {
        return block.isHeld();
    }

    /**
     * Gives the block back. Never blocks, and is never refused for want of room.
     *
     * @throws IllegalStateException when nothing is held.
     */
    public void release()
    {
        block.release();
    }

    /**
     * What is held, for the mesh. Not for users.
     */
    public HeldBlock block()
    {
        return block;
    }
}
