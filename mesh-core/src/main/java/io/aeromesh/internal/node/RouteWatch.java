package io.aeromesh.internal.node;

import io.aeromesh.NodeListener;
import io.aeromesh.RouteStatus;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.link.Link;
import io.aeromesh.internal.routing.Route;
import io.aeromesh.internal.routing.RouteChange;
import io.aeromesh.internal.routing.RouteListener;
import io.aeromesh.internal.routing.RoutingTable;
import io.aeromesh.internal.routing.Withdrawal;
import io.aeromesh.internal.session.Sessions;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.status.MeshCounter;
import io.aeromesh.status.NodeCounters;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Hands routing events to the sessions, the user's listener and the snapshot. Agent thread.
 */
final class RouteWatch implements RouteListener
{
    private final String name;
    private final NodeListener listener;
    private final ErrorReporter errors;
    private final AtomicCounter changes;
    private RoutingTable routes;
    private Sessions sessions;
    private PacketRouter router;
    private boolean changed = true;

    RouteWatch(
        final String name, final NodeListener listener, final ErrorReporter errors, final NodeCounters counters)
    {
        this.name = name;
        this.listener = listener;
        this.errors = errors;
        changes = counters.node(MeshCounter.ROUTE_CHANGES);
    }

    void wire(final RoutingTable newRoutes, final Sessions newSessions, final PacketRouter newRouter)
    {
        routes = newRoutes;
        sessions = newSessions;
        router = newRouter;
    }

    boolean takeChanged()
    {
        final boolean wasChanged = changed;
        changed = false;
        return wasChanged;
    }

    static List<RouteStatus> status(final RoutingTable routes)
    {
        final List<RouteStatus> all = new ArrayList<>();
        for (final Route route : routes.routes())
        {
            all.add(route.next() == null ? new RouteStatus(route.name(), "", "", 0) :
                new RouteStatus(route.name(), nextLink(route).peerName(), nextLink(route).edgeName(), route.metric()));
        }
        return List.copyOf(all);
    }

    private static Link nextLink(final Route route)
    {
        return (Link)route.next().attachment();
    }

    @Override
    public void onRouteAdded(final Route route)
    {
        route.attachment(new BroadcastWindows());
        onWay(route);
    }

    @Override
    public void onRouteChanged(final Route route, final RouteChange change)
    {
        if (change == RouteChange.METRIC)
        {
            noteChange();
        }
        else
        {
            onWay(route);
        }
    }

    private void onWay(final Route route)
    {
        noteChange();
        if (NodeIds.isContext(route.destinationId()))
        {
            routes.renewPath(); // others know by this node's path alone that it has come; if it dies, they are told
        }
        sessions.onRoute(route);
        listener.onRoute(route.name(), nextLink(route).peerName(), route.metric());
    }

    @Override
    public void onRouteLost(final Route route)
    {
        noteChange();
        listener.onRouteLost(route.name());
    }

    @Override
    public void onInstanceChanged(final Route route, final long oldInstanceHigh, final long oldInstanceLow)
    {
        noteChange();
        sessions.onInstanceChanged(route);
    }

    @Override
    public void onRouteRemoved(final Route route)
    {
        noteChange();
        sessions.onRouteRemoved(route);
    }

    private void noteChange()
    {
        changed = true;
        changes.incrementRelease();
    }

    @Override
    public void onDuplicateName(
        final String name,
        final long ownInstanceHigh,
        final long ownInstanceLow,
        final long otherInstanceHigh,
        final long otherInstanceLow,
        final Withdrawal withdrawal)
    {
        errors.report(new MeshException(ErrorCode.NAME_TAKEN, String.format(
            "name '%s' is taken by two live nodes: this one, instance %016x%016x, and instance %016x%016x; %s",
            name, ownInstanceHigh, ownInstanceLow, otherInstanceHigh, otherInstanceLow,
            withdrawal == Withdrawal.SELF ? "this one withdraws" : "the other withdraws")));
    }

    @Override
    public void onWithdrawn()
    {
        router.withdraw();
        noteChange();
        errors.report(new MeshException(ErrorCode.NAME_WITHDRAWN, "name '" + name +
            "' is given up to another live node with the higher instance: this one has no routes any more"));
    }

    @Override
    public void onIdCollision(final String name, final String otherName, final long id)
    {
        errors.report(new MeshException(ErrorCode.NODE_ID_COLLISION, "names '" + name + "' and '" + otherName +
            "' have the same node id " + Long.toHexString(id) + "; '" + otherName + "' is refused"));
    }

    @Override
    public void onTableFull(final String name)
    {
        errors.report(new MeshException(
            ErrorCode.TABLE_FULL, "node '" + name + "' was not learnt, the routing table is full: destinationsMax"));
    }
}
