package io.aeromesh.internal.node;

import io.aeromesh.spi.TransportContext.Threading;
import io.aeromesh.status.EventLog;
import io.aeromesh.status.MeshCounter;
import io.aeromesh.status.MeshEvent;
import io.aeromesh.status.MeshHistogram;
import io.aeromesh.status.NodeStatus;
import io.aeromesh.status.Times;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Notices duty cycles that take long, and what in them did, for next to nothing. The clock is read where it is paid
 * for: once behind the parts that others wrote or that seldom have work, when they had some, once behind ours when they
 * did as much work as {@value #WORK_TIMED} packets, and behind services that had some. Ours have bounded work when they
 * did less, so that time which is in no part went by while the thread did not run, or between two cycles; or in a
 * service that says it did nothing. To tell these apart takes two readings in each cycle, so services are suspected,
 * and timed whatever they say, only from a slow cycle that nothing explains until one in which it was not they, or
 * until none has been slow for 10 s. A cycle is read through, behind each part, when the last one that was is 100 us
 * ago, and so are those that follow a slow one: by time and not by a count of cycles, so that a node which spins gives
 * no larger part of its time than one that sleeps.
 * <p>
 * Of slow cycles that go on, the first is told at once, one that is twice as long as those before too, and of the
 * others one after a second, then after twice as long each time, up to about a minute, with the count of those left
 * out.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none.
 */
final class CycleWatch
{
    private static final int DETAIL_LENGTH = 64;
    private static final long SAMPLE_INTERVAL_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int SAMPLED_AFTER_SLOW = 256;
    /** Packets after which the clock is read behind a part of ours. */
    private static final int WORK_TIMED = 64;
    /** So long without a slow cycle, what was noticed of those before is forgotten. */
    private static final long CALM_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long EVENT_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    /** Else a machine that is loaded for long would leave no other event in the log, which holds few. */
    private static final long EVENT_INTERVAL_NS_MAX = TimeUnit.SECONDS.toNanos(64);

    /**
     * A part of the duty cycle.
     */
    enum Part
    {
        COMMANDS("commands"),
        TRANSPORTS("transports"),
        PRESENCE("deaths of processes"),
        LINKS("links"),
        LISTENER("the application's listener"),
        SESSIONS("sessions"),
        OTHER("pings, topology and discards"),
        SERVICES("services");

        private final String label;

        Part(final String label)
        {
            this.label = label;
        }
    }

    private final NanoClock clock;
    private final EventLog events;
    private final Times cycleTimes;
    private final AtomicCounter slowCycles;
    private final AtomicCounter longest;
    private final long slowNs;
    private final String outside;
    private final String unseen;
    private long nextSampleNs;
    private int sampledInARow;
    /** What is longer has something to be noted: the longest so far, or what is slow. */
    private long unnoticedNs;
    private long startNs;
    /** Beginning of the cycle that the next three are of. */
    private long timedStartNs;
    private long markNs;
    private long partNs;
    private Part longestPart;
    private Part lastPart;
    private boolean isSuspecting;
    private long lastSlowNs;
    private long notedNs;
    private long notedCycleNs;
    private long eventIntervalNs;
    private long leftOut;
    private final StringBuilder detail = new StringBuilder(DETAIL_LENGTH);

    CycleWatch(final NodeStatus status, final NanoClock clock, final Threading threading, final int services)
    {
        this.clock = clock;
        events = status.events();
        cycleTimes = status.times(MeshHistogram.DUTY_CYCLE);
        slowCycles = status.counters().node(MeshCounter.SLOW_CYCLES);
        longest = status.counters().node(MeshCounter.CYCLE_TIME_MAX_NS);
        slowNs = status.config().slowCycleNs();
        nextSampleNs = clock.nanoTime();
        outside = threading == Threading.INVOKED ? "the application did not invoke the node, or did not run" :
            "the thread did not run";
        unseen = services == 0 ? outside : "a service that says it did nothing, or " + outside;
    }

    /**
     * A cycle begins.
     *
     * @param sinceLastNs from the beginning of the last one, less what the agent slept on purpose.
     * @return whether it is to be read through, by {@link #after} behind each part and {@link #end()}.
     */
    boolean begin(final long nowNs, final long sinceLastNs)
    {
        if (sinceLastNs > unnoticedNs)
        {
            onLong(nowNs, sinceLastNs);
        }
        startNs = nowNs;
        return nowNs - nextSampleNs >= 0;
    }

    /**
     * The parts that others wrote, or that seldom have any work, have done it. Where several had some, the time is that
     * of the first: one look instead of three is what makes this cost next to nothing.
     *
     * @return the work.
     */
    int afterOthers(final int commands, final int transports, final int presence)
    {
        final int work = commands + transports + presence;
        if (work > 0)
        {
            timed(commands > 0 ? Part.COMMANDS : transports > 0 ? Part.TRANSPORTS : Part.PRESENCE);
        }
        return work;
    }

    /**
     * Our parts have done their work.
     *
     * @return the work.
     */
    int afterOurs(final int links, final int sessions)
    {
        final int work = links + sessions;
        if (work >= WORK_TIMED)
        {
            timed(links >= sessions ? Part.LINKS : Part.SESSIONS);
        }
        return work;
    }

    /**
     * The services are about to do their work. What went by until now is not theirs.
     */
    void beforeServices()
    {
        if (isSuspecting)
        {
            beginTimes();
            markNs = clock.nanoTime();
        }
    }

    /**
     * The services have done their work.
     *
     * @return the work.
     */
    int afterServices(final int work)
    {
        if (work > 0 || isSuspecting)
        {
            timed(Part.SERVICES);
        }
        return work;
    }

    /**
     * A part of a cycle that is read through has done its work.
     *
     * @return the work.
     */
    int after(final Part part, final int work)
    {
        timed(part);
        return work;
    }

    /**
     * What was done since the last look at the clock is of that part.
     */
    void timed(final Part part)
    {
        beginTimes();
        final long nowNs = clock.nanoTime();
        if (nowNs - markNs > partNs)
        {
            partNs = nowNs - markNs;
            longestPart = part;
        }
        markNs = nowNs;
        lastPart = part;
    }

    private void beginTimes()
    {
        if (timedStartNs != startNs)
        {
            timedStartNs = startNs;
            markNs = startNs;
            partNs = 0;
            lastPart = null;
        }
    }

    /**
     * A cycle that was read through ends. Here, and not in each cycle, it is seen that a suspicion is old.
     */
    void end()
    {
        isSuspecting &= startNs - lastSlowNs < CALM_NS;
        cycleTimes.record(markNs - startNs);
        nextSampleNs = sampledInARow > 0 ? startNs : startNs + SAMPLE_INTERVAL_NS;
        sampledInARow = Math.max(0, sampledInARow - 1);
    }

    private void onLong(final long nowNs, final long cycleNs)
    {
        if (cycleNs > longest.getPlain())
        {
            longest.setRelease(cycleNs);
        }
        if (cycleNs >= slowNs)
        {
            onSlow(nowNs, cycleNs);
        }
        unnoticedNs = Math.min(longest.getPlain(), slowNs - 1);
    }

    private void onSlow(final long nowNs, final long cycleNs)
    {
        final boolean isFirst = notedCycleNs == 0 || nowNs - cycleNs - lastSlowNs >= CALM_NS;
        slowCycles.incrementRelease();
        lastSlowNs = nowNs;
        nextSampleNs = nowNs;
        sampledInARow = SAMPLED_AFTER_SLOW;
        final String cause = cause(nowNs - cycleNs, cycleNs);
        if (isFirst)
        {
            leftOut = 0; // of a time that is over
            notedCycleNs = 0;
            eventIntervalNs = EVENT_INTERVAL_NS;
        }
        else if (nowNs - notedNs >= eventIntervalNs)
        {
            eventIntervalNs = Math.min(2 * eventIntervalNs, EVENT_INTERVAL_NS_MAX);
        }
        else if (cycleNs <= 2 * notedCycleNs)
        {
            leftOut++;
            return;
        }
        note(nowNs, cause, cycleNs);
    }

    private void note(final long nowNs, final String cause, final long cycleNs)
    {
        detail.setLength(0);
        if (leftOut > 0)
        {
            detail.append("and ").append(leftOut).append(" before it that are not told");
        }
        notedNs = nowNs;
        notedCycleNs = Math.max(notedCycleNs, cycleNs);
        leftOut = 0;
        events.note(MeshEvent.SLOW_CYCLE, cause, detail, cycleNs);
    }

    private String cause(final long cycleStartNs, final long cycleNs)
    {
        if (startNs != cycleStartNs)
        {
            return outside; // it slept too long, and no part ran
        }
        final boolean isTimed = timedStartNs == cycleStartNs;
        if (isTimed && partNs >= cycleNs / 2)
        {
            isSuspecting &= longestPart == Part.SERVICES;
            return longestPart.label;
        }
        isSuspecting = !isTimed || lastPart != Part.SERVICES;
        return isSuspecting ? unseen : outside;
    }
}
