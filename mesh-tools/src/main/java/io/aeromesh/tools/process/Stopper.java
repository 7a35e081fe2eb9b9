package io.aeromesh.tools.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in good order when its process is told to: the request is noted, and the process waits for the
 * command to say that it is done, but not for ever. Its exit code is then the one that the signal gives it.
 * <p>
 * <b>Threading:</b> the command's thread; the request comes on another.
 */
public final class Stopper implements AutoCloseable
{
    private static final long BOUND_S = 5;

    private final CountDownLatch done = new CountDownLatch(1);
    private final EndHook hook;
    private volatile boolean isAsked;

    /**
     * From now on requests are noted.
     */
    public Stopper()
    {
        hook = EndHook.add("mesh-stop", this::stop);
    }

    private void stop()
    {
        isAsked = true;
        try
        {
            done.await(BOUND_S, TimeUnit.SECONDS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Whether the command is to end.
     */
    public boolean isAsked()
    {
        return isAsked;
    }

    @Override
    public void close()
    {
        done.countDown();
        hook.close();
    }
}
