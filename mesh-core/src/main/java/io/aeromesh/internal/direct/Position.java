package io.aeromesh.internal.direct;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A stream position that one thread writes and another reads. It lies between fields that nobody uses, so that no other
 * shares its cache line or the adjacent one that is fetched with it. Were it an element of an array, each look would
 * take two loads and a check of the index more, on the way of each message.
 */
@SuppressWarnings({"unused", "MultipleVariableDeclarations"})
public final class Position extends PositionValue
{
    private static final VarHandle VALUE;

    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

    static
    {
        try
        {
            VALUE = MethodHandles.lookup().findVarHandle(PositionValue.class, "value", long.class);
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new ExceptionInInitializerError(ex);
        }
    }

    /**
     * For any thread.
     */
    public long getAcquire()
    {
        return (long)VALUE.getAcquire((PositionValue)this);
    }

    /**
     * By the writing thread.
     */
    public void setRelease(final long position)
    {
        VALUE.setRelease((PositionValue)this, position);
    }

    /**
     * For the writing thread.
     */
    public long getPlain()
    {
        return value;
    }

    /**
     * A second value, of the writing thread alone. Most often in the line of the first, so that a store right behind
     * that one's costs least.
     */
    long mark()
    {
        return mark;
    }

    /**
     * By the writing thread.
     */
    void mark(final long position)
    {
        mark = position;
    }
}
