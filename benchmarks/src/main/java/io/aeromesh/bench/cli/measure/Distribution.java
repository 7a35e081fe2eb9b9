package io.aeromesh.bench.cli.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Times of single operations (or of units of several), in shares: a share during which strangers had a core is left
 * out, unless all are such.
 * <p>
 * <b>What is left out by the way of asking.</b> There is one message under way at a time, and the next goes when the
 * answer has come. So a stall is one sample, however many messages a user would have sent meanwhile: these are times of
 * service in a closed loop. A user who sends at a rate of his own waits longer ("coordinated omission"). There is no
 * rate here from which that could be told; the mean has every stall in full.
 */
final class Distribution
{
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final int TICKS_PER_HALF = 5;
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(60);

    private final Histogram share = new Histogram(LONGEST_NS, SIGNIFICANT_DIGITS);
    private final Histogram quiet = new Histogram(LONGEST_NS, SIGNIFICANT_DIGITS);
    private final Histogram all = new Histogram(LONGEST_NS, SIGNIFICANT_DIGITS);
    private final int unit;

    /**
     * @param unit operations that are timed as one.
     */
    Distribution(final int unit)
    {
        this.unit = unit;
    }

    void record(final long ns)
    {
        share.recordValue(Math.min(LONGEST_NS, Math.max(0, ns)));
    }

    /**
     * Ends a share.
     */
    void endShare(final boolean isQuiet)
    {
        all.add(share);
        if (isQuiet)
        {
            quiet.add(share);
        }
        share.reset();
    }

    void reset()
    {
        share.reset();
        quiet.reset();
        all.reset();
    }

    private Histogram best()
    {
        return quiet.getTotalCount() > 0 ? quiet : all;
    }

    /**
     * In nanoseconds per operation; NaN when there is none.
     */
    double percentile(final double percent)
    {
        return best().getTotalCount() == 0 ? Double.NaN : (double)best().getValueAtPercentile(percent) / unit;
    }

    double max()
    {
        return best().getTotalCount() == 0 ? Double.NaN : (double)best().getMaxValue() / unit;
    }

    /**
     * Points for a plot: part from 0 to 1, nanoseconds, and so on.
     */
    List<Double> curve()
    {
        final List<Double> points = new ArrayList<>();
        if (best().getTotalCount() > 0)
        {
            for (final HistogramIterationValue value : best().percentiles(TICKS_PER_HALF))
            {
                points.add(value.getPercentileLevelIteratedTo() / 100);
                points.add((double)value.getValueIteratedTo() / unit);
            }
        }
        return points;
    }
}
