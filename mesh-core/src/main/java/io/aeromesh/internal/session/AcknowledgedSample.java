package io.aeromesh.internal.session;

import io.aeromesh.status.Times;

/**
 * Takes the time of one message at a time of a channel, at most one in 100 us, from when the agent first sees it
 * accepted to when it sees it acknowledged, by the clock that the duty cycle has read anyway.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none.
 */
final class AcknowledgedSample
{
    private static final long NONE = -1;
    private static final long INTERVAL_NS = 100_000;

    private final Times times;
    private long position = NONE;
    private long sinceNs;
    private long dueNs;

    AcknowledgedSample(final Times times)
    {
        this.times = times;
    }

    /**
     * Whether there is something to look for: seldom, so that a look costs nothing most of the time.
     */
    boolean isDue(final long nowNs)
    {
        return nowNs - dueNs >= 0;
    }

    /**
     * Looks at how far the channel is.
     */
    void look(final long acceptedPosition, final long acknowledgedPosition, final long nowNs)
    {
        if (position != NONE && acknowledgedPosition >= position)
        {
            times.record(nowNs - sinceNs);
            position = NONE;
            dueNs = sinceNs + INTERVAL_NS;
        }
        if (position == NONE && acceptedPosition > acknowledgedPosition && isDue(nowNs))
        {
            position = acceptedPosition;
            sinceNs = nowNs;
        }
    }

    /**
     * What was sent is acknowledged no more.
     */
    void reset()
    {
        position = NONE;
    }
}
