package io.aeromesh.internal.lease;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Indices of free blocks; the last pushed is the first popped, as its memory is the warmest.
 * <p>
 * <b>Threading:</b> any thread, without a lock. <b>Allocation:</b> none after construction.
 * <p>
 * <b>Memory order.</b> The head holds an index and a count of changes, so that a head that looks the same is the same.
 * A push stores the link before its compare-and-set publishes it; a pop reads the link of an index that it may lose
 * meanwhile to another, and then its own compare-and-set fails by the count. Both are volatile: what a thread did
 * before its push is seen by who pops.
 */
final class FreeStack
{
    static final int NONE = -1;

    private final AtomicLong head = new AtomicLong(word(0, NONE));
    private final AtomicIntegerArray links;

    FreeStack(final int capacity)
    {
        links = new AtomicIntegerArray(capacity);
    }

    private static long word(final long count, final int index)
    {
        return count << Integer.SIZE | index & 0xFFFF_FFFFL;
    }

    void push(final int index)
    {
        long was = head.get();
        links.set(index, (int)was);
        while (!head.compareAndSet(was, word((was >>> Integer.SIZE) + 1, index)))
        {
            was = head.get();
            links.set(index, (int)was);
        }
    }

    /**
     * @return an index that is the caller's now, or {@link #NONE}.
     */
    int pop()
    {
        while (true)
        {
            final long was = head.get();
            final int index = (int)was;
            if (NONE == index || head.compareAndSet(was, word((was >>> Integer.SIZE) + 1, links.get(index))))
            {
                return index;
            }
        }
    }
}
