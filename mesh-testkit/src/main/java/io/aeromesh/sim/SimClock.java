package io.aeromesh.sim;

import java.util.concurrent.TimeUnit;

/**
 * Time that moves only when told to. The simulation's one thread.
 */
public final class SimClock
{
    private static final long EPOCH_MS = 1_700_000_000_000L;

    private long stepPerLookNs;
    private Runnable look = () ->
    {};
    private boolean looking;
    private long nowNs = TimeUnit.SECONDS.toNanos(1);

    /**
     * While a step is set, each look at the clock moves it on: for a node that waits for time alone.
     */
    public void stepPerLook(final long deltaNs)
    {
        stepPerLook(deltaNs, () ->
        {});
    }

    /**
     * While a step is set, each look at the clock moves it on and lets others run: for a node that waits.
     */
    public void stepPerLook(final long deltaNs, final Runnable others)
    {
        stepPerLookNs = deltaNs;
        look = others;
    }

    /**
     * Monotonic time in nanoseconds.
     */
    public long nanoTime()
    {
        if (!looking && stepPerLookNs > 0)
        {
            looking = true;
            nowNs += stepPerLookNs;
            look.run();
            looking = false;
        }
        return nowNs;
    }

    /**
     * Wall time in milliseconds.
     */
    public long epochMs()
    {
        return EPOCH_MS + TimeUnit.NANOSECONDS.toMillis(nowNs);
    }

    /**
     * Moves time on.
     */
    public void advance(final long deltaNs)
    {
        nowNs += deltaNs;
    }
}
