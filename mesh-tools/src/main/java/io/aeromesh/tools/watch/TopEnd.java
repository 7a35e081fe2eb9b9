package io.aeromesh.tools.watch;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How the live picture ends: it is asked to, by whatever, and says when the terminal is as it was before.
 * <p>
 * <b>Threading:</b> any thread.
 */
final class TopEnd
{
    private static final long RESTORE_BOUND_MS = 1_000;

    private final CountDownLatch restored = new CountDownLatch(1);
    private volatile boolean isAsked;

    void ask()
    {
        isAsked = true;
    }

    boolean isAsked()
    {
        return isAsked;
    }

    /**
     * The terminal is as it was before.
     */
    void restored()
    {
        restored.countDown();
    }

    /**
     * Asks for the end, and waits until the terminal is as it was before, but not for long.
     */
    void askAndAwait() throws InterruptedException
    {
        ask();
        restored.await(RESTORE_BOUND_MS, TimeUnit.MILLISECONDS);
    }
}
