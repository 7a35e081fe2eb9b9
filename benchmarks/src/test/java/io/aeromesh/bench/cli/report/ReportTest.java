package io.aeromesh.bench.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aeromesh.bench.cli.measure.Footprint;
import io.aeromesh.bench.cli.measure.Measured;
import io.aeromesh.bench.cli.measure.Plan;
import io.aeromesh.bench.cli.tech.Case;
import io.aeromesh.bench.cli.tech.Job;
import io.aeromesh.bench.cli.tech.Mode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest
{
    private static Entry entry(final Case benchCase, final String tech, final double meanNs, final double otherLoad)
    {
        return new Entry(new Job(benchCase, tech, Mode.PROCESSES, 32, 1, "", Plan.QUICK), "17.0.1", 1,
            new Measured(meanNs, meanNs, 150, 300, 9_000, 0.5, 50, 50, otherLoad, 1,
                List.of(0.0, meanNs, 0.5, meanNs, 0.99, 150.0, 1.0, 9_000.0), null, "every=64 <b>"));
    }

    private static String table(final List<Entry> entries)
    {
        final StringWriter text = new StringWriter();
        TableReport.print(new PrintWriter(text), entries);
        return text.toString();
    }

    private static String line(final String table, final String tech)
    {
        return table.lines().filter(line -> line.strip().startsWith(tech + " ")).findFirst().orElse("no line");
    }

    @Test
    void shouldHaveExactlyTheAgreedFields() throws IOException
    {
        final JsonNode rows = new ObjectMapper().readTree(
            JsonReport.text(List.of(entry(Case.RTT, "ring", 100, 0), entry(Case.RTT, "ring", 101, 0))));
        assertEquals(2, rows.size());
        final List<String> names = new ArrayList<>();
        rows.get(0).fieldNames().forEachRemaining(names::add);
        assertEquals(List.of("case", "tech", "mode", "size", "mean_ns", "p50_ns", "p99_ns", "p999_ns", "max_ns",
            "msgs_per_s", "alloc_b_per_op", "limit_before_ns", "limit_after_ns", "jdk", "config"), names);
        assertEquals("rtt", rows.get(0).path("case").asText());
        assertEquals("processes", rows.get(0).path("mode").asText());
        assertEquals(1e7, rows.get(0).path("msgs_per_s").asDouble());
        assertEquals(101, rows.get(1).path("mean_ns").asDouble());
    }

    @Test
    void shouldHaveNullWhereNothingWasMeasured() throws IOException
    {
        final Entry survey = new Entry(new Job(Case.FOOTPRINT, "node", Mode.THREAD, 0, 1, "", Plan.QUICK), "17.0.1", 1,
            Measured.of(new Footprint(4096, 1000, 64, 1, 2.5), "a node"));
        final JsonNode row = new ObjectMapper().readTree(JsonReport.text(List.of(survey))).get(0);
        assertTrue(row.path("mean_ns").isNull() && row.path("msgs_per_s").isNull());
        assertEquals(4096, row.path("shared_bytes").asDouble());
        assertEquals(2.5, row.path("descriptors").asDouble());
        assertTrue(line(table(List.of(survey)), "node").matches(".* 4096 +1000 +64 +1\\.00 +2\\.50 +a node"),
            table(List.of(survey)));
    }

    @Test
    void shouldCompareWithTheLimitAndWithAeron()
    {
        final String table = table(List.of(
            entry(Case.RTT, "ring", 120, 0), entry(Case.RTT, "aeron-ipc", 100, 0)));
        assertTrue(line(table, "ring").contains(" 2.40 "), table);
        assertTrue(line(table, "ring").contains(" 1.20 "), table);
        assertTrue(line(table, "ring").contains(" near "), table);
    }

    @Test
    void shouldCompareOneWayWithTheBareStream()
    {
        final String table = table(List.of(
            entry(Case.THROUGHPUT, "stream-limit", 10, 0), entry(Case.THROUGHPUT, "ring", 25, 0)));
        assertTrue(line(table, "ring").contains(" 2.50 "), table);
    }

    @Test
    void shouldShowMedianAndSpreadOfRuns()
    {
        final String table = table(List.of(entry(Case.RTT, "ring", 120, 0), entry(Case.RTT, "ring", 100, 0),
            entry(Case.RTT, "ring", 110, 0)));
        assertTrue(line(table, "ring").contains("110.0 (100.0-120.0)"), table);
    }

    @Test
    void shouldSayWhatWasDisturbed()
    {
        assertTrue(Row.of(entry(Case.RTT, "ring", 120, 0.4)).config().contains("40 % of a core"));
        assertFalse(Row.of(entry(Case.RTT, "ring", 120, 0.1)).config().contains("disturbed"));
    }

    @Test
    void shouldNotSayThatCoresMovedWhereOneThreadDoesAll()
    {
        final Entry moved = new Entry(new Job(Case.HOP, "hop", Mode.THREAD, 32, 1, "", Plan.QUICK), "17.0.1", 1,
            new Measured(20, 20, 20, 20, 20, 0, 50, 400, 0, 1, List.of(), null, "every=64"));
        assertEquals("every=64", Row.of(moved).config());
        assertFalse(table(List.of(moved)).contains("cores"), table(List.of(moved)));
    }

    @Test
    void shouldMakeAPageThatFetchesNothing()
    {
        final String page = HtmlReport.text("mesh bench rtt", List.of(
            entry(Case.RTT, "ring", 120, 0), entry(Case.RTT, "aeron-ipc", 100, 0)));
        assertTrue(page.contains("<polyline") && page.contains("rtt, 32 B, processes"), page);
        assertTrue(page.contains("every=64 &lt;b&gt;"), page);
        assertFalse(page.contains("http") || page.contains("src=") || page.contains("NaN"), page);
    }

    @Test
    void shouldTakeTheMiddleTwoOfAnEvenNumber()
    {
        final Spread spread = Spread.of(List.of(entry(Case.RTT, "a", 1, 0), entry(Case.RTT, "a", 4, 0),
            entry(Case.RTT, "a", 2, 0), entry(Case.RTT, "a", 100, 0)), entry -> entry.measured().meanNs());
        assertEquals(new Spread(1, 3, 100), spread);
    }
}
