package io.aeromesh.internal.session;

import io.aeromesh.internal.routing.Route;
import java.util.ArrayList;
import java.util.List;

/**
 * Another node, as sessions see it: known by name from an open channel, reachable or not.
 * <p>
 * <b>Threading:</b> agent thread only.
 */
public final class Destination
{
    private final long id;
    private final String name;
    private final List<Session> sessions = new ArrayList<>();
    private Route route;
    private boolean noticeDue;

    Destination(final long id, final String name)
    {
        this.id = id;
        this.name = name;
    }

    long id()
    {
        return id;
    }

    String name()
    {
        return name;
    }

    List<Session> sessions()
    {
        return sessions;
    }

    /**
     * The route, or null while the mesh does not know the node.
     */
    Route route()
    {
        return route;
    }

    void route(final Route newRoute)
    {
        route = newRoute;
    }

    boolean isReachable()
    {
        return route != null && route.next() != null;
    }

    /**
     * Whether an instance is the one that the routing table knows; while it knows none, any may be.
     */
    boolean isCurrent(final long instanceHigh, final long instanceLow)
    {
        return route == null || route.instanceHigh() == instanceHigh && route.instanceLow() == instanceLow;
    }

    boolean isNoticeDue()
    {
        return noticeDue;
    }

    void noticeDue(final boolean due)
    {
        noticeDue = due;
    }
}
