package io.aeromesh.sim.world;

import io.aeromesh.sim.check.Violation;
import java.util.List;
import java.util.Map;

/**
 * What happened in a world.
 *
 * @param plan          of it.
 * @param hash          that follows from all that happened.
 * @param ticks         in all.
 * @param settleTicks   from healing until everything owed had happened.
 * @param messages      accepted.
 * @param bytes         of these.
 * @param deliveries    to handlers.
 * @param packets       that came to nodes.
 * @param sessionsEnded with a report.
 * @param leases        held at some time.
 * @param ways          followed by the search for loops.
 * @param faults        by kind.
 * @param violation     the first, or null.
 * @param events        that led to it, if they were kept.
 */
public record WorldResult(
    WorldPlan plan,
    long hash,
    long ticks,
    long settleTicks,
    long messages,
    long bytes,
    long deliveries,
    long packets,
    long sessionsEnded,
    long leases,
    long ways,
    Map<FaultKind, Long> faults,
    Violation violation,
    List<String> events)
{
}
