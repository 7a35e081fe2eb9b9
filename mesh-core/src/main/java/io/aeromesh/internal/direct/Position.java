package io.aeromesh.internal.direct;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A stream position that one thread writes and another reads. It lies in the middle of an array, so that no other field
 * shares its cache line or the adjacent one that is fetched with it.
 */
public final class Position
{
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int PADDING = 16;

    private final long[] value = new long[2 * PADDING + 1];

    /**
     * For any thread.
     */
    public long getAcquire()
    {
        return (long)ELEMENT.getAcquire(value, PADDING);
    }

    /**
     * By the writing thread.
     */
    public void setRelease(final long position)
    {
        ELEMENT.setRelease(value, PADDING, position);
    }

    /**
     * For the writing thread.
     */
    public long getPlain()
    {
        return value[PADDING];
    }
}
