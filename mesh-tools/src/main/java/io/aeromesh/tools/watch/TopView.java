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
import io.aeromesh.tools.look.Distribution;
import io.aeromesh.tools.look.NodeRates;
import io.aeromesh.tools.look.Shown;
import io.aeromesh.watch.NodeSnapshot;
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
    static List<String> lines(final List<NodeRates> rates, final long nowMs, final int width, final int height)
    {
        final List<String> all = new ArrayList<>();
        all.add("mesh top  " + Shown.time(nowMs) + "  " + rates.size() + " node(s)  q ends");
        all.add("");
        all.add(String.format(NODE, "NODE", "STATE", "PROCESS", "FORWARD/s", "AGAIN/s", "LOST/s", "CYCLE 99%",
            "ACKED 99%", "HOP 99%", "SLOW", "ERRORS"));
        rates.forEach(node -> all.add(node(node)));
        all.add("");
        all.add(String.format(EDGE, "NODE", "EDGE", "IN/s", "IN BYTES/s", "ROUND TRIP", "GENER."));
        rates.forEach(node -> node.owners(Scope.EDGE).forEach(edge -> all.add(edge(node, edge))));
        all.add("");
        all.add(String.format(CHANNEL, "NODE", "CHANNEL", "SENT/s", "RECEIVED/s", "UNACKED", "SESSIONS"));
        rates.forEach(node -> node.owners(Scope.CHANNEL).forEach(channel -> all.add(channel(node, channel))));
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

    private static String node(final NodeRates node)
    {
        final NodeSnapshot now = node.node();
        return String.format(Locale.ROOT, NODE, cut(now.name(), NODE_WIDTH),
            now.state() == State.ALIVE ? "alive" : "CRASHED", now.processId(),
            count(node.rate(PACKETS_FORWARDED)), count(node.rate(PACKETS_RESENT)),
            count(node.rate(CONGESTION_DISCARDS) + node.rate(NO_ROUTE_DISCARDS)), p99(node, MeshHistogram.DUTY_CYCLE),
            p99(node, MeshHistogram.ACKNOWLEDGED), p99(node, MeshHistogram.HOP), node.value(SLOW_CYCLES, ""),
            now.errors().size());
    }

    private static String edge(final NodeRates node, final String edge)
    {
        final long roundTripNs = node.value(EDGE_ROUND_TRIP_NS, edge);
        return String.format(EDGE, cut(node.node().name(), NODE_WIDTH), cut(edge, OWNER_WIDTH),
            count(node.rate(EDGE_PACKETS_IN, edge)), Shown.value(Unit.BYTES, node.rate(EDGE_BYTES_IN, edge)),
            roundTripNs > 0 ? Shown.nanoseconds(roundTripNs) : "-", node.value(EDGE_GENERATIONS, edge));
    }

    private static String channel(final NodeRates node, final String channel)
    {
        return String.format(CHANNEL, cut(node.node().name(), NODE_WIDTH), cut(channel, OWNER_WIDTH),
            Shown.value(Unit.BYTES, node.rate(CHANNEL_ACCEPTED_BYTES, channel)),
            Shown.value(Unit.BYTES, node.rate(CHANNEL_RECEIVED_BYTES, channel)),
            Shown.value(Unit.BYTES,
                node.value(CHANNEL_ACCEPTED_BYTES, channel) - node.value(CHANNEL_ACKNOWLEDGED_BYTES, channel)),
            node.value(CHANNEL_SESSIONS, channel));
    }

    private static String p99(final NodeRates node, final MeshHistogram histogram)
    {
        final Distribution times = node.times(histogram);
        return times.count() == 0 ? "-" : Shown.nanoseconds(times.valueAt(99));
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
