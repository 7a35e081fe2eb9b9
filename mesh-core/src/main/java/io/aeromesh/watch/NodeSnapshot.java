package io.aeromesh.watch;

import io.aeromesh.os.StatusFiles.State;
import io.aeromesh.status.MeshHistogram;
import java.util.List;
import java.util.Map;

/**
 * What a node told of itself at one moment. Each counter, error and event is whole; together they are not of one
 * instant, as the node went on meanwhile.
 *
 * @param name         of the node.
 * @param mesh         that it is in.
 * @param state        whether it lives.
 * @param instanceHigh upper half of its instance.
 * @param instanceLow  lower half.
 * @param processId    of its process.
 * @param startMs      when it began, in milliseconds of the epoch.
 * @param counters     that this version knows.
 * @param errors       each distinct one once.
 * @param events       the recent ones, oldest first, of kinds that this version knows.
 * @param times        distributions of times.
 */
public record NodeSnapshot(
    String name,
    String mesh,
    State state,
    long instanceHigh,
    long instanceLow,
    long processId,
    long startMs,
    List<CounterValue> counters,
    List<NotedError> errors,
    List<NotedEvent> events,
    Map<MeshHistogram, TakenTimes> times)
{
    /**
     * Says which of all nodes that ever were this is.
     */
    public String instance()
    {
        return String.format("%016x%016x", instanceHigh, instanceLow);
    }
}
