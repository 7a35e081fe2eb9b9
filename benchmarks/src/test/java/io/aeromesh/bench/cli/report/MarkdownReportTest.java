package io.aeromesh.bench.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.bench.cli.measure.Measured;
import io.aeromesh.bench.cli.measure.Plan;
import io.aeromesh.bench.cli.tech.Case;
import io.aeromesh.bench.cli.tech.Job;
import io.aeromesh.bench.cli.tech.Mode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MarkdownReportTest
{
    private static final int NEAR_NS = 50;
    private static final int FAR_NS = 300;

    private static Entry entry(
        final String tech, final int run, final double meanNs, final int limitBeforeNs, final int limitAfterNs)
    {
        return entry(Case.RTT, tech, run, meanNs, limitBeforeNs, limitAfterNs);
    }

    private static Entry entry(
        final Case benchCase,
        final String tech,
        final int run,
        final double meanNs,
        final int limitBeforeNs,
        final int limitAfterNs)
    {
        final Mode mode = benchCase.isOneThread() ? Mode.THREAD : Mode.PROCESSES;
        return new Entry(new Job(benchCase, tech, mode, 32, 1, "", Plan.FULL), "17.0.1", run,
            new Measured(meanNs, meanNs, 150, 300, 9_000, 0.5, limitBeforeNs, limitAfterNs, 0, 1, List.of(), null,
                "every=64"));
    }

    private static String line(final String table, final String tech, final String cores)
    {
        return table.lines().filter(line -> line.startsWith("| `" + tech + "` | 17 | " + cores)).findFirst()
            .orElse("no line in " + table);
    }

    @Test
    void shouldCompareWithinARunAndAPlaceOnly()
    {
        final String table = MarkdownReport.table(List.of(
            entry("direct", 1, 100, NEAR_NS, NEAR_NS), entry("aeron-ipc", 1, 200, NEAR_NS, NEAR_NS),
            entry("direct", 2, 120, NEAR_NS, NEAR_NS), entry("aeron-ipc", 2, 800, FAR_NS, FAR_NS),
            entry("direct", 3, 600, FAR_NS, FAR_NS), entry("aeron-ipc", 3, 300, FAR_NS, FAR_NS),
            entry("direct", 4, 7_777, NEAR_NS, FAR_NS)), List.of("limit", "limit2", "aeron-ipc"),
            List.of("`jeromq`: failed")).orElseThrow();

        assertTrue(line(table, "direct", "near")
            .contains("| 2 | 110.0 (100.0-120.0) | 9.17 (8.33-10.00) | 2.20 (2.00-2.40) | 0.50 |"), table);
        assertTrue(line(table, "direct", "far").contains("| 1 | 600.0 | 1.67 | 2.00 | 2.00 |"), table);
        assertTrue(!table.contains("7777") && table.contains("Left out: 1 rows"), table);
        assertTrue(table.endsWith("\n`jeromq`: failed.\n"), table);
    }

    @Test
    void shouldHaveOneRowForEachWhereOneThreadDoesAll()
    {
        final String table = MarkdownReport.table(List.of(
            entry(Case.HOP, "hop", 1, 20, NEAR_NS, NEAR_NS), entry(Case.HOP, "copy", 1, 10, FAR_NS, FAR_NS),
            entry(Case.HOP, "hop", 2, 30, FAR_NS, FAR_NS), entry(Case.HOP, "copy", 2, 10, NEAR_NS, FAR_NS)),
            List.of("copy"), List.of()).orElseThrow();

        assertEquals(4, table.lines().count(), table);
        assertTrue(table.startsWith("| tech | JDK | runs | mean ns |"), table);
        assertTrue(line(table, "hop", "2").contains("| 2 | 25.0 (20.0-30.0) | 41.67 (33.33-50.00) | 2.50 (2.00-3.00)"),
            table);
        assertTrue(line(table, "copy", "2").contains("| 2 | 10.0 | 100.00 | 1.00 |"), table);
    }

    @Test
    void shouldTakeTheHeadlineFromNearRuns()
    {
        final String text = MarkdownReport.headline(List.of(
            entry("limit2", 1, 80, NEAR_NS, NEAR_NS), entry("direct", 1, 100, NEAR_NS, NEAR_NS),
            entry("aeron-ipc", 1, 200, NEAR_NS, NEAR_NS), entry("direct", 2, 600, FAR_NS, FAR_NS)), "a machine",
            "a command").orElseThrow();

        assertTrue(text.contains("| 100 ns: 0.50 times Aeron IPC, 1.25 times two bare cache lines; cores near"), text);
        assertEquals(3, text.lines().count());
    }

    @Test
    void shouldHaveNoTableWithoutARow()
    {
        assertEquals(Optional.empty(), MarkdownReport.table(List.of(), List.of("limit"), List.of("`ring`: failed")));
        assertEquals(Optional.empty(), MarkdownReport.table(List.of(entry("ring", 1, 100, NEAR_NS, FAR_NS)),
            List.of("limit"), List.of()));
    }

    @Test
    void shouldHaveNoHeadlineWithoutWhatItComparesWith()
    {
        assertEquals(Optional.empty(), MarkdownReport.headline(List.of(
            entry("direct", 1, 100, NEAR_NS, NEAR_NS), entry("limit2", 1, 80, NEAR_NS, NEAR_NS)), "a machine", "a"));
        assertEquals(Optional.empty(), MarkdownReport.headline(List.of(
            entry("limit2", 1, 80, NEAR_NS, NEAR_NS), entry("aeron-ipc", 1, 200, NEAR_NS, NEAR_NS)), "a machine", "a"));
    }
}
