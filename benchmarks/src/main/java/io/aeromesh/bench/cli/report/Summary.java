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
    static final List<String> COLUMNS = List.of("tech", "mean ns", "p50", "p99", "p99.9", "max", "Mmsg/s", "B/op",
        "limit", "x limit", "x aeron-ipc", "cores", "config");

    private static final double MILLION = 1e6;

    /**
     * Rows that can be compared: of one case, mode, size and number of receivers.
     *
     * @param title of them.
     * @param lines by technology, each with all its runs.
     */
    record Group(String title, Map<Job, List<Entry>> lines)
    {
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
        final double aeronNs = meanOf(group, "aeron-ipc");
        final double streamNs = meanOf(group, "stream-limit");
        final List<List<String>> rows = new ArrayList<>();
        group.lines().forEach((job, runs) -> rows.add(row(job, runs, aeronNs, streamNs)));
        return rows;
    }

    private static double meanOf(final Group group, final String tech)
    {
        return group.lines().entrySet().stream()
            .filter(line -> line.getKey().tech().equals(tech))
            .mapToDouble(line -> Spread.of(line.getValue(), entry -> entry.measured().meanNs()).median())
            .findFirst()
            .orElse(Double.NaN);
    }

    private static List<String> row(
        final Job job, final List<Entry> runs, final double aeronNs, final double streamNs)
    {
        final Spread mean = Spread.of(runs, entry -> entry.measured().meanNs());
        // one way there is a limit of its own kind; there and back it is the bounce that was seen beside each run
        final Spread toLimit = job.benchCase().isOneWay() ? scaled(mean, 1 / streamNs) :
            Spread.of(runs, entry -> entry.measured().meanNs() / entry.limitNs());
        return List.of(
            job.tech(),
            text(mean, mean.median() < 1000 ? 1 : 0),
            text(Spread.of(runs, entry -> entry.measured().p50Ns()).median(), 0),
            text(Spread.of(runs, entry -> entry.measured().p99Ns()).median(), 0),
            text(Spread.of(runs, entry -> entry.measured().p999Ns()).median(), 0),
            text(Spread.of(runs, entry -> entry.measured().maxNs()).median(), 0),
            text(Spread.of(runs, entry -> entry.messagesPerSecond() / MILLION).median(), 2),
            text(Spread.of(runs, entry -> entry.measured().allocBPerOp()).median(), 2),
            text(Spread.of(runs, Entry::limitNs), 0),
            job.benchCase().isOneThread() ? "" : text(toLimit, 2),
            text(scaled(mean, 1 / aeronNs), 2),
            cores(job, runs),
            Row.config(runs.get(0)));
    }

    private static Spread scaled(final Spread spread, final double factor)
    {
        return new Spread(spread.least() * factor, spread.median() * factor, spread.most() * factor);
    }

    /**
     * Median, with least and most where they differ.
     */
    private static String text(final Spread spread, final int decimals)
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

    private static String cores(final Job job, final List<Entry> runs)
    {
        if (job.benchCase() == Case.FOOTPRINT)
        {
            return "";
        }
        return runs.stream().map(Entry::limits).distinct().map(Limits::name)
            .map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.joining("/"));
    }
}
