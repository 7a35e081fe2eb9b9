package io.aeromesh.bench.cli;

import io.aeromesh.bench.cli.measure.Measured;
import io.aeromesh.bench.cli.measure.Plan;
import io.aeromesh.bench.cli.tech.Job;
import io.aeromesh.bench.cli.tech.Technologies;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Chooses the configuration of each technology: each is tried briefly several times, all in turn, so that a bad moment
 * of the machine does not decide, and the one with the best try is taken. One that is far behind the best after a
 * round, or does not run, is not tried again.
 */
final class Tuning
{
    private static final int TRIES = 3;
    /** Beyond this multiple of the best a bad moment is not why. */
    private static final double SCORE_MAX = 1.5;
    private static final int CACHE_LINE_LENGTH = 64;

    private final Workers workers;
    private final BiConsumer<Job, String> progress;
    private final Map<Job, String> chosen = new HashMap<>();

    /**
     * @param progress told of each try.
     */
    Tuning(final Workers workers, final BiConsumer<Job, String> progress)
    {
        this.workers = workers;
        this.progress = progress;
    }

    /**
     * What was chosen, or why nothing can be.
     *
     * @param variant or null.
     * @param problem or null.
     */
    record Choice(String variant, String problem)
    {
    }

    /**
     * The same each time when asked again for a job.
     */
    Choice choose(final Job job) throws IOException, InterruptedException
    {
        final String before = chosen.get(job);
        if (before != null)
        {
            return new Choice(before, null);
        }
        final Optional<String> unavailable = Technologies.named(job.tech()).unavailable(job);
        if (unavailable.isPresent())
        {
            return new Choice(null, "skipped: " + unavailable.get());
        }
        final List<String> all = Technologies.named(job.tech()).variants(job);
        // the likeliest comes first, which is good enough for a look
        final Choice choice =
            all.size() == 1 || job.plan() != Plan.FULL ? new Choice(all.get(0), null) : tryAll(job, all);
        if (choice.variant() != null)
        {
            chosen.put(job, choice.variant());
        }
        return choice;
    }

    private Choice tryAll(final Job job, final List<String> all) throws IOException, InterruptedException
    {
        final Map<String, Double> best = new HashMap<>();
        String problem = "";
        for (int i = 0; i < TRIES; i++)
        {
            for (final String variant : i == 0 ? all : promising(all, best))
            {
                final Workers.Outcome outcome = workers.measure(job.plan(Plan.PROBE).variant(variant));
                if (outcome.measured() != null)
                {
                    best.merge(variant, score(job, outcome.measured()), Math::min);
                }
                else if (best.isEmpty() && outcome.problem().startsWith("unavailable"))
                {
                    // what is not there is not there in another configuration either
                    return new Choice(null, outcome.problem());
                }
                else
                {
                    problem = variant + ": " + outcome.problem();
                    progress.accept(job, problem);
                }
            }
        }
        best.forEach((variant, score) -> progress.accept(job, String.format(Locale.ROOT, "tried %s: at best %.2f %s",
            variant, score, isSeenInBounces(job) ? "bounces of a line" : "ns")));
        return best.isEmpty() ? new Choice(null, "failed: none of its configurations runs; " + problem) :
            new Choice(Collections.min(best.entrySet(), Map.Entry.comparingByValue()).getKey(), null);
    }

    static List<String> promising(final List<String> all, final Map<String, Double> best)
    {
        final double scoreMax =
            best.values().stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN) * SCORE_MAX;
        return all.stream().filter(variant -> best.getOrDefault(variant, Double.MAX_VALUE) <= scoreMax).toList();
    }

    /**
     * A round trip of a small message is seen in bounces of a line: cores that move apart between two configurations
     * would choose by chance.
     */
    static double score(final Job job, final Measured measured)
    {
        return isSeenInBounces(job) ? measured.meanNs() * 2 / (measured.limitBeforeNs() + measured.limitAfterNs()) :
            measured.meanNs();
    }

    private static boolean isSeenInBounces(final Job job)
    {
        return !job.benchCase().isOneWay() && !job.benchCase().isOneThread() && job.size() <= CACHE_LINE_LENGTH;
    }
}
