package io.aeromesh.internal.session;

import java.util.concurrent.TimeUnit;

/**
 * When to try again what has failed for want of something that nobody tells of when it is there again: after a time
 * that doubles with each failure.
 * <p>
 * <b>Threading:</b> one thread.
 */
final class RetryTime
{
    private static final long FIRST_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long MAX_NS = TimeUnit.SECONDS.toNanos(10);

    private long waitNs = FIRST_NS;
    private boolean isRunning;
    private long dueNs;

    /**
     * It has failed, once more.
     */
    void onFailed()
    {
        isRunning = false;
    }

    /**
     * For how long it is not time yet, in nanoseconds.
     */
    long waitNs(final long nowNs)
    {
        return isRunning ? dueNs - nowNs : 0;
    }

    /**
     * Whether it is time. The first question after a failure begins the wait.
     */
    boolean isDue(final long nowNs)
    {
        if (!isRunning)
        {
            isRunning = true;
            dueNs = nowNs + waitNs;
            waitNs = Math.min(2 * waitNs, MAX_NS);
        }
        return nowNs - dueNs >= 0;
    }
}
