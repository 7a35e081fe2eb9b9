package io.aeromesh.bench.cli;

import io.aeromesh.bench.cli.measure.Plan;
import io.aeromesh.bench.cli.tech.Case;
import io.aeromesh.bench.cli.tech.Job;
import io.aeromesh.bench.cli.tech.Mode;
import io.aeromesh.bench.cli.tech.Sizes;
import io.aeromesh.bench.cli.tech.Technologies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What was asked for, checked.
 *
 * @param benchCase what to measure.
 * @param sizes     of messages in bytes.
 * @param techs     names.
 * @param mode      what the ends are.
 * @param runs      how often each row is measured.
 * @param plan      how long.
 */
record Request(Case benchCase, List<Integer> sizes, List<String> techs, Mode mode, int runs, Plan plan)
{
    private static final int RUNS_MAX = 100;
    private static final int RECEIVERS_MAX = 3;

    Request
    {
        if (runs < 1 || runs > RUNS_MAX)
        {
            throw new IllegalArgumentException("need --runs from 1 to " + RUNS_MAX + ", found " + runs);
        }
    }

    /**
     * From words of the command line; null: the default.
     *
     * @throws IllegalArgumentException saying in one line what was found and what is allowed.
     */
    static Request parse(
        final String caseText,
        final String sizesText,
        final String techsText,
        final String modeText,
        final int runs,
        final Plan plan)
    {
        final Case benchCase = parseCase(caseText);
        return new Request(benchCase, parseSizes(benchCase, sizesText), parseTechs(benchCase, techsText),
            benchCase.isOneThread() ? Mode.THREAD : parseMode(modeText), runs, plan);
    }

    private static Case parseCase(final String text)
    {
        return Arrays.stream(Case.values())
            .filter(candidate -> candidate.text().equals(text.toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no case '" + text + "', there are: " +
                Arrays.stream(Case.values()).map(Case::text).collect(Collectors.joining(", "))));
    }

    private static List<Integer> parseSizes(final Case benchCase, final String text)
    {
        if (text == null)
        {
            return benchCase.defaultSizes();
        }
        final List<Integer> sizes = new ArrayList<>();
        for (final String part : text.split(","))
        {
            sizes.add(parseSize(part));
        }
        return sizes;
    }

    private static int parseSize(final String text)
    {
        final String allowed = ", allowed are " + Job.SIZE_MIN + " to " + Sizes.text(Job.SIZE_MAX) +
            ", such as 32, 4k or 1m";
        try
        {
            final long size = Sizes.parse(text);
            if (size >= Job.SIZE_MIN && size <= Job.SIZE_MAX)
            {
                return (int)size;
            }
        }
        catch (final NumberFormatException ex)
        {
            throw new IllegalArgumentException("'" + text + "' is no size" + allowed, ex);
        }
        throw new IllegalArgumentException("size " + text + " is out of bounds" + allowed);
    }

    /** All of the case where none is named. */
    static List<String> parseTechs(final Case benchCase, final String text)
    {
        final List<String> known = Technologies.of(benchCase);
        if (text == null)
        {
            return known;
        }
        final List<String> techs = new ArrayList<>();
        for (final String part : text.split(","))
        {
            final String name = part.trim().toLowerCase(Locale.ROOT);
            if (!known.contains(name))
            {
                throw new IllegalArgumentException("case " + benchCase.text() + " has no tech '" + name +
                    "', it has: " + String.join(", ", known));
            }
            techs.add(name);
        }
        return techs;
    }

    private static Mode parseMode(final String text)
    {
        if (text == null || "processes".equalsIgnoreCase(text))
        {
            return Mode.PROCESSES;
        }
        if ("threads".equalsIgnoreCase(text))
        {
            return Mode.THREADS;
        }
        throw new IllegalArgumentException("no mode '" + text + "', there are: processes, threads");
    }

    /**
     * Numbers of receivers to be measured.
     */
    List<Integer> fanouts()
    {
        final List<Integer> fanouts = new ArrayList<>();
        for (int i = 1; i <= (benchCase == Case.BROADCAST ? RECEIVERS_MAX : 1); i++)
        {
            fanouts.add(i);
        }
        return fanouts;
    }

    Job job(final String tech, final int size, final int fanout)
    {
        return new Job(benchCase, tech, mode, size, fanout, "", plan);
    }
}
