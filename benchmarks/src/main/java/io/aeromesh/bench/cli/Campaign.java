package io.aeromesh.bench.cli;

import io.aeromesh.bench.cli.measure.Measured;
import io.aeromesh.bench.cli.measure.Plan;
import io.aeromesh.bench.cli.report.Entry;
import io.aeromesh.bench.cli.tech.Job;
import io.aeromesh.bench.cli.tech.Technologies;
import io.aeromesh.bench.cli.tech.Technology;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Goes through all rows of a request: chooses for each technology the best of its configurations, then measures, the
 * technologies in turn within each run, so that what changes on the machine meets them all.
 */
final class Campaign
{
    private static final int CACHE_LINE_LENGTH = 64;

    private final Request request;
    private final Workers workers;
    private final PrintWriter progress;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Job, String> variants = new HashMap<>();
    private final Set<Job> given = new HashSet<>();
    private int failures;

    /**
     * @param progress where a line per row goes, while the rows come.
     */
    Campaign(final Request request, final Workers workers, final PrintWriter progress)
    {
        this.request = request;
        this.workers = workers;
        this.progress = progress;
    }

    /**
     * Measures everything.
     */
    List<Entry> run() throws IOException, InterruptedException
    {
        for (final int size : request.sizes())
        {
            for (final int fanout : request.fanouts())
            {
                for (int run = 1; run <= request.runs(); run++)
                {
                    for (final String tech : request.techs())
                    {
                        measure(request.job(tech, size, fanout), run);
                    }
                }
            }
        }
        return entries;
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
        final Optional<String> unavailable = Technologies.named(job.tech()).unavailable(job);
        if (unavailable.isPresent())
        {
            giveUp(job, "skipped: " + unavailable.get());
            return;
        }
        final String variant = chooseVariant(job);
        if (variant == null)
        {
            return;
        }
        final Workers.Outcome outcome = workers.measure(job.variant(variant));
        if (outcome.measured() == null)
        {
            giveUp(job, outcome.problem());
            return;
        }
        entries.add(new Entry(job, outcome.measured()));
        say(job, String.format(Locale.ROOT, "run %d of %d%s", run, request.runs(), figures(outcome.measured())));
    }

    private static String figures(final Measured measured)
    {
        return Double.isNaN(measured.meanNs()) ? ": " + measured.config() :
            String.format(Locale.ROOT, ": %.1f ns, limit %.0f and %.0f", measured.meanNs(),
                measured.limitBeforeNs(), measured.limitAfterNs());
    }

    private void giveUp(final Job job, final String problem)
    {
        given.add(job);
        failures += problem.startsWith("failed") ? 1 : 0;
        say(job, problem);
    }

    private void say(final Job job, final String text)
    {
        progress.println("  " + Entry.label(job) + ", " + job.size() + " B: " + text);
        progress.flush();
    }

    /**
     * @return null when there is none that runs.
     */
    private String chooseVariant(final Job job) throws IOException, InterruptedException
    {
        final String chosen = variants.get(job);
        if (chosen != null)
        {
            return chosen;
        }
        final Technology technology = Technologies.named(job.tech());
        final List<String> all = technology.variants(job);
        String best = all.get(0);
        // the likeliest comes first, which is good enough for a look
        if (all.size() > 1 && request.plan() == Plan.FULL)
        {
            best = tryAll(job, all);
        }
        if (best != null)
        {
            variants.put(job, best);
        }
        return best;
    }

    private String tryAll(final Job job, final List<String> all) throws IOException, InterruptedException
    {
        String best = null;
        double bestScore = Double.MAX_VALUE;
        for (final String variant : all)
        {
            final Workers.Outcome outcome = workers.measure(job.plan(Plan.PROBE).variant(variant));
            if (outcome.measured() == null)
            {
                if (best == null && outcome.problem().startsWith("unavailable"))
                {
                    // what is not there is not there in another configuration either
                    giveUp(job, outcome.problem());
                    return null;
                }
                say(job, variant + ": " + outcome.problem());
                continue;
            }
            final double score = score(job, outcome.measured());
            say(job, String.format(Locale.ROOT, "tried %s%s", variant, figures(outcome.measured())));
            if (score < bestScore)
            {
                best = variant;
                bestScore = score;
            }
        }
        if (best == null)
        {
            giveUp(job, "failed: none of its configurations runs");
        }
        return best;
    }

    /**
     * A round trip of a small message is seen in bounces of a line: cores that move apart between two configurations
     * would choose by chance.
     */
    private static double score(final Job job, final Measured measured)
    {
        final boolean bounces =
            !job.benchCase().isOneWay() && !job.benchCase().isOneThread() && job.size() <= CACHE_LINE_LENGTH;
        return bounces ? measured.meanNs() * 2 / (measured.limitBeforeNs() + measured.limitAfterNs()) :
            measured.meanNs();
    }
}
