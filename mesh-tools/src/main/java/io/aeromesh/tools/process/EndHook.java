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

    /**
     * Whether this process is being ended already. Then it has its exit code, that of a signal most likely, and one of
     * ours would replace it when all hooks are done and the machine is just about to go: exit(0) never does.
     */
    public static boolean isEnding()
    {
        final Thread probe = new Thread(() ->
        {});
        try
        {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        }
        catch (final IllegalStateException ignore)
        {
            return true;
        }
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
