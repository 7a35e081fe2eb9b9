package io.aeromesh.internal.lease;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * What one {@link io.aeromesh.Lease} holds.
 * <p>
 * <b>Threading:</b> one thread at a time. <b>Allocation:</b> none after construction. <b>Ownership:</b> while a block
 * is held, so is its mapping.
 */
public final class HeldBlock
{
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private String ended = "nothing was acquired yet";
    private Arena arena;
    private LeaseSegment segment;
    private int block;
    private long word;

    /**
     * Holds nothing.
     */
    public HeldBlock()
    {
    }

    /**
     * Whether a block is held.
     */
    public boolean isHeld()
    {
        return null != arena;
    }

    /**
     * The block's memory.
     *
     * @throws IllegalStateException when nothing is held.
     */
    public UnsafeBuffer buffer()
    {
        requireHeld();
        return buffer;
    }

    /**
     * Of the block in bytes, as it was acquired.
     *
     * @throws IllegalStateException when nothing is held.
     */
    public int length()
    {
        requireHeld();
        return buffer.capacity();
    }

    /**
     * Gives the block back.
     *
     * @throws IllegalStateException when nothing is held.
     */
    public void release()
    {
        requireHeld();
        arena.release(this);
    }

    /**
     * Gives the block back, if there is one and its owner has not taken it.
     *
     * @return whether it was given back.
     */
    public boolean releaseIfHeld()
    {
        if (null == arena)
        {
            return false;
        }
        try
        {
            arena.release(this);
            return true;
        }
        catch (final IllegalStateException tookBack)
        {
            return false; // which is what was wanted
        }
    }

    /**
     * Moves the block to one that holds nothing.
     *
     * @throws IllegalStateException when nothing is held here, or something is held there.
     */
    public void moveTo(final HeldBlock into)
    {
        requireHeld();
        into.requireNotHeld();
        into.hold(arena, segment, block, word, buffer.capacity());
        forget("it was transferred");
    }

    void requireHeld()
    {
        if (null == arena)
        {
            throw new IllegalStateException("the lease holds nothing: " + ended);
        }
    }

    void requireNotHeld()
    {
        if (null != arena)
        {
            throw new IllegalStateException("the lease holds a block already: length=" + buffer.capacity());
        }
    }

    /**
     * Holds a block of an arena that the caller has entered.
     */
    void hold(
        final Arena newArena, final LeaseSegment newSegment, final int newBlock, final long newWord, final int length)
    {
        arena = newArena;
        segment = newSegment;
        block = newBlock;
        word = newWord;
        buffer.wrap(newSegment.blockAddress(newBlock), length);
    }

    /**
     * Holds nothing any more; the arena is left.
     */
    void end(final String how)
    {
        final Arena was = arena;
        forget(how);
        was.exit();
    }

    private void forget(final String how)
    {
        buffer.wrap(HarmlessMemory.address(buffer.capacity()), buffer.capacity());
        arena = null;
        segment = null;
        ended = how;
    }

    /**
     * Goes on in another state.
     */
    void word(final long newWord)
    {
        word = newWord;
    }

    Arena arena()
    {
        return arena;
    }

    LeaseSegment segment()
    {
        return segment;
    }

    int block()
    {
        return block;
    }

    long word()
    {
        return word;
    }

    boolean isShared()
    {
        return BlockWord.SHARED == BlockWord.phase(word);
    }
}
