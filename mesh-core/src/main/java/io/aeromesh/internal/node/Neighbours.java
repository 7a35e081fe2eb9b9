package io.aeromesh.internal.node;

import io.aeromesh.NodeListener;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.link.Link;
import io.aeromesh.internal.link.LinkListener;
import io.aeromesh.internal.peers.PeerKeeper;
import io.aeromesh.internal.routing.Reachability;
import io.aeromesh.internal.routing.RoutingTable;
import io.aeromesh.status.EventLog;
import io.aeromesh.status.MeshEvent;
import org.agrona.DirectBuffer;

/**
 * Makes a neighbour in the routing table of each link that is up on an edge. Agent thread.
 */
final class Neighbours implements LinkListener
{
    private final NodeListener listener;
    private final ErrorReporter errors;
    private final EventLog events;
    private final PeerKeeper peers;
    private RoutingTable routes;
    private AbsentContexts absent;

    Neighbours(
        final NodeListener listener, final ErrorReporter errors, final EventLog events, final PeerKeeper peers)
    {
        this.events = events;
        this.listener = listener;
        this.errors = errors;
        this.peers = peers;
    }

    void wire(final RoutingTable newRoutes, final AbsentContexts newAbsent)
    {
        routes = newRoutes;
        absent = newAbsent;
    }

    @Override
    public void onLinkUp(final Link link)
    {
        absent.onUp(link.peerId());
        link.neighbour(routes.addNeighbour(link.peerId(), link.peerInstanceHigh(), link.peerInstanceLow(),
            link.cost(), link.nonce(), link));
        peers.onLinkUp(link);
        listener.onEdgeUp(link.edgeName(), link.peerName());
    }

    @Override
    public void onLinkDown(final Link link, final String reason)
    {
        if (link.neighbour() != null)
        {
            routes.removeNeighbour(link.neighbour());
            link.neighbour(null);
            absent.onDown(link.peerId(), link.isToGuest() && link.edge().hasPeerEnded());
        }
        peers.onLinkDown(link);
        listener.onEdgeDown(link.edgeName(), link.peerName(), reason);
    }

    @Override
    public void onLinkRefused(final Link link, final MeshException error)
    {
        events.note(MeshEvent.EDGE_REFUSED, link.edgeName(), error.getMessage());
        errors.report(error);
    }

    @Override
    public void onRoutingPacket(
        final Link link, final DirectBuffer buffer, final int offset, final int length, final int templateId)
    {
        routes.onPacket(link.neighbour(), buffer, offset, length, templateId);
    }

    @Override
    public void onPeers(final Link link, final DirectBuffer buffer, final int offset)
    {
        peers.onPeers(link, buffer, offset);
    }

    @Override
    public void onLinkMeasured(final Link link)
    {
        // routes go by cost
    }

    @Override
    public void onLinkCost(final Link link)
    {
        routes.cost(link.neighbour(), link.cost());
    }

    @Override
    public void onLinkSilent(final Link link, final boolean silent)
    {
        events.note(silent ? MeshEvent.EDGE_SILENT : MeshEvent.EDGE_ANSWERS, link.edgeName(), link.peerName());
        if (link.neighbour() != null)
        {
            routes.reachability(link.neighbour(), silent ? Reachability.SILENT : Reachability.RESPONSIVE);
        }
    }
}
