package io.aeromesh.bench.cli.report;

import io.aeromesh.bench.cli.measure.Limits;
import io.aeromesh.bench.cli.tech.Case;
import io.aeromesh.bench.cli.tech.Job;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tables for the documents: median of the runs, with least and most. Runs with the cores near and far are rows of their
 * own, where that matters; runs during which they moved are left out, and said to be.
 */
public final class MarkdownReport
{
    private static final String LIMIT = "limit";
    private static final List<String> SURVEYED_COLUMNS =
        List.of("one more", "JDK", "shared B", "heap B", "direct B", "threads", "descriptors");

    private MarkdownReport()
    {
    }

    /** What a row of the table stands for. */
    private record Line(Job job, String jdk, Limits place)
    {
    }

    /**
     * One chapter, or nothing where it would have no row.
     *
     * @param bases    technologies that the others are compared with, as far as they were measured.
     * @param problems what is missing and why, a line each.
     */
    public static Optional<String> table(
        final List<Entry> entries, final List<String> bases, final List<String> problems)
    {
        final Map<Line, List<Entry>> lines = lines(entries);
        if (lines.isEmpty())
        {
            return Optional.empty();
        }
        final StringBuilder text = new StringBuilder();
        final List<String> measured = bases.stream().filter(base -> isMeasured(base, entries)).toList();
        final Case benchCase = entries.get(0).job().benchCase();
        final boolean surveyed = benchCase == Case.FOOTPRINT;
        final List<String> columns = surveyed ? SURVEYED_COLUMNS : columns(benchCase, measured);
        line(text, columns);
        line(text, columns.stream().map(column -> "---").toList());
        lines.forEach(
            (line, runs) -> line(text, surveyed ? surveyed(line, runs) : timed(line, runs, entries, measured)));
        final long moved = entries.stream().filter(entry -> entry.place() == Limits.MIXED).count();
        final long disturbed = entries.stream().filter(Entry::isDisturbed).count() - moved;
        if (moved > 0)
        {
            text.append("\nLeft out: ").append(moved).append(" rows during which the cores moved.\n");
        }
        if (disturbed > 0)
        {
            text.append("\nOther processes disturbed ").append(disturbed).append(" of the rows.\n");
        }
        problems.forEach(problem -> text.append('\n').append(problem).append(".\n"));
        return Optional.of(text.toString());
    }

    private static Map<Line, List<Entry>> lines(final List<Entry> entries)
    {
        final Map<Line, List<Entry>> lines = new LinkedHashMap<>();
        for (final Limits place : List.of(Limits.ANY, Limits.NEAR, Limits.FAR))
        {
            entries.stream().filter(entry -> entry.place() == place).forEach(entry -> lines
                .computeIfAbsent(new Line(entry.job(), entry.jdk(), place), key -> new ArrayList<>()).add(entry));
        }
        return lines;
    }

    /** The limit stands beside each row, the others are rows of the same run. */
    private static boolean isMeasured(final String base, final List<Entry> entries)
    {
        return LIMIT.equals(base) || entries.stream().anyMatch(entry -> base.equals(entry.job().tech()));
    }

    private static List<String> columns(final Case benchCase, final List<String> bases)
    {
        final List<String> columns = new ArrayList<>(List.of("tech", "JDK"));
        if (!benchCase.isOneThread())
        {
            columns.add("cores");
        }
        columns.addAll(List.of("runs", "mean ns", "M/s"));
        bases.forEach(base -> columns.add("× `" + base + "`"));
        columns.addAll(List.of("p50", "p99", "p99.9", "B/op", "configuration"));
        return columns;
    }

    private static List<String> timed(
        final Line line, final List<Entry> runs, final List<Entry> all, final List<String> bases)
    {
        final Spread mean = Spread.of(runs, entry -> entry.measured().meanNs());
        final List<String> cells =
            new ArrayList<>(List.of("`" + Entry.label(line.job()) + "`", feature(line.jdk())));
        if (line.place() != Limits.ANY)
        {
            cells.add(line.place().text());
        }
        cells.addAll(List.of(Integer.toString(runs.size()), Summary.text(mean, 1),
            Summary.text(Spread.of(runs, entry -> entry.messagesPerSecond() / 1e6), 2)));
        bases.forEach(base -> cells.add(Summary.text(LIMIT.equals(base) ? Spread.of(runs, Entry::besideLimit) :
            Spread.beside(runs, all, base), 2)));
        cells.addAll(List.of(Summary.text(Spread.of(runs, entry -> entry.measured().p50Ns()).median(), 0),
            Summary.text(Spread.of(runs, entry -> entry.measured().p99Ns()), 0),
            Summary.text(Spread.of(runs, entry -> entry.measured().p999Ns()), 0),
            Summary.text(Spread.of(runs, entry -> entry.measured().allocBPerOp()).median(), 3),
            runs.get(0).measured().config()));
        return cells;
    }

    private static List<String> surveyed(final Line line, final List<Entry> runs)
    {
        final List<String> cells = new ArrayList<>(List.of(runs.get(0).measured().config(), feature(line.jdk())));
        cells.add(Summary.text(Spread.of(runs, entry -> entry.measured().footprint().sharedBytes()), 0));
        cells.add(Summary.text(Spread.of(runs, entry -> entry.measured().footprint().heapBytes()), 0));
        cells.add(Summary.text(Spread.of(runs, entry -> entry.measured().footprint().directBytes()), 0));
        cells.add(Summary.text(Spread.of(runs, entry -> entry.measured().footprint().threads()), 2));
        cells.add(Summary.text(Spread.of(runs, entry -> entry.measured().footprint().descriptors()), 2));
        return cells;
    }

    /**
     * The claim of the first page: a direct channel there and back, of the first JDK, near where there are such runs.
     * Nothing where it was not measured beside what it is compared with.
     */
    public static Optional<String> headline(
        final List<Entry> roundTrips, final String machine, final String command)
    {
        final List<Entry> direct = roundTrips.stream()
            .filter(entry -> "direct".equals(entry.job().tech()) && entry.place() != Limits.MIXED).toList();
        if (direct.isEmpty())
        {
            return Optional.empty();
        }
        final String jdk = direct.get(0).jdk();
        final Limits place = direct.stream().anyMatch(entry -> entry.place() == Limits.NEAR) ?
            Limits.NEAR : direct.get(0).place();
        final List<Entry> runs =
            direct.stream().filter(entry -> entry.jdk().equals(jdk) && entry.place() == place).toList();
        final Spread toAeron = Spread.beside(runs, roundTrips, "aeron-ipc");
        final Spread toLines = Spread.beside(runs, roundTrips, "limit2");
        if (Double.isNaN(toAeron.median()) || Double.isNaN(toLines.median()))
        {
            return Optional.empty();
        }
        final String value = Summary.text(Spread.of(runs, entry -> entry.measured().meanNs()), 0) + " ns: " +
            Summary.text(toAeron, 2) + " times Aeron IPC, " + Summary.text(toLines, 2) +
            " times two bare cache lines; cores " + place.text() + ", median (least-most) of " + runs.size() + " runs";
        final StringBuilder text = new StringBuilder();
        line(text, List.of("measured", "value", "machine", "command"));
        line(text, List.of("---", "---", "---", "---"));
        line(text, List.of("a message of 32 bytes there and back by a direct channel, two processes", value, machine,
            "`" + command + "`, more in [docs/PERFORMANCE.md](docs/PERFORMANCE.md)"));
        return Optional.of(text.toString());
    }

    private static String feature(final String jdk)
    {
        return jdk.split("[.+-]")[0];
    }

    private static void line(final StringBuilder text, final List<String> cells)
    {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
