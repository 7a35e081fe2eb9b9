package io.aeromesh.tools.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.tools.process.Progress;
import java.io.PrintWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;

class DemoReportTest
{
    private final DemoReport report = new DemoReport();
    private final StepReport step = new StepReport(
        "transfer", new Progress(new PrintWriter(Writer.nullWriter())));

    @Test
    void shouldBeGoodWhenAllWasDelivered()
    {
        assertTrue(isGoodWith(new Tally(10, 10, 0, 0, 0, 0)));
    }

    @Test
    void shouldBeGoodWhenTheRestWasReported()
    {
        assertTrue(isGoodWith(new Tally(10, 7, 0, 0, 0, 3)));
    }

    @Test
    void shouldNotBeGoodWithLoss()
    {
        assertFalse(isGoodWith(new Tally(10, 9, 0, 0, 0, 0)));
        assertEquals(1, report.toJson().path("lost").asLong());
    }

    @Test
    void shouldNotBeGoodWithDuplicate()
    {
        assertFalse(isGoodWith(new Tally(10, 10, 1, 0, 0, 0)));
    }

    @Test
    void shouldNotBeGoodWithDisorder()
    {
        assertFalse(isGoodWith(new Tally(10, 10, 0, 1, 0, 0)));
    }

    @Test
    void shouldNotBeGoodWithCorruption()
    {
        assertFalse(isGoodWith(new Tally(10, 10, 0, 0, 1, 0)));
    }

    @Test
    void shouldNotBeGoodWhenNotCompleted()
    {
        report.fail("waited in vain");

        assertFalse(isGoodWith(new Tally(10, 10, 0, 0, 0, 0)));
        assertEquals("waited in vain", report.toJson().path("failure").asText());
    }

    @Test
    void shouldNotBeGoodWhenStepFailed()
    {
        step.fail("a session ended");

        assertFalse(isGoodWith(new Tally(10, 10, 0, 0, 0, 0)));
    }

    @Test
    void shouldWriteKeysAndTableRows()
    {
        step.details().put("msgs_per_s", 1_234_567);
        isGoodWith(new Tally(10, 9, 1, 2, 0, 1));

        final ObjectNode json = report.toJson();
        assertEquals(10, json.path("sent").asLong());
        assertEquals(9, json.path("delivered").asLong());
        assertEquals(1, json.path("duplicates").asLong());
        assertEquals(2, json.path("out_of_order").asLong());
        assertEquals(0, json.path("lost").asLong());
        assertEquals(1, json.path("undelivered_reported").asLong());
        assertEquals(1_234_567, json.path("msgs_per_s").asLong());
        assertTrue(json.has("reroute_ms") && json.path("reroute_ms").isNull(), json::toString);
        assertTrue(report.toTable().contains("transfer"), report::toTable);
        assertTrue(report.toTable().contains("1,234,567"), report::toTable);
    }

    private boolean isGoodWith(final Tally tally)
    {
        report.add(step);
        step.add(tally);
        report.complete(1.5);
        return report.isGood();
    }
}
