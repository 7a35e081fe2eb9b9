package io.aeromesh;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.util.concurrent.TimeUnit;

/**
 * How much a node tells those who watch it from outside, and so how much memory it takes for that: about 640 bytes for
 * each counter and 256 for each event, and 100 KiB beside. {@link #DEFAULT} takes half a mebibyte.
 *
 * @param countersMax counters of the node, its edges and its channels: {@value #COUNTERS_MIN} to
 *                    {@value #COUNTERS_MAX}. The node has fewer than {@value #COUNTERS_MIN} itself, each edge and each
 *                    channel has 4; those beyond are not shown.
 * @param eventsMax   recent events: a power of two from {@value #EVENTS_MIN} to {@value #EVENTS_MAX}.
 * @param slowCycleNs time between two duty cycles that is an event, in nanoseconds.
 */
public record StatusConfig(int countersMax, int eventsMax, long slowCycleNs)
{
    /** Least counters. */
    public static final int COUNTERS_MIN = 64;
    /** Most counters: 10 MiB. */
    public static final int COUNTERS_MAX = 16 * 1024;
    /** Least events. */
    public static final int EVENTS_MIN = 16;
    /** Most events: 4 MiB. */
    public static final int EVENTS_MAX = 16 * 1024;

    /** 512 counters, 256 events, and 10 ms are slow. */
    public static final StatusConfig DEFAULT = new StatusConfig(512, 256, TimeUnit.MILLISECONDS.toNanos(10));

    /**
     * Validates.
     */
    public StatusConfig
    {
        if (countersMax < COUNTERS_MIN || countersMax > COUNTERS_MAX)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "need countersMax from " + COUNTERS_MIN + " to " +
                COUNTERS_MAX + ": countersMax=" + countersMax);
        }
        if (eventsMax < EVENTS_MIN || eventsMax > EVENTS_MAX || Integer.bitCount(eventsMax) != 1)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "need eventsMax, a power of two from " + EVENTS_MIN +
                " to " + EVENTS_MAX + ": eventsMax=" + eventsMax);
        }
        if (slowCycleNs <= 0)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "need slowCycleNs > 0: slowCycleNs=" + slowCycleNs);
        }
    }

    /**
     * With this bound for a slow duty cycle, in nanoseconds.
     */
    public StatusConfig slowCycleNs(final long newSlowCycleNs)
    {
        return new StatusConfig(countersMax, eventsMax, newSlowCycleNs);
    }
}
