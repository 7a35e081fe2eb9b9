package io.aeromesh.tools.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * How soon survivors went on.
 * <p>
 * <b>Threading:</b> main thread.
 */
final class ResumeFigures
{
    /** What the kernel's notice may cost a channel in which the dead has no part, if there is a core for it. */
    static final long LIMIT_NS = 10_000_000;
    /** From so many on the median must be within the limit. */
    private static final int JUDGED_FROM = 20;
    private static final long HIGHEST_NS = 600_000_000_000L;
    private static final int DIGITS = 3;
    private static final double NS_PER_MS = 1e6;

    private final Map<What, Histogram> histograms = new EnumMap<>(What.class);
    private long overLimit;
    private long overLimitWaiting;

    /**
     * What is measured.
     */
    enum What
    {
        /** From the notice to the next message of a direct channel among survivors. */
        UNAFFECTED("notice to next message, unaffected"),
        /** The same without the time for which the survivor's thread waited for a core. */
        UNAFFECTED_RUNNING("  without waiting for a core"),
        /** From the notice to the next message by hops, round the dead. */
        REROUTED("notice to next message, round the dead"),
        /** The same without the time for which the survivor's thread waited for a core. */
        REROUTED_RUNNING("  without waiting for a core"),
        /** From the notice to the next message by hops, where there is a way only once the dead node runs again. */
        WAY_BACK("notice to next message, no way meanwhile"),
        /** From the start of the dead node's next process to its first message. */
        RECONNECTED("start of next process to its first message");

        private final String doc;

        What(final String doc)
        {
            this.doc = doc;
        }
    }

    ResumeFigures()
    {
        for (final What what : What.values())
        {
            histograms.put(what, new Histogram(HIGHEST_NS, DIGITS));
        }
    }

    /**
     * Enters what a survivor measured in an episode.
     */
    void add(final Yard yard, final Episode episode, final String node, final JsonNode answer)
    {
        if (episode.touches(node))
        {
            return;
        }
        for (final JsonNode one : answer.path("resumes"))
        {
            if (episode.killed().contains(one.path("dead").asText()) && !episode.touches(one.path("peer").asText()))
            {
                addResume(episode, one);
            }
        }
        for (final JsonNode one : answer.path("firsts"))
        {
            final String peer = one.path("peer").asText();
            final long ns = one.path("at_ns").asLong() - yard.member(peer).openedNs();
            if (episode.killed().contains(peer) && ns >= 0)
            {
                record(What.RECONNECTED, ns);
            }
        }
    }

    private void addResume(final Episode episode, final JsonNode one)
    {
        final long ns = one.path("ns").asLong();
        if (!"PROXY".equals(one.path("path").asText()))
        {
            record(What.UNAFFECTED, ns);
            record(What.UNAFFECTED_RUNNING, ns - one.path("waited_ns").asLong());
            if (ns > LIMIT_NS)
            {
                overLimit++;
                overLimitWaiting += ns - one.path("waited_ns").asLong() <= LIMIT_NS ? 1 : 0;
            }
        }
        else if (episode.isKillsOnly() && episode.leavesAWay())
        {
            record(What.REROUTED, ns);
            record(What.REROUTED_RUNNING, ns - one.path("waited_ns").asLong());
        }
        else if (episode.isKillsOnly())
        {
            record(What.WAY_BACK, ns);
        }
    }

    private void record(final What what, final long ns)
    {
        histograms.get(what).recordValue(Math.min(Math.max(ns, 0), HIGHEST_NS));
    }

    /**
     * Why the survivors were too slow; empty: they were not.
     */
    String finding()
    {
        final Histogram histogram = histograms.get(What.UNAFFECTED_RUNNING);
        final long median = histogram.getValueAtPercentile(50);
        return histogram.getTotalCount() >= JUDGED_FROM && median > LIMIT_NS ?
            "half of the channels that a death does not concern stood still for " + median +
                " ns or more without waiting for a core, limit " + LIMIT_NS :
            "";
    }

    String toTable()
    {
        final StringBuilder out = new StringBuilder();
        out.append(String.format(Locale.ROOT, "%-46s%8s %10s %10s %10s%n", "resume, ms", "count", "p50", "p99",
            "worst"));
        histograms.forEach((what, histogram) -> out.append(String.format(Locale.ROOT,
            "  %-44s%8d %10.3f %10.3f %10.3f%n", what.doc, histogram.getTotalCount(), ms(histogram, 50),
            ms(histogram, 99), ms(histogram, 100))));
        out.append(String.format(Locale.ROOT,
            "  over %d ms without part in the death: %d, of these %d waited for one of the %d cores%n",
            LIMIT_NS / 1_000_000, overLimit, overLimitWaiting, Runtime.getRuntime().availableProcessors()));
        return out.toString();
    }

    void describe(final ObjectNode json)
    {
        histograms.forEach((what, histogram) -> json.putObject(what.name().toLowerCase(Locale.ROOT))
            .put("count", histogram.getTotalCount()).put("p50_ms", ms(histogram, 50))
            .put("p99_ms", ms(histogram, 99)).put("worst_ms", ms(histogram, 100)));
        json.put("over_limit", overLimit).put("over_limit_waiting_for_a_core", overLimitWaiting);
    }

    private static double ms(final Histogram histogram, final double percentile)
    {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / NS_PER_MS;
    }
}
