package io.aeromesh.sim.check;

import io.aeromesh.MeshNode;
import io.aeromesh.MessageSink;
import io.aeromesh.sim.SimEdge;
import io.aeromesh.sim.SimLane;
import io.aeromesh.sim.SimMedium;
import io.aeromesh.sim.SimMesh;
import io.aeromesh.status.OccupancyVisitor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * {@link Rule#BOUNDED}: the tables of all nodes, the lanes of all edges, and what channels have accepted and not freed.
 */
public final class BoundsChecker implements Checker, OccupancyVisitor
{
    private final SimMesh mesh;
    private final Findings findings;
    private final Map<MessageSink, Window> windows = new LinkedHashMap<>();
    private String nodeName;

    private record Window(String node, int length, LongSupplier used)
    {
    }

    /**
     * @param mesh     whose nodes it looks at.
     * @param findings to report to.
     */
    public BoundsChecker(final SimMesh mesh, final Findings findings)
    {
        this.mesh = mesh;
        this.findings = findings;
    }

    /**
     * A channel end is open.
     *
     * @param used bytes that it has accepted and its peers have not consumed.
     */
    public void open(final String node, final MessageSink channel, final int windowLength, final LongSupplier used)
    {
        windows.put(channel, new Window(node, windowLength, used));
    }

    /**
     * A channel end is not used any more.
     */
    public void close(final MessageSink channel)
    {
        windows.remove(channel);
    }

    @Override
    public void afterCycle(final String name)
    {
        final MeshNode node = mesh.node(name);
        if (node != null)
        {
            nodeName = name;
            node.occupancy(this);
        }
    }

    @Override
    public void onTable(final String what, final int used, final int limit)
    {
        if (used > limit)
        {
            findings.report(Rule.BOUNDED, nodeName + " has " + used + " " + what + ", at most " + limit, nodeName);
        }
    }

    @Override
    public void afterTick()
    {
        windows.forEach((channel, window) ->
        {
            final long used = window.used.getAsLong();
            if (used < 0 || used > window.length)
            {
                findings.report(Rule.BOUNDED, "a channel of " + window.node + " holds " + used +
                    " bytes, its window has " + window.length, window.node);
            }
        });
        for (final SimMedium medium : mesh.media())
        {
            final SimEdge edge = medium.edge();
            if (edge != null)
            {
                check(medium, edge.control());
                check(medium, edge.data());
            }
        }
    }

    private void check(final SimMedium medium, final SimLane lane)
    {
        if (lane.waitingBytes() > lane.waitingBytesMax() || lane.available() > lane.capacity())
        {
            findings.report(Rule.BOUNDED, "the edge from " + medium.peerName() + " to " + medium.nodeName() +
                " holds " + lane.waitingBytes() + " bytes, " + lane.available() + " free, at most " +
                lane.waitingBytesMax(), medium.nodeName(), medium.peerName());
        }
    }
}
