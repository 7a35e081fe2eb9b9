package io.aeromesh.internal.direct;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A position on the heap that one thread writes and others read; nothing else is in its cache lines.
 */
final class Progress
{
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int PADDING = 16;

    private final long[] value = new long[2 * PADDING + 1];

    long getAcquire()
    {
        return (long)ELEMENT.getAcquire(value, PADDING);
    }

    void setRelease(final long position)
    {
        ELEMENT.setRelease(value, PADDING, position);
    }
}
