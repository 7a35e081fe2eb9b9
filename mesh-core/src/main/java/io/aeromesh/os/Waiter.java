package io.aeromesh.os;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that waits for others of its process, by the rules of {@link ParkWord}, whose lines are named here.
 * <p>
 * <b>Threading:</b> one thread waits at a time; any wakes. <b>Allocation:</b> none.
 */
public final class Waiter
{
    private static final int AWAKE = 0;
    private static final int PARKED = 1;

    private final AtomicInteger state = new AtomicInteger();
    private volatile Thread thread;

    /**
     * S1 and S2: from now on it is woken. The waiting thread, before it looks a last time.
     */
    public void arm()
    {
        thread = Thread.currentThread();
        state.setRelease(PARKED);
        VarHandle.fullFence();
    }

    /**
     * Whether nobody has woken it since {@link #arm()}. The waiting thread sleeps only then: a permit that was given
     * before may have been used up by a handler.
     */
    public boolean isArmed()
    {
        return state.getAcquire() == PARKED;
    }

    /**
     * The waiting thread, when it does not wait any more.
     */
    public void disarm()
    {
        state.setRelease(AWAKE);
    }

    /**
     * W2 to W4: wakes the thread, if it waits. Any thread, after what it published.
     */
    public void wake()
    {
        VarHandle.fullFence();
        if (state.getAcquire() == PARKED && state.compareAndSet(PARKED, AWAKE))
        {
            LockSupport.unpark(thread);
        }
    }
}
