package io.aeromesh.bench.cli.report;

import io.aeromesh.bench.cli.measure.Limits;
import io.aeromesh.bench.cli.tech.Case;
import io.aeromesh.bench.cli.tech.Job;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The runs of each row together, and each row beside those that it is to be compared with.
 */
final class Summary
{
    private static final List<String> TIMED_COLUMNS =
        List.of("tech", "mean ns", "p50", "p99", "p99.9", "max", "Mmsg/s", "B/op",
            "limit", "x limit", "x aeron-ipc", "cores", "config");

    private static final List<String> SURVEYED_COLUMNS =
        List.of("one more", "shared B", "heap B", "direct B", "threads", "descriptors", "config");
    private static final double MILLION = 1e6;

    /**
     * Rows that can be compared: of one case, mode, size and number of receivers.
     *
     * @param title of them.
     * @param lines by technology, each with all its runs.
     */
    record Group(String title, Map<Job, List<Entry>> lines)
    {
        boolean isSurvey()
        {
            return lines.keySet().iterator().next().benchCase() == Case.FOOTPRINT;
        }

        List<String> columns()
        {
            return isSurvey() ? SURVEYED_COLUMNS : TIMED_COLUMNS;
        }
    }

    private Summary()
    {
    }

    static List<Group> groups(final List<Entry> entries)
    {
        final Map<String, Map<Job, List<Entry>>> byTitle = new LinkedHashMap<>();
        for (final Entry entry : entries)
        {
            byTitle.computeIfAbsent(title(entry.job()), key -> new LinkedHashMap<>())
                .computeIfAbsent(entry.job(), key -> new ArrayList<>())
                .add(entry);
        }
        return byTitle.entrySet().stream().map(group -> new Group(group.getKey(), group.getValue())).toList();
    }

    private static String title(final Job job)
    {
        return job.benchCase().text() + ", " + job.size() + " B, " + job.mode().text() +
            (job.benchCase() == Case.BROADCAST ? ", to " + job.fanout() : "");
    }

    /**
     * The columns of each row of a group.
     */
    static List<List<String>> table(final Group group)
    {
        if (group.isSurvey())
        {
            return group.lines().entrySet().stream().map(line -> surveyed(line.getKey(), line.getValue())).toList();
        }
        final List<Entry> all = group.lines().values().stream().flatMap(List::stream).toList();
        return group.lines().entrySet().stream().map(line -> row(line.getKey(), line.getValue(), all)).toList();
    }

    private static List<String> surveyed(final Job job, final List<Entry> runs)
    {
        return List.of(
            job.tech(),
            text(Spread.of(runs, entry -> entry.measured().footprint().sharedBytes()), 0),
            text(Spread.of(runs, entry -> entry.measured().footprint().heapBytes()), 0),
            text(Spread.of(runs, entry -> entry.measured().footprint().directBytes()), 0),
            text(Spread.of(runs, entry -> entry.measured().footprint().threads()), 2),
            text(Spread.of(runs, entry -> entry.measured().footprint().descriptors()), 2),
            Row.config(runs.get(0)));
    }

    private static List<String> row(final Job job, final List<Entry> runs, final List<Entry> all)
    {
        final Spread mean = Spread.of(runs, entry -> entry.measured().meanNs());
        // one way there is a limit of its own kind; there and back it is the bounce that was seen beside each run
        final Spread toLimit = job.benchCase().isOneWay() ? Spread.beside(runs, all, "stream-limit") :
            Spread.of(runs, Entry::besideLimit);
        return List.of(
            job.tech(),
            text(mean, mean.median() < 1000 ? 1 : 0),
            text(Spread.of(runs, entry -> entry.measured().p50Ns()).median(), 0),
            text(Spread.of(runs, entry -> entry.measured().p99Ns()), 0),
            text(Spread.of(runs, entry -> entry.measured().p999Ns()), 0),
            text(Spread.of(runs, entry -> entry.measured().maxNs()).median(), 0),
            text(Spread.of(runs, entry -> entry.messagesPerSecond() / MILLION).median(), 2),
            text(Spread.of(runs, entry -> entry.measured().allocBPerOp()).median(), 3),
            text(Spread.of(runs, Entry::limitNs), 0),
            job.benchCase().isOneThread() ? "" : text(toLimit, 2),
            text(Spread.beside(runs, all, "aeron-ipc"), 2),
            cores(runs),
            Row.config(runs.get(0)));
    }

    /**
     * Median, with least and most where they differ.
     */
    static String text(final Spread spread, final int decimals)
    {
        final String median = text(spread.median(), decimals);
        return spread.least() == spread.most() || Double.isNaN(spread.median()) ? median :
            median + " (" + text(spread.least(), decimals) + "-" + text(spread.most(), decimals) + ")";
    }

    static String text(final double value, final int decimals)
    {
        return Double.isNaN(value) || Double.isInfinite(value) ? "" :
            String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String cores(final List<Entry> runs)
    {
        return runs.stream().map(Entry::place).distinct().map(Limits::text)
            .collect(Collectors.joining("/"));
    }
}
