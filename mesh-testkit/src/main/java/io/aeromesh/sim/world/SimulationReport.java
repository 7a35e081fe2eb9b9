package io.aeromesh.sim.world;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up what happened in many worlds.
 */
public final class SimulationReport
{
    private final long from;
    private final Map<FaultKind, Long> faults = new EnumMap<>(FaultKind.class);
    private final List<WorldResult> violations = new ArrayList<>();
    private long worlds;
    private long nodes;
    private long ticks;
    private long settleTicksMax;
    private long messages;
    private long bytes;
    private long deliveries;
    private long packets;
    private long sessionsEnded;
    private long leases;
    private long ways;
    private long hash;

    SimulationReport(final long from)
    {
        this.from = from;
    }

    void add(final WorldResult result)
    {
        worlds++;
        nodes += result.plan().members();
        ticks += result.ticks();
        settleTicksMax = Math.max(settleTicksMax, result.settleTicks());
        messages += result.messages();
        bytes += result.bytes();
        deliveries += result.deliveries();
        packets += result.packets();
        sessionsEnded += result.sessionsEnded();
        leases += result.leases();
        ways += result.ways();
        hash = hash * 31 + result.hash();
        result.faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum));
        if (result.violation() != null)
        {
            violations.add(result);
        }
    }

    /**
     * First seed.
     */
    public long from()
    {
        return from;
    }

    /**
     * Worlds run.
     */
    public long worlds()
    {
        return worlds;
    }

    /**
     * Follows from all that happened in all of them.
     */
    public long hash()
    {
        return hash;
    }

    /**
     * Worlds in which a rule was broken.
     */
    public List<WorldResult> violations()
    {
        return violations;
    }

    /**
     * Faults by kind.
     */
    public Map<FaultKind, Long> faults()
    {
        return faults;
    }

    /**
     * What was counted, by name, in the order in which it is to be shown.
     */
    public Map<String, Long> totals()
    {
        final Map<String, Long> totals = new LinkedHashMap<>();
        totals.put("worlds", worlds);
        totals.put("nodes", nodes);
        totals.put("ticks", ticks);
        totals.put("packets", packets);
        totals.put("messages", messages);
        totals.put("bytes", bytes);
        totals.put("deliveries", deliveries);
        totals.put("sessionsEnded", sessionsEnded);
        totals.put("leases", leases);
        totals.put("waysFollowed", ways);
        totals.put("settleTicksMax", settleTicksMax);
        return totals;
    }
}
