package io.aeromesh.internal.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A stream position that one thread writes and another reads, on cache lines of its own.
 */
final class Position extends PositionRightPadding
{
    private static final VarHandle VALUE;

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

    long getAcquire()
    {
        return (long)VALUE.getAcquire(this);
    }

    void setRelease(final long position)
    {
        VALUE.setRelease(this, position);
    }

    long getPlain()
    {
        return value;
    }
}

/** Keeps the value off the object header's line. */
abstract class PositionLeftPadding
{
    long p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
}

/** The value. */
abstract class PositionValue extends PositionLeftPadding
{
    long value;
}

/** Keeps the next object off the value's line. */
abstract class PositionRightPadding extends PositionValue
{
    long q01, q02, q03, q04, q05, q06, q07, q08, q09, q10, q11, q12, q13, q14, q15;
}
