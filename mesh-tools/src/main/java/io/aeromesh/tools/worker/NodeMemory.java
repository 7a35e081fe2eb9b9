package io.aeromesh.tools.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aeromesh.MeshNode;
import io.aeromesh.status.MeshCounter;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a node and its process hold, to compare it with what they held before.
 */
final class NodeMemory
{
    private static final Map<MeshCounter, String> COUNTERS = new EnumMap<>(Map.of(
        MeshCounter.LEASES_HELD, "leases_held",
        MeshCounter.LEASES_OUT, "leases_out",
        MeshCounter.LEASES_ARENA_BYTES, "arena_bytes",
        MeshCounter.LEASES_CORRUPT, "leases_corrupt",
        MeshCounter.MALFORMED_PACKETS, "malformed"));

    private NodeMemory()
    {
    }

    /**
     * All that is not zero, by label.
     */
    static void describeCounters(final MeshNode node, final ObjectNode answer)
    {
        final ObjectNode counters = answer.putObject("counters");
        node.counters().forEach((value, id, label) ->
        {
            if (value != 0)
            {
                counters.put(label, value);
            }
        });
        node.errors().forEach(answer.putArray("errors")::add);
    }

    /**
     * Collects garbage first, which stops this thread for a while.
     */
    static void describe(final MeshNode node, final ObjectNode answer)
    {
        System.gc();
        final Runtime runtime = Runtime.getRuntime();
        answer.put("heap", runtime.totalMemory() - runtime.freeMemory());
        node.counters().forEach((id, type, key, label) -> COUNTERS.forEach((counter, name) ->
        {
            if (counter.id() == type)
            {
                answer.put(name, node.counters().getCounterValue(id));
            }
        }));
    }
}
