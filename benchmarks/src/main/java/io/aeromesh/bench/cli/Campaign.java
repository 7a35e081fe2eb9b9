package io.aeromesh.bench.cli;

import io.aeromesh.bench.cli.measure.Measured;
import io.aeromesh.bench.cli.report.Entry;
import io.aeromesh.bench.cli.tech.Job;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Goes through all rows of a request: chooses for each technology the best of its configurations, then measures, the
 * technologies in turn within each run, so that what changes on the machine meets them all.
 */
final class Campaign
{
    private final Request request;
    private final Workers workers;
    private final PrintWriter progress;
    private final Tuning tuning;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<Job> given = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private int failures;

    /**
     * @param progress where a line per row goes, while the rows come.
     */
    Campaign(final Request request, final Workers workers, final PrintWriter progress)
    {
        this.request = request;
        this.workers = workers;
        this.progress = progress;
        tuning = new Tuning(workers, this::say);
    }

    /**
     * Measures everything.
     */
    List<Entry> run() throws IOException, InterruptedException
    {
        for (int run = 1; run <= request.runs(); run++)
        {
            run(run);
        }
        return entries;
    }

    /**
     * Measures each row once more.
     *
     * @param run from 1 to the number of runs.
     */
    void run(final int run) throws IOException, InterruptedException
    {
        for (final int size : request.sizes())
        {
            for (final int fanout : request.fanouts())
            {
                for (final String tech : request.techs())
                {
                    measure(request.job(tech, size, fanout), run);
                }
            }
        }
    }

    /**
     * What was measured so far.
     */
    List<Entry> entries()
    {
        return List.copyOf(entries);
    }

    /**
     * What was given up and why, one for each technology, for people.
     */
    List<String> problems()
    {
        return List.copyOf(problems);
    }

    /**
     * Rows that were started and did not end, unlike those that can not be measured here.
     */
    int failures()
    {
        return failures;
    }

    private void measure(final Job job, final int run) throws IOException, InterruptedException
    {
        if (given.contains(job))
        {
            return;
        }
        final Tuning.Choice choice = tuning.choose(job);
        if (choice.variant() == null)
        {
            giveUp(job, run, choice.problem());
            return;
        }
        final Workers.Outcome outcome = workers.measure(job.variant(choice.variant()));
        if (outcome.measured() == null)
        {
            giveUp(job, run, outcome.problem());
            return;
        }
        entries.add(new Entry(job, workers.java().version(), run, outcome.measured()));
        say(job, String.format(Locale.ROOT, "run %d of %d%s", run, request.runs(), figures(outcome.measured())));
    }

    private static String figures(final Measured measured)
    {
        return Double.isNaN(measured.meanNs()) ? ": " + measured.config() :
            String.format(Locale.ROOT, ": %.1f ns, limit %.0f and %.0f", measured.meanNs(),
                measured.limitBeforeNs(), measured.limitAfterNs());
    }

    private void giveUp(final Job job, final int run, final String problem)
    {
        given.add(job);
        problems.add(String.format(Locale.ROOT, "`%s` on JDK %d, given up in run %d: %s", Entry.label(job),
            workers.java().feature(), run, problem));
        failures += problem.startsWith("failed") ? 1 : 0;
        say(job, problem);
    }

    private void say(final Job job, final String text)
    {
        progress.println("  " + Entry.label(job) + ", " + job.size() + " B: " + text);
        progress.flush();
    }
}
