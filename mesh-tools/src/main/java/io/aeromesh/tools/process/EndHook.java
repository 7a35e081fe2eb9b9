package io.aeromesh.tools.process;

/**
 * What is to be done when this process is ended from outside, as long as it is not closed.
 * <p>
 * <b>Threading:</b> one thread; the hook runs on another.
 */
public final class EndHook implements AutoCloseable
{
    private final Thread hook;

    private EndHook(final Thread hook)
    {
        this.hook = hook;
    }

    /**
     * From now on it is to be done.
     */
    public static EndHook add(final String name, final Runnable task)
    {
        final Thread hook = new Thread(task, name);
        Runtime.getRuntime().addShutdownHook(hook);
        return new EndHook(hook);
    }

    @Override
    public void close()
    {
        try
        {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        catch (final IllegalStateException ignore)
        {
            // the machine is going down already, and the hook runs
            return;
        }
    }
}
