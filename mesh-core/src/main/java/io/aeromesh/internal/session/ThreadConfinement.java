package io.aeromesh.internal.session;

/**
 * Detects the use of a channel end by two threads at once, under assertions only. An end may move from one thread to
 * another between calls; two calls at the same time are the mistake.
 */
final class ThreadConfinement
{
    private volatile Thread user;

    /**
     * To be used as {@code assert confinement.enter()}.
     */
    boolean enter(final String what)
    {
        final Thread current = Thread.currentThread();
        final Thread other = user;
        if (other != null && other != current)
        {
            throw new AssertionError(what + " is used by two threads at once: '" + other.getName() + "' and '" +
                current.getName() + "'; one thread at a time may use a channel end");
        }
        user = current;
        return true;
    }

    /**
     * To be used as {@code assert confinement.exit()}.
     */
    boolean exit()
    {
        user = null;
        return true;
    }
}
