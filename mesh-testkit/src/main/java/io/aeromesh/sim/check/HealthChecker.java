package io.aeromesh.sim.check;

import io.aeromesh.MeshNode;
import io.aeromesh.sim.SimMesh;
import io.aeromesh.status.MeshCounter;
import java.util.Set;

/**
 * {@link Rule#HEALTH}: what nodes find wrong themselves. No one is hostile here, so nothing may break the protocol.
 */
public final class HealthChecker implements Checker
{
    private static final Set<Integer> ZERO = Set.of(MeshCounter.MALFORMED_PACKETS.id(),
        MeshCounter.HOP_LIMIT_EXCEEDED.id(), MeshCounter.LEASES_CORRUPT.id());

    private final SimMesh mesh;
    private final Findings findings;

    /**
     * @param mesh     whose nodes it looks at.
     * @param findings to report to.
     */
    public HealthChecker(final SimMesh mesh, final Findings findings)
    {
        this.mesh = mesh;
        this.findings = findings;
    }

    @Override
    public void afterCycle(final String nodeName)
    {
        final MeshNode node = mesh.node(nodeName);
        if (node != null && !node.isRunning())
        {
            findings.report(Rule.HEALTH, nodeName + " has stopped: " + node.errors(), nodeName);
        }
    }

    /**
     * Looks at what a node has counted and noted. At its end, and at the end of the world.
     */
    public void inspect(final String nodeName)
    {
        final MeshNode node = mesh.node(nodeName);
        node.counters().forEach((id, typeId, key, label) ->
        {
            if (ZERO.contains(typeId) && node.counters().getCounterValue(id) != 0)
            {
                findings.report(Rule.HEALTH, label + " = " + node.counters().getCounterValue(id) + ", errors " +
                    node.errors(), nodeName);
            }
        });
        for (final String error : node.errors())
        {
            if (!error.contains("MeshException"))
            {
                findings.report(Rule.HEALTH, nodeName + " found a defect: " + error, nodeName);
            }
        }
    }
}
