package io.aeromesh.tools.stream;

import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * The messages of an input, one after the other.
 * <p>
 * <b>Threading:</b> one thread. <b>Allocation:</b> none.
 */
final class MessageSource
{
    private final Input input;
    private final Cutter cutter;
    private Input.Block block;
    private int found = Cutter.NONE;
    private boolean isSearched = true;
    private boolean isExhausted;

    MessageSource(final Input input, final Cutter cutter)
    {
        this.input = input;
        this.cutter = cutter;
    }

    /**
     * Whether there is a message now: {@link #buffer()}, {@link #offset()} and {@link #length()} say where, until
     * {@link #next()}. Never blocks.
     *
     * @throws IOException when the input can not be read or breaks its format.
     */
    boolean hasNext() throws IOException
    {
        while (found == Cutter.NONE && !isExhausted)
        {
            if (isSearched && !read())
            {
                return false;
            }
            found = cutter.cut(block.buffer, block.offset, block.limit, block.isLast);
            isSearched = found == Cutter.NONE;
            if (isSearched && block.isLast)
            {
                if (block.failure != null)
                {
                    throw block.failure; // so that what was taken is not all
                }
                isExhausted = true;
            }
        }
        return found != Cutter.NONE;
    }

    /**
     * Goes on behind the message.
     */
    void next()
    {
        block.offset += found;
        found = Cutter.NONE;
    }

    DirectBuffer buffer()
    {
        return block.buffer;
    }

    int offset()
    {
        return block.offset + cutter.headerLength();
    }

    int length()
    {
        return found - cutter.headerLength();
    }

    /**
     * Whether the input has ended, and all of it was taken.
     */
    boolean isExhausted()
    {
        return isExhausted;
    }

    private boolean read()
    {
        final Input.Block next = block == null ? input.poll() : input.pollBehind(block);
        block = next == null ? block : next;
        return next != null;
    }
}
