package io.aeromesh.internal.direct;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A stream position that one thread writes and another reads. It lies between fields that nobody uses, so that no other
 * shares its cache line or the adjacent one that is fetched with it; the JVM keeps fields of one type in their order. A
 * field, as an element of an array takes two loads and a check of its index more, on the way of each message.
 */
@SuppressWarnings({"unused", "MultipleVariableDeclarations"})
public final class Position
{
    private static final VarHandle VALUE;

    private long a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15;
    private long value;
    private long z0, z1, z2, z3, z4, z5, z6, z7, z8, z9, z10, z11, z12, z13, z14, z15;

    static
    {
        try
        {
            VALUE = MethodHandles.lookup().findVarHandle(Position.class, "value", long.class);
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
        return (long)VALUE.getAcquire(this);
    }

    /**
     * By the writing thread.
     */
    public void setRelease(final long position)
    {
        VALUE.setRelease(this, position);
    }

    /**
     * For the writing thread.
     */
    public long getPlain()
    {
        return value;
    }
}
