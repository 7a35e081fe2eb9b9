package io.aeromesh.fuzz;

/**
 * What must hold whatever the input is. Allocates nothing while it does.
 */
public final class Must
{
    private Must()
    {
    }

    /**
     * Fails with those words unless it holds.
     */
    public static void hold(final boolean condition, final String what)
    {
        if (!condition)
        {
            throw new AssertionError(what);
        }
    }

    /**
     * Likewise, with the value that is wrong.
     */
    public static void hold(final boolean condition, final String what, final long found)
    {
        if (!condition)
        {
            throw new AssertionError(what + ": " + found);
        }
    }

    /**
     * Fails unless a value is from one bound to the other, both included.
     */
    public static void within(final long min, final long found, final long max, final String what)
    {
        if (found < min || found > max)
        {
            throw new AssertionError(what + ": " + found + ", need from " + min + " to " + max);
        }
    }
}
