package io.aeromesh.bench.cli.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * The end that keeps the time: warms up, then measures until a row was not disturbed by others.
 */
public final class LeadEnd
{
    /** Shorter than another process's turn on a core. */
    private static final long BATCH_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int WARM_UP_FIRST = 64;
    private static final Actor NOTHING = count -> 0;
    private static final int UNITS_MIN = 4;
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final int TICKS_PER_HALF = 5;
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(60);

    private final Rendezvous rendezvous;
    private final Plan plan;
    private final Actor lead;
    private final LimitProbe probe;
    private final Histogram histogram = new Histogram(LONGEST_NS, SIGNIFICANT_DIGITS);
    private final int unit;
    private long grossNs;

    private LeadEnd(final Rendezvous rendezvous, final Plan plan, final Actor lead)
    {
        this.rendezvous = rendezvous;
        this.plan = plan;
        this.lead = lead;
        probe = new LimitProbe(rendezvous, LimitProbe.Place.BESIDE_ROWS);
        unit = lead.unit();
    }

    /**
     * Sets up, measures, closes.
     *
     * @throws Unavailable saying why it can not be measured.
     */
    public static Measured measure(
        final Rendezvous rendezvous, final Plan plan, final Role first, final Supplier<Actor> opener)
    {
        final Measured measured;
        try (Actor lead = PeerEnd.connect(rendezvous, Role.LEAD, first, opener))
        {
            measured = new LeadEnd(rendezvous, plan, lead).measure();
            rendezvous.command(Rendezvous.Command.END, 0, lead);
        }
        // after its own end is closed, as the peer may wait for that
        rendezvous.awaitDone(NOTHING);
        return measured;
    }

    private Measured measure()
    {
        probe.warmUp(rendezvous, lead);
        final double nsPerOp = warmUp();
        Measured measured = attempt(nsPerOp);
        for (int i = 1; i < plan.attemptsMax() && measured.isDisturbed(); i++)
        {
            final Measured again = attempt(nsPerOp);
            measured = again.otherLoad() < measured.otherLoad() ? again : measured;
        }
        return measured;
    }

    /**
     * @return nanoseconds per operation at the end of it, with what is not counted: so long will they take.
     */
    private double warmUp()
    {
        final long endNs = System.nanoTime() + plan.warmUpNs();
        long count = (long)WARM_UP_FIRST * unit;
        double nsPerOp;
        do
        {
            runTimed(count);
            nsPerOp = (double)grossNs / count;
            if (grossNs < plan.warmUpNs() / 16)
            {
                count *= 2;
            }
        }
        while (System.nanoTime() - endNs < 0);
        if (plan.distributionNs() > 0)
        {
            distribute(plan.distributionNs() / 4, nsPerOp);
        }
        return nsPerOp;
    }

    private Measured attempt(final double nsPerOp)
    {
        final long allocationCost = Allocations.ownCost();
        final double limitBeforeNs = probe.measure(rendezvous, lead);
        final OtherLoad others = new OtherLoad(List.copyOf(pids()));
        final double[] means = new double[(int)(plan.meanNs() / BATCH_NS)];
        final long batch = whole(BATCH_NS / nsPerOp);
        final long allocated = Allocations.bytes();
        runBatches(batch, means);
        final long bytes = Math.max(0, Allocations.bytes() - allocated - allocationCost);
        histogram.reset();
        if (plan.distributionNs() > 0)
        {
            distribute(plan.distributionNs(), nsPerOp);
        }
        final double share = others.share();
        final double limitAfterNs = probe.measure(rendezvous, lead);
        return new Measured(median(means), percentile(50), percentile(99), percentile(99.9),
            histogram.getTotalCount() == 0 ? Double.NaN : (double)histogram.getMaxValue() / unit,
            (double)bytes / (batch * means.length), limitBeforeNs, limitAfterNs, share, curve(), lead.config());
    }

    private Set<Long> pids()
    {
        final Set<Long> pids = new LinkedHashSet<>();
        pids.add(rendezvous.pid(Role.LEAD));
        pids.add(rendezvous.pid(Role.PEER));
        return pids;
    }

    private long runTimed(final long count)
    {
        rendezvous.command(Rendezvous.Command.RUN, count, lead);
        final long startNs = System.nanoTime();
        final long excludedNs = lead.run(count);
        rendezvous.awaitDone(lead);
        grossNs = System.nanoTime() - startNs;
        return grossNs - excludedNs;
    }

    private void runBatches(final long batch, final double[] means)
    {
        for (int i = 0; i < means.length; i++)
        {
            means[i] = (double)runTimed(batch) / batch;
        }
    }

    /**
     * The mean of the median batch: what another process takes from a core falls on some batches, and what the
     * technology itself takes now and then on all of them.
     */
    private static double median(final double[] means)
    {
        Arrays.sort(means);
        return means[means.length / 2];
    }

    private void distribute(final long durationNs, final double nsPerOp)
    {
        final long count = whole(durationNs / nsPerOp);
        rendezvous.command(Rendezvous.Command.RUN, count, lead);
        for (long done = 0; done < count; done += unit)
        {
            final long startNs = System.nanoTime();
            final long excludedNs = lead.run(unit);
            histogram.recordValue(Math.min(LONGEST_NS, Math.max(0, System.nanoTime() - startNs - excludedNs)));
        }
        rendezvous.awaitDone(lead);
    }

    /**
     * In whole units, and some.
     */
    private long whole(final double count)
    {
        return Math.max(UNITS_MIN, (long)(count / unit)) * unit;
    }

    private double percentile(final double percent)
    {
        return histogram.getTotalCount() == 0 ? Double.NaN : (double)histogram.getValueAtPercentile(percent) / unit;
    }

    private List<Double> curve()
    {
        final List<Double> points = new ArrayList<>();
        if (histogram.getTotalCount() > 0)
        {
            for (final HistogramIterationValue value : histogram.percentiles(TICKS_PER_HALF))
            {
                points.add(value.getPercentileLevelIteratedTo() / 100);
                points.add((double)value.getValueIteratedTo() / unit);
            }
        }
        return points;
    }
}
