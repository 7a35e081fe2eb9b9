package io.aeromesh.sim.cli;

import io.aeromesh.sim.check.Violation;
import io.aeromesh.sim.world.SimulationReport;
import io.aeromesh.sim.world.WorldResult;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Puts what was done and found into words, and into JSON.
 */
final class Report
{
    private static final double NS_PER_SECOND = 1e9;

    private Report()
    {
    }

    static void print(final PrintWriter out, final SimulationReport report, final long elapsedNs)
    {
        final double seconds = elapsedNs / NS_PER_SECOND;
        report.totals().forEach((name, value) -> out.printf(Locale.ROOT, "%-16s %,d%n", name, value));
        report.faults().forEach((kind, count) -> out.printf(Locale.ROOT, "  %-14s %,d%n",
            kind.name().toLowerCase(Locale.ROOT), count));
        out.printf(Locale.ROOT, "%-16s %016x%n", "hash", report.hash());
        out.printf(Locale.ROOT, "%-16s %.1f s, %.0f worlds/s%n", "took", seconds, report.worlds() / seconds);
        for (final WorldResult result : report.violations())
        {
            out.println("BROKEN: seed " + result.plan().seed() + ", " + describe(result.violation()));
        }
        out.printf("%d worlds, %d broke a rule%n", report.worlds(), report.violations().size());
    }

    static void print(final PrintWriter out, final WorldResult result, final int events)
    {
        out.println(result.plan());
        out.printf(Locale.ROOT, "%,d ticks, %,d packets, %,d messages, settled %,d ticks after healing%n",
            result.ticks(), result.packets(), result.messages(), result.settleTicks());
        out.printf("hash %016x%n", result.hash());
        if (result.violation() != null)
        {
            result.events().stream().skip(Math.max(0, result.events().size() - events)).forEach(out::println);
            out.println("BROKEN: " + describe(result.violation()));
        }
    }

    private static String describe(final Violation violation)
    {
        return violation.rule() + " (" + violation.rule().text() + ") at tick " + violation.tick() + " by " +
            violation.nodes() + ": " + violation.what();
    }

    static String json(final SimulationReport report, final long elapsedNs)
    {
        final StringBuilder text = new StringBuilder("{\n  \"from\": ").append(report.from())
            .append(",\n  \"elapsedNs\": ").append(elapsedNs)
            .append(",\n  \"hash\": \"").append(String.format("%016x", report.hash()))
            .append("\",\n  \"totals\": ").append(object(report.totals()))
            .append(",\n  \"faults\": ").append(object(report.faults()))
            .append(",\n  \"violations\": [");
        String separator = "\n    ";
        for (final WorldResult result : report.violations())
        {
            text.append(separator).append("{\"seed\": ").append(result.plan().seed())
                .append(", \"rule\": ").append(quoted(result.violation().rule().name()))
                .append(", \"tick\": ").append(result.violation().tick())
                .append(", \"what\": ").append(quoted(result.violation().what())).append('}');
            separator = ",\n    ";
        }
        return text.append("]\n}\n").toString();
    }

    private static String object(final Map<?, Long> values)
    {
        return values.entrySet().stream().map(entry -> quoted(entry.getKey().toString()) + ": " + entry.getValue())
            .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String quoted(final String text)
    {
        final StringBuilder out = new StringBuilder("\"");
        text.chars().forEach(each ->
        {
            if (each < ' ' || each == '"' || each == '\\')
            {
                out.append(String.format("\\u%04x", each));
            }
            else
            {
                out.append((char)each);
            }
        });
        return out.append('"').toString();
    }
}
