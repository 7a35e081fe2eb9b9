package io.aeromesh.tools.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.tools.process.Layout;
import io.aeromesh.tools.process.Numbers;
import io.aeromesh.tools.process.ProcessFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Waits until all edges are up, asks the mesh for its picture, and for the round trip to each hop from A to F.
 */
final class TopologyStep implements Step
{
    private static final Duration EDGES_BOUND = Duration.ofSeconds(30);
    private static final int PINGS = 21;

    @Override
    public String key()
    {
        return "topology";
    }

    @Override
    public String title()
    {
        return "1  The mesh: who is joined to whom, and the round trip to each hop from A to F";
    }

    @Override
    public void run(final Cluster cluster, final StepReport report)
    {
        final Set<String> missing = new TreeSet<>();
        cluster.await().until("all edges to be up", EDGES_BOUND, () -> "missing " + missing, () ->
        {
            missing.clear();
            cluster.layout().edges().forEach(edge ->
            {
                addUnlessUp(cluster, edge.from(), edge.name(), missing);
                addUnlessUp(cluster, edge.to(), edge.name(), missing);
            });
            return missing.isEmpty();
        });
        cluster.awaitWay("C", EDGES_BOUND);

        final JsonNode topology = cluster.ask("A", "topology").path("topology");
        report.details().set("topology", topology);
        check(cluster, topology, report);
        report.progress().block(Layout.PICTURE);

        final List<Hop> hops = ping(cluster);
        final ArrayNode array = report.details().putArray("hops");
        final StringBuilder line = new StringBuilder("A");
        for (final Hop hop : hops)
        {
            line.append(" -> ").append(hop.node).append(' ').append(Numbers.time(hop.roundTripNs));
            array.addObject().put("node", hop.node).put("edge", hop.edge).put("rtt_us", Numbers.us(hop.roundTripNs));
        }
        report.progress().line("round trip to each hop: " + line);
    }

    private record Hop(String node, String edge, long roundTripNs)
    {
    }

    private static void addUnlessUp(
        final Cluster cluster, final String node, final String edge, final Set<String> missing)
    {
        final String state = cluster.edgeState(node, edge);
        if (!"UP".equals(state))
        {
            missing.add(edge + " at " + node + " " + state);
        }
    }

    private static void check(final Cluster cluster, final JsonNode topology, final StepReport report)
    {
        final Set<String> seen = new TreeSet<>();
        topology.path("links").forEach(link -> seen.add(link.path("from").asText() + link.path("to").asText()));
        for (final Layout.Edge edge : cluster.layout().edges())
        {
            if (!seen.contains(edge.from() + edge.to()) || !seen.contains(edge.to() + edge.from()))
            {
                report.fail("the picture lacks the edge " + edge.name() + ", it has " + seen);
            }
        }
    }

    /**
     * The median of each hop.
     */
    private static List<Hop> ping(final Cluster cluster)
    {
        final TreeMap<Integer, List<Hop>> byHop = new TreeMap<>();
        for (int i = 0; i < PINGS; i++)
        {
            final ObjectNode command = cluster.child("A").command("ping").put("node", "F");
            final JsonNode answer = cluster.ask("A", command);
            if (!answer.path("complete").asBoolean())
            {
                throw new ProcessFailure("ping from A to F came not to its end: " + answer);
            }
            int index = 0;
            for (final JsonNode hop : answer.path("hops"))
            {
                byHop.computeIfAbsent(index++, key -> new ArrayList<>()).add(new Hop(hop.path("node").asText(),
                    hop.path("edge").asText(), hop.path("round_trip_ns").asLong()));
            }
        }

        final List<Hop> hops = new ArrayList<>();
        byHop.values().forEach(all ->
        {
            all.sort((a, b) -> Long.compare(a.roundTripNs, b.roundTripNs));
            hops.add(all.get(all.size() / 2));
        });
        return hops;
    }
}
