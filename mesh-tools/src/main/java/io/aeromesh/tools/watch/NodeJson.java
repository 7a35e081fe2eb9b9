package io.aeromesh.tools.watch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.tools.look.Distribution;
import io.aeromesh.watch.CounterValue;
import io.aeromesh.watch.NodeSnapshot;
import io.aeromesh.watch.NotedError;
import io.aeromesh.watch.NotedEvent;
import java.util.List;
import java.util.Locale;

/**
 * What the commands print for programs: one object in a line.
 */
final class NodeJson
{
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private NodeJson()
    {
    }

    /**
     * Counters and times of nodes.
     */
    static String nodes(final long nowMs, final List<NodeSnapshot> nodes)
    {
        final ObjectNode all = MAPPER.createObjectNode().put("timeMs", nowMs);
        final ArrayNode array = all.putArray("nodes");
        nodes.forEach(node -> array.add(node(node)));
        return all.toString();
    }

    private static ObjectNode node(final NodeSnapshot node)
    {
        final ObjectNode json = identity(node).put("pid", node.processId()).put("startMs", node.startMs())
            .put("errors", node.errors().size());
        final ArrayNode counters = json.putArray("counters");
        for (final CounterValue counter : node.counters())
        {
            counters.addObject().put("id", counter.counter().id()).put("counter", counter.counter().label())
                .put("scope", lower(counter.counter().scope())).put("of", counter.owner())
                .put("unit", lower(counter.counter().unit())).put("value", counter.value());
        }
        final ObjectNode times = json.putObject("times");
        node.times().forEach((histogram, taken) ->
        {
            final Distribution all = new Distribution().add(taken);
            times.putObject(histogram.label()).put("count", all.count()).put("sumNs", taken.sumNs())
                .put("p50Ns", all.valueAt(50)).put("p99Ns", all.valueAt(99)).put("p999Ns", all.valueAt(99.9))
                .put("maxNs", all.valueAt(100));
        });
        return json;
    }

    /**
     * The errors of a node, be it none: else nothing would tell that it was looked at.
     */
    static String errors(final NodeSnapshot node)
    {
        final ObjectNode json = identity(node);
        final ArrayNode array = json.putArray("errors");
        for (final NotedError error : node.errors())
        {
            array.addObject().put("count", error.count()).put("firstMs", error.firstMs())
                .put("lastMs", error.lastMs()).put("text", error.text());
        }
        return json.toString();
    }

    /**
     * An event of a node.
     */
    static String event(final NodeSnapshot node, final NotedEvent event)
    {
        final ObjectNode json = identity(node).put("number", event.number()).put("timeMs", event.timeMs())
            .put("event", event.kind().label()).put("of", event.subject()).put("with", event.detail());
        return (switch (event.kind().value())
        {
            case NONE -> json;
            case COUNT -> json.put("value", event.value());
            case NANOSECONDS -> json.put("valueNs", event.value());
        }).toString();
    }

    private static ObjectNode identity(final NodeSnapshot node)
    {
        return MAPPER.createObjectNode().put("node", node.name()).put("mesh", node.mesh())
            .put("state", lower(node.state())).put("instance", node.instance());
    }

    private static String lower(final Enum<?> value)
    {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
