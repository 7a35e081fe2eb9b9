package io.aeromesh.bench.cli.report;

import io.aeromesh.bench.cli.measure.Limits;
import io.aeromesh.bench.cli.measure.Measured;
import io.aeromesh.bench.cli.tech.Case;
import io.aeromesh.bench.cli.tech.Job;
import java.util.List;
import java.util.Optional;

/**
 * One measured row.
 *
 * @param job      that was asked for.
 * @param jdk      version of the Java that measured it.
 * @param run      from 1; rows of one run stood beside each other.
 * @param measured what it gave.
 */
public record Entry(Job job, String jdk, int run, Measured measured)
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

    double besideLimit()
    {
        return measured.meanNs() / limitNs();
    }

    /**
     * Where the cores lay, or {@link Limits#ANY}: rows of different places can not be compared.
     */
    Limits place()
    {
        return job.benchCase().isOneThread() ? Limits.ANY : measured.limits();
    }

    /**
     * Whether other processes took too much, or the cores moved where that matters.
     */
    boolean isDisturbed()
    {
        return measured.isCrowded() || place() == Limits.MIXED;
    }

    /**
     * The row of another technology that stood beside this one: of the same run, and with the cores at the same place.
     */
    Optional<Entry> beside(final List<Entry> all, final String tech)
    {
        return all.stream()
            .filter(other -> other.job().tech().equals(tech) && other.job().size() == job.size() &&
                other.job().fanout() == job.fanout() && other.jdk().equals(jdk) && other.run() == run &&
                other.place() == place())
            .findFirst();
    }
}
