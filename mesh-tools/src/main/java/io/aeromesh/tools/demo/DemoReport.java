package io.aeromesh.tools.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.tools.process.Numbers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All that the demo found, as a table and as JSON. Main thread.
 */
final class DemoReport
{
    private static final String ROW = "%-16s %12s %12s %6s %6s %6s %8s %10s%n";

    private final List<StepReport> steps = new ArrayList<>();
    private String failure = "";
    private boolean completed;
    private double seconds;

    void add(final StepReport step)
    {
        steps.add(step);
    }

    /**
     * The demo could not go on.
     */
    void fail(final String reason)
    {
        failure = reason;
    }

    void complete(final double newSeconds)
    {
        completed = failure.isEmpty();
        seconds = newSeconds;
    }

    /**
     * Whether all steps were done and nothing was lost, doubled, disordered or changed.
     */
    boolean isGood()
    {
        return completed && total().isClean() && steps.stream().allMatch(step -> step.failure().isEmpty());
    }

    /**
     * What was not as it should be.
     */
    List<String> reasons()
    {
        final List<String> reasons = new ArrayList<>();
        if (!failure.isEmpty())
        {
            reasons.add(failure);
        }
        steps.stream().filter(step -> !step.failure().isEmpty())
            .forEach(step -> reasons.add(step.key() + ": " + step.failure()));
        if (!total().isClean())
        {
            reasons.add("messages were lost, doubled, disordered or changed");
        }
        return reasons;
    }

    ObjectNode toJson()
    {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("ok", isGood()).put("completed", completed).put("failure", failure)
            .put("seconds", Numbers.rounded(seconds));
        total().describe(json);
        put(json, "reroute_ms", "kill_node", "reroute_ms");
        put(json, "msgs_per_s", "transfer", "msgs_per_s");
        final ObjectNode rtt = json.putObject("rtt");
        steps.stream().filter(step -> "rtt".equals(step.key())).forEach(step -> rtt.setAll(step.details()));
        json.putObject("machine").put("java", Runtime.version().toString())
            .put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
            .put("arch", System.getProperty("os.arch")).put("cores", Runtime.getRuntime().availableProcessors());
        final ArrayNode array = json.putArray("steps");
        steps.forEach(step -> array.add(step.toJson()));
        return json;
    }

    void writeTo(final Path file) throws IOException
    {
        final String text = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(toJson());
        Files.writeString(file, text + System.lineSeparator(), StandardCharsets.UTF_8);
    }

    String toTable()
    {
        final StringBuilder out = new StringBuilder(1024);
        out.append(String.format(Locale.ROOT, ROW, "", "sent", "delivered", "dup", "order", "lost", "reported",
            "seconds"));
        for (final StepReport step : steps)
        {
            if (step.tally().sent() > 0 || !step.failure().isEmpty())
            {
                appendRow(out, step.key(), step.tally(), step.seconds());
            }
        }
        appendRow(out, "total", total(), seconds);

        final ObjectNode json = toJson();
        out.append(System.lineSeparator());
        out.append(String.format(Locale.ROOT, "messages per second     %s%n", number(json, "msgs_per_s")));
        out.append(String.format(Locale.ROOT, "time to reroute         %s ms%n", json.path("reroute_ms").asText("-")));
        final ObjectNode rtt = (ObjectNode)json.path("rtt");
        if (!rtt.isEmpty())
        {
            out.append(String.format(Locale.ROOT, "%-24s%10s %10s %10s%n", "round trip, us", "p50", "p99", "p99.9"));
            for (final Map.Entry<String, JsonNode> path : rtt.properties())
            {
                out.append(String.format(Locale.ROOT, "  %-22s%10.1f %10.1f %10.1f%n",
                    path.getKey() + " (" + path.getValue().path("edges").asText() + ")",
                    path.getValue().path("p50_us").asDouble(), path.getValue().path("p99_us").asDouble(),
                    path.getValue().path("p99_9_us").asDouble()));
            }
        }
        return out.toString();
    }

    Tally total()
    {
        Tally total = Tally.NONE;
        for (final StepReport step : steps)
        {
            total = total.plus(step.tally());
        }
        return total;
    }

    private void put(final ObjectNode json, final String name, final String step, final String detail)
    {
        json.putNull(name);
        steps.stream().filter(candidate -> step.equals(candidate.key()) && candidate.details().has(detail))
            .forEach(found -> json.set(name, found.details().path(detail)));
    }

    private static String number(final ObjectNode json, final String name)
    {
        return json.path(name).isNumber() ? Numbers.grouped(json.path(name).asLong()) : "-";
    }

    private static void appendRow(
        final StringBuilder out, final String name, final Tally tally, final double seconds)
    {
        out.append(String.format(Locale.ROOT, ROW, name, Numbers.grouped(tally.sent()),
            Numbers.grouped(tally.delivered()), tally.duplicates(), tally.outOfOrder(), tally.lost(),
            tally.undeliveredReported(), String.format(Locale.ROOT, "%.1f", seconds)));
        if (tally.corrupt() > 0)
        {
            out.append("  ").append(tally.corrupt()).append(" messages came with other content than was sent")
                .append(System.lineSeparator());
        }
    }
}
