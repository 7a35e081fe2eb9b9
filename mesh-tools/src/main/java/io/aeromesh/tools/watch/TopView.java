package io.aeromesh.tools.watch;

import static io.aeromesh.status.MeshCounter.CHANNEL_ACCEPTED_BYTES;
import static io.aeromesh.status.MeshCounter.CHANNEL_ACKNOWLEDGED_BYTES;
import static io.aeromesh.status.MeshCounter.CHANNEL_RECEIVED_BYTES;
import static io.aeromesh.status.MeshCounter.CHANNEL_SESSIONS;
import static io.aeromesh.status.MeshCounter.CONGESTION_DISCARDS;
import static io.aeromesh.status.MeshCounter.EDGE_BYTES_IN;
import static io.aeromesh.status.MeshCounter.EDGE_GENERATIONS;
import static io.aeromesh.status.MeshCounter.EDGE_PACKETS_IN;
import static io.aeromesh.status.MeshCounter.EDGE_ROUND_TRIP_NS;
import static io.aeromesh.status.MeshCounter.NO_ROUTE_DISCARDS;
import static io.aeromesh.status.MeshCounter.PACKETS_FORWARDED;
import static io.aeromesh.status.MeshCounter.PACKETS_RESENT;
import static io.aeromesh.status.MeshCounter.SLOW_CYCLES;

import io.aeromesh.os.StatusFiles.State;
import io.aeromesh.status.MeshCounter.Scope;
import io.aeromesh.status.MeshCounter.Unit;
import io.aeromesh.status.MeshHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lays nodes, edges and channels out in lines of a screen. What does not fit is counted in the last line.
 */
final class TopView
{
    private static final String NODE = "%-24s %-7s %7s %10s %8s %8s %10s %10s %10s %6s %6s";
    private static final String EDGE = "%-24s %-40s %10s %12s %10s %6s";
    private static final String CHANNEL = "%-24s %-40s %12s %12s %12s %8s";
    private static final int NODE_WIDTH = 24;
    private static final int OWNER_WIDTH = 40;

    private TopView()
    {
    }

    /**
     * @param rates  to be shown.
     * @param nowMs  the time, in milliseconds of the epoch.
     * @param width  of the screen, in columns.
     * @param height of the screen, in lines.
     */
    static List<String> lines(final Rates rates, final long nowMs, final int width, final int height)
    {
        final List<String> all = new ArrayList<>();
        final List<Rates.Row> nodes = rates.rows(Scope.NODE);
        all.add("mesh top  " + Shown.time(nowMs) + "  " + nodes.size() + " node(s)  q ends");
        all.add("");
        all.add(String.format(NODE, "NODE", "STATE", "PROCESS", "FORWARD/s", "AGAIN/s", "LOST/s", "CYCLE 99%",
            "ACKED 99%", "HOP 99%", "SLOW", "ERRORS"));
        nodes.forEach(row -> all.add(node(row)));
        all.add("");
        all.add(String.format(EDGE, "NODE", "EDGE", "IN/s", "IN BYTES/s", "ROUND TRIP", "GENER."));
        rates.rows(Scope.EDGE).forEach(row -> all.add(edge(row)));
        all.add("");
        all.add(String.format(CHANNEL, "NODE", "CHANNEL", "SENT/s", "RECEIVED/s", "UNACKED", "SESSIONS"));
        rates.rows(Scope.CHANNEL).forEach(row -> all.add(channel(row)));
        return fit(all, width, height);
    }

    private static List<String> fit(final List<String> all, final int width, final int height)
    {
        final List<String> fitting = new ArrayList<>(all.subList(0, Math.min(all.size(), Math.max(1, height))));
        if (fitting.size() < all.size())
        {
            final int hidden = all.size() - fitting.size() + 1;
            fitting.set(fitting.size() - 1, hidden + " lines more: a higher window, or mesh top NODE");
        }
        fitting.replaceAll(line -> line.length() > width ? line.substring(0, Math.max(0, width)) : line);
        return fitting;
    }

    private static String node(final Rates.Row row)
    {
        return String.format(Locale.ROOT, NODE, cut(row.node().name(), NODE_WIDTH),
            row.node().state() == State.ALIVE ? "alive" : "CRASHED", row.node().processId(),
            count(row.rate(PACKETS_FORWARDED)), count(row.rate(PACKETS_RESENT)),
            count(row.rate(CONGESTION_DISCARDS) + row.rate(NO_ROUTE_DISCARDS)), p99(row, MeshHistogram.DUTY_CYCLE),
            p99(row, MeshHistogram.ACKNOWLEDGED), p99(row, MeshHistogram.HOP), row.value(SLOW_CYCLES),
            row.node().errors().size());
    }

    private static String edge(final Rates.Row row)
    {
        final long roundTripNs = row.value(EDGE_ROUND_TRIP_NS);
        return String.format(EDGE, cut(row.node().name(), NODE_WIDTH), cut(row.owner(), OWNER_WIDTH),
            count(row.rate(EDGE_PACKETS_IN)), Shown.value(Unit.BYTES, row.rate(EDGE_BYTES_IN)),
            roundTripNs > 0 ? Shown.nanoseconds(roundTripNs) : "-", row.value(EDGE_GENERATIONS));
    }

    private static String channel(final Rates.Row row)
    {
        return String.format(CHANNEL, cut(row.node().name(), NODE_WIDTH), cut(row.owner(), OWNER_WIDTH),
            Shown.value(Unit.BYTES, row.rate(CHANNEL_ACCEPTED_BYTES)),
            Shown.value(Unit.BYTES, row.rate(CHANNEL_RECEIVED_BYTES)),
            Shown.value(Unit.BYTES, row.value(CHANNEL_ACCEPTED_BYTES) - row.value(CHANNEL_ACKNOWLEDGED_BYTES)),
            row.value(CHANNEL_SESSIONS));
    }

    private static String p99(final Rates.Row row, final MeshHistogram histogram)
    {
        final Percentiles times = row.times(histogram);
        return times.count() == 0 ? "-" : Shown.nanoseconds(times.p99Ns());
    }

    private static String count(final double rate)
    {
        return Shown.value(Unit.COUNT, Math.rint(rate));
    }

    private static String cut(final String text, final int width)
    {
        return text.length() <= width ? text : text.substring(0, width - 1) + "~";
    }
}
