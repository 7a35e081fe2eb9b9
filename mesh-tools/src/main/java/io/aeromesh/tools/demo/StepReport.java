package io.aeromesh.tools.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.tools.process.Numbers;
import io.aeromesh.tools.process.Progress;

/**
 * What a step found. Main thread.
 */
final class StepReport
{
    private final String key;
    private final Progress progress;
    private final ObjectNode details = JsonNodeFactory.instance.objectNode();
    private Tally tally = Tally.NONE;
    private String failure = "";
    private double seconds;

    StepReport(final String key, final Progress progress)
    {
        this.key = key;
        this.progress = progress;
    }

    String key()
    {
        return key;
    }

    Progress progress()
    {
        return progress;
    }

    /**
     * Values under their own names.
     */
    ObjectNode details()
    {
        return details;
    }

    Tally tally()
    {
        return tally;
    }

    void add(final Tally more)
    {
        tally = tally.plus(more);
    }

    /**
     * Adds what traffic counted, and fails on what must not be.
     */
    void add(final Traffic traffic)
    {
        add(traffic.tally());
        details.put("sessions_ended", details.path("sessions_ended").asLong() + traffic.sessionsEnded());
        if (!traffic.firstFault().isEmpty())
        {
            fail("a receiver found: " + traffic.firstFault());
        }
        if (traffic.sessionsEnded() > 0)
        {
            fail(traffic.sessionsEnded() + " sessions ended, none should");
        }
    }

    /**
     * What must hold does not; the demo goes on and ends with a failure.
     */
    void fail(final String reason)
    {
        failure = failure.isEmpty() ? reason : failure + "; " + reason;
        progress.line("FAILED: " + reason);
    }

    String failure()
    {
        return failure;
    }

    double seconds()
    {
        return seconds;
    }

    void seconds(final double newSeconds)
    {
        seconds = newSeconds;
    }

    /**
     * As it goes to the file.
     */
    ObjectNode toJson()
    {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("step", key).put("seconds", Numbers.rounded(seconds)).put("failure", failure);
        tally.describe(json);
        json.setAll(details);
        return json;
    }
}
