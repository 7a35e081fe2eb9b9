package io.aeromesh.tools.torture;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.tools.process.Numbers;
import io.aeromesh.tools.torture.Accounts.Totals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was done and what was found.
 * <p>
 * <b>Threading:</b> main thread.
 */
final class TortureReport
{
    private static final List<Kind> KILLS = List.of(Kind.KILL_WRITER, Kind.KILL_READER, Kind.KILL_RELAY);

    private final long seed;
    private final Map<Kind, Long> done = new EnumMap<>(Kind.class);
    private final Map<Kind, String> skipped = new EnumMap<>(Kind.class);
    private final List<String> violations = new ArrayList<>();
    private final ResumeFigures resumes = new ResumeFigures();
    private Totals messages = Totals.NONE;
    private Totals leases = Totals.NONE;
    private long episodes;
    private long kills;
    private long spoilt;
    private long faults;
    private long longestPauseMs;
    private double seconds;

    TortureReport(final long seed)
    {
        this.seed = seed;
    }

    ResumeFigures resumes()
    {
        return resumes;
    }

    List<String> violations()
    {
        return violations;
    }

    void violation(final String what)
    {
        violations.add(what);
    }

    void skipped(final Map<Kind, String> reasons)
    {
        skipped.putAll(reasons);
    }

    void add(final Episode episode)
    {
        episodes++;
        kills += episode.killed().stream().filter(name -> !Yard.DRIVER.equals(name)).count();
        episode.kinds().forEach(kind -> done.merge(kind, 1L, Long::sum));
        longestPauseMs = Math.max(longestPauseMs, episode.longestPauseMs());
    }

    void totals(final Totals newMessages, final Totals newLeases)
    {
        messages = newMessages;
        leases = newLeases;
    }

    void spoilt(final long files)
    {
        spoilt = files;
    }

    void faults(final long nodes)
    {
        faults = nodes;
    }

    void complete(final double newSeconds)
    {
        seconds = newSeconds;
        if (!resumes.finding().isEmpty())
        {
            violations.add(resumes.finding());
        }
    }

    boolean isGood()
    {
        return violations.isEmpty();
    }

    /**
     * One line, for who watches.
     */
    String toLine()
    {
        final Totals all = messages.plus(leases);
        return String.format(Locale.ROOT, "%d episodes, %d kills, %d stops, %d drivers, %s messages, %s leases, " +
            "lost %d, duplicate %d, corrupt %d", episodes, kills, count(Kind.STOP), count(Kind.KILL_DRIVER),
            Numbers.grouped(messages.delivered()), Numbers.grouped(leases.delivered()), all.lost(), all.duplicates(),
            all.corrupt());
    }

    String toTable()
    {
        final Totals all = messages.plus(leases);
        final StringBuilder out = new StringBuilder(2048);
        row(out, "kills of nodes", kills);
        KILLS.forEach(kind -> row(out, "  " + kind, count(kind)));
        row(out, "stops", count(Kind.STOP), ", longest " + longestPauseMs + " ms");
        row(out, "driver kills", count(Kind.KILL_DRIVER));
        for (final Kind kind : List.of(Kind.FULL, Kind.FILES, Kind.CLOCK, Kind.PID_ONE, Kind.LOSS, Kind.CUT))
        {
            row(out, kind.toString(), count(kind), kind == Kind.FILES ? ", " + spoilt + " files" :
                kind == Kind.FULL ? ", " + faults + " nodes that ran stopped by 1048" : "");
        }
        row(out, "messages delivered", messages.delivered(), ", accepted " + Numbers.grouped(messages.accepted()));
        row(out, "leases delivered", leases.delivered(), ", accepted " + Numbers.grouped(leases.accepted()));
        row(out, "reported as unacknowledged", all.unknown());
        row(out, "lost", all.lost());
        row(out, "duplicate", all.duplicates());
        row(out, "corrupt", all.corrupt());
        out.append(System.lineSeparator()).append(resumes.toTable());
        skipped.forEach((kind, reason) -> out.append("skipped ").append(kind).append(": ").append(reason)
            .append(System.lineSeparator()));
        if (longestPauseMs < Script.LONG_PAUSE_MS)
        {
            out.append("no stop of a minute: there is one for each ten minutes of a run")
                .append(System.lineSeparator());
        }
        return out.toString();
    }

    void writeTo(final Path file, final Path evidence) throws IOException
    {
        final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        final ObjectNode json = mapper.createObjectNode().put("seed", seed).put("seconds", Numbers.rounded(seconds))
            .put("good", isGood()).put("episodes", episodes).put("kills", kills)
            .put("longest_stop_ms", longestPauseMs).put("files_spoilt", spoilt).put("faults", faults);
        final ObjectNode kinds = json.putObject("done");
        done.forEach((kind, number) -> kinds.put(kind.toString(), number));
        final ObjectNode reasons = json.putObject("skipped");
        skipped.forEach((kind, reason) -> reasons.put(kind.toString(), reason));
        json.put("evidence", evidence == null ? null : evidence.toString());
        describe(json.putObject("messages"), messages);
        describe(json.putObject("leases"), leases);
        resumes.describe(json.putObject("resume"));
        violations.forEach(json.putArray("violations")::add);
        json.putObject("machine").put("java", Runtime.version().toString())
            .put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
            .put("cores", Runtime.getRuntime().availableProcessors());
        Files.writeString(file, mapper.writeValueAsString(json) + System.lineSeparator(), StandardCharsets.UTF_8);
    }

    private static void describe(final ObjectNode json, final Totals totals)
    {
        json.put("accepted", totals.accepted()).put("delivered", totals.delivered())
            .put("reported_unacknowledged", totals.unknown()).put("lost", totals.lost())
            .put("duplicate", totals.duplicates()).put("corrupt", totals.corrupt());
    }

    private long count(final Kind kind)
    {
        return done.getOrDefault(kind, 0L);
    }

    private static void row(final StringBuilder out, final String name, final long value, final String... more)
    {
        out.append(String.format(Locale.ROOT, "%-28s%14s%s%n", name, Numbers.grouped(value),
            String.join("", more)));
    }
}
