package io.aeromesh.mesh;

import io.aeromesh.fake.ForwardingEdge;
import io.aeromesh.fake.ForwardingLane;
import io.aeromesh.sim.EdgeWrap;
import io.aeromesh.sim.PacketWatch.LaneKind;
import io.aeromesh.sim.SimMedium;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.PacketHandler;
import java.util.HashSet;
import java.util.Set;

/**
 * Lanes of which a test says when their packets come: while one is held, they wait in order.
 */
final class HeldLanes implements EdgeWrap
{
    private final Set<Held> held = new HashSet<>();

    private record Held(String node, String edge, LaneKind kind)
    {
    }

    /**
     * Nothing comes to the node by that lane of its edge.
     */
    void hold(final String node, final String edge, final LaneKind kind)
    {
        held.add(new Held(node, edge, kind));
    }

    void release(final String node, final String edge, final LaneKind kind)
    {
        held.remove(new Held(node, edge, kind));
    }

    @Override
    public Edge wrap(final SimMedium at, final Edge edge)
    {
        return new ForwardingEdge(
            edge, lane(at, edge.control(), LaneKind.CONTROL), lane(at, edge.data(), LaneKind.DATA));
    }

    private Lane lane(final SimMedium at, final Lane inner, final LaneKind kind)
    {
        final Held name = new Held(at.nodeName(), at.edgeName(), kind);
        return new ForwardingLane(inner)
        {
            @Override
            public int poll(final PacketHandler handler, final int limit)
            {
                return held.contains(name) ? 0 : super.poll(handler, limit);
            }
        };
    }
}
