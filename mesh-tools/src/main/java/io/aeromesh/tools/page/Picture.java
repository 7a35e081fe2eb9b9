package io.aeromesh.tools.page;

import java.util.List;

/**
 * What one look found, as the page gets it in JSON. Rates are by second, since the look before; times of day are
 * milliseconds of the epoch; -1 stands for a number that nobody knows.
 *
 * @param number      of the look, from 1 on.
 * @param timeMs      when it was.
 * @param mesh        that is shown.
 * @param otherMeshes that have nodes in the directory as well.
 * @param directory   that was read.
 * @param source      where the edges of other machines are from, in words.
 * @param problems    what could not be read, in words.
 * @param percentiles that each of {@link Curve#values()} is at, in percent.
 * @param nodes       living ones, local and remote, and what is known of others by name alone.
 * @param links       between two nodes, each once.
 * @param edges       of local nodes.
 * @param channels    of local nodes.
 * @param times       of local nodes, and of all of them together as the node with an empty name.
 * @param crashes     what crashed nodes left.
 * @param errors      of local nodes and crashed ones, the latest first.
 * @param events      likewise.
 */
record Picture(
    long number,
    long timeMs,
    String mesh,
    List<String> otherMeshes,
    String directory,
    String source,
    List<String> problems,
    double[] percentiles,
    List<Node> nodes,
    List<Link> links,
    List<EdgeRow> edges,
    List<ChannelRow> channels,
    List<TimesOf> times,
    List<Crash> crashes,
    List<ErrorLine> errors,
    List<EventLine> events)
{
    /**
     * How much is known of a node.
     */
    enum State
    {
        /** It has a file here and lives. */
        LOCAL,
        /** It is elsewhere, and neighbours or the node itself tell of it. */
        REMOTE,
        /** It is known, and did not answer. */
        SILENT,
        /** It is known as the host of contexts that live, and is not here. */
        GONE
    }

    /**
     * A node or a context.
     *
     * @param name           of it.
     * @param host           the node it is a context of; empty: none.
     * @param state          of it.
     * @param processId      of its process; -1 unless local.
     * @param startMs        when it began; -1 unless local.
     * @param packetsIn      from its neighbours.
     * @param bytesIn        from its neighbours.
     * @param forwarded      packets.
     * @param acceptedBytes  by all its channels.
     * @param receivedBytes  by all its channels.
     * @param resent         packets.
     * @param discarded      packets.
     * @param slowCycles     since it began.
     * @param distinctErrors since it began.
     */
    record Node(
        String name,
        String host,
        State state,
        long processId,
        long startMs,
        double packetsIn,
        double bytesIn,
        double forwarded,
        double acceptedBytes,
        double receivedBytes,
        double resent,
        double discarded,
        long slowCycles,
        int distinctErrors)
    {
        /**
         * Of which only the name is known.
         */
        static Node named(final String name, final State state)
        {
            return new Node(name, "", state, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
        }
    }

    /**
     * An edge between two nodes.
     *
     * @param from        one of them.
     * @param to          the other.
     * @param kind        transport, or empty where only its user's name for it is known.
     * @param edge        its name at an end.
     * @param metric      for routing, or -1.
     * @param roundTripNs in nanoseconds, or -1.
     * @param packetsIn   in both directions, as far as the ends are local, or -1.
     * @param bytesIn     likewise.
     * @param isSilent    whether an end does not answer the other.
     */
    record Link(
        String from,
        String to,
        String kind,
        String edge,
        int metric,
        long roundTripNs,
        double packetsIn,
        double bytesIn,
        boolean isSilent)
    {
    }

    /**
     * An edge of a local node.
     *
     * @param node        that has it.
     * @param edge        its name there.
     * @param peers       neighbours by it, now.
     * @param packetsIn   from them.
     * @param bytesIn     from them.
     * @param generations that came up.
     * @param roundTripNs smoothed, or -1.
     */
    record EdgeRow(
        String node,
        String edge,
        List<String> peers,
        double packetsIn,
        double bytesIn,
        long generations,
        long roundTripNs)
    {
    }

    /**
     * A channel end of a local node.
     *
     * @param node           that has it.
     * @param channel        as its node describes it.
     * @param acceptedBytes  from its application.
     * @param receivedBytes  from its peers.
     * @param unacknowledged bytes, now.
     * @param sessions       that were connected.
     */
    record ChannelRow(
        String node, String channel, double acceptedBytes, double receivedBytes, long unacknowledged, long sessions)
    {
    }

    /**
     * Distributions of a node.
     *
     * @param node   that they are of; empty: all.
     * @param spread one for each of {@link io.aeromesh.status.MeshHistogram}, in order.
     */
    record TimesOf(String node, List<Spread> spread)
    {
    }

    /**
     * A distribution.
     *
     * @param label  what was timed.
     * @param all    since the node began.
     * @param recent of the last seconds.
     */
    record Spread(String label, Curve all, Curve recent)
    {
    }

    /**
     * Percentiles of a distribution, in nanoseconds.
     *
     * @param count  of times.
     * @param values at {@link Picture#percentiles()}; none without times.
     */
    record Curve(long count, long[] values)
    {
    }

    /**
     * A node that ended without closing.
     *
     * @param node      its name.
     * @param instance  which of those of that name.
     * @param processId of its process.
     * @param startMs   when it began.
     * @param lastMs    when it last told something.
     * @param errors    its distinct ones, the latest first.
     * @param events    its last ones, the latest first.
     */
    record Crash(
        String node,
        String instance,
        long processId,
        long startMs,
        long lastMs,
        List<ErrorLine> errors,
        List<EventLine> events)
    {
    }

    /**
     * A distinct error.
     *
     * @param node     that has it.
     * @param isCrash  whether that has crashed.
     * @param count    how often.
     * @param firstMs  when first.
     * @param lastMs   when last.
     * @param headline what it says.
     * @param stack    where it arose; perhaps cut off.
     */
    record ErrorLine(
        String node, boolean isCrash, int count, long firstMs, long lastMs, String headline, String stack)
    {
    }

    /**
     * An event.
     *
     * @param node    that noted it.
     * @param number  of it there.
     * @param timeMs  when.
     * @param kind    what happened.
     * @param doc     what that means.
     * @param subject what it is of.
     * @param detail  the rest, or empty.
     * @param value   of it, or -1.
     */
    record EventLine(
        String node, long number, long timeMs, String kind, String doc, String subject, String detail, long value)
    {
    }
}
