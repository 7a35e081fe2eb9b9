package io.aeromesh.bench.cli.report;

import io.aeromesh.bench.cli.measure.Limits;
import io.aeromesh.bench.cli.measure.Measured;
import io.aeromesh.bench.cli.tech.Case;
import io.aeromesh.bench.cli.tech.Job;

/**
 * One measured row.
 *
 * @param job      that was asked for.
 * @param measured what it gave.
 */
public record Entry(Job job, Measured measured)
{
    private static final double NS_PER_S = 1e9;

    /**
     * The technology, with the number of receivers where there may be several.
     */
    public static String label(final Job job)
    {
        return job.benchCase() == Case.BROADCAST ? job.tech() + " to " + job.fanout() : job.tech();
    }

    double messagesPerSecond()
    {
        return NS_PER_S / measured.meanNs();
    }

    double limitNs()
    {
        return (measured.limitBeforeNs() + measured.limitAfterNs()) / 2;
    }

    Limits limits()
    {
        return Limits.of(measured.limitBeforeNs(), measured.limitAfterNs());
    }

    boolean isTimed()
    {
        return !Double.isNaN(measured.meanNs());
    }
}
