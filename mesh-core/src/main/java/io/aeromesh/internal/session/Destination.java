package io.aeromesh.internal.session;

import io.aeromesh.internal.link.Link;
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
    private String name;
    private final List<Session> sessions = new ArrayList<>();
    private final PeerStream stream;
    private Route route;
    private boolean noticeDue;
    private Heard heard = Heard.ALL;
    private int unanswered;
    private int seenGivenUp;

    /**
     * Whether what was told that no session repeats has come there. Nothing acknowledges it; so it is asked to begin
     * all of its sessions anew when the way has changed, which raises the question again, and that is acknowledged.
     */
    private enum Heard
    {
        ALL, UNKNOWN, ASKED
    }

    Destination(final long id, final String name)
    {
        this.id = id;
        this.name = name;
        stream = new PeerStream(id, name);
    }

    long id()
    {
        return id;
    }

    String name()
    {
        return name;
    }

    /**
     * A context has said how it is called.
     */
    void name(final String newName)
    {
        name = newName;
    }

    /**
     * Whether the routing table knows this very one, and not only the node that it is a context of.
     */
    boolean isRouted()
    {
        return route != null && route.destinationId() == id;
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

    /**
     * The direct stream to the node, which may not be there.
     */
    PeerStream stream()
    {
        return stream;
    }

    /**
     * The next link on the route, or null while there is no route.
     */
    Link routedLink()
    {
        return route == null || route.next() == null ? null : (Link)route.next().attachment();
    }

    /**
     * The link for what belongs to no session any more: along the route, else the direct stream; null: no way now.
     */
    Link way()
    {
        final Link routed = routedLink();
        return routed != null ? routed : stream.link();
    }

    boolean isReachable()
    {
        return way() != null;
    }

    /**
     * Whether there may be a way again: the mesh knows the node, or it is at the other end of a stream.
     */
    boolean isKnown()
    {
        return route != null || stream.link() != null;
    }

    /**
     * Whether an instance is the one that the routing table knows; while it knows none, any may be. It never knows that
     * of another node's context.
     */
    boolean isCurrent(final long instanceHigh, final long instanceLow)
    {
        return !isRouted() || route.instanceHigh() == instanceHigh && route.instanceLow() == instanceLow;
    }

    boolean isNoticeDue()
    {
        return noticeDue;
    }

    void noticeDue(final boolean due)
    {
        noticeDue = due;
    }

    /**
     * Something was sent that no session repeats.
     */
    void onTold()
    {
        heard = Heard.UNKNOWN;
    }

    /**
     * It was asked to begin all of its sessions anew.
     */
    void onAsked()
    {
        unanswered++;
        heard = Heard.ASKED;
    }

    /**
     * It has been asked: whatever was told before is raised again. Of several questions all must be answered, as the
     * answer to an earlier one says nothing of what was told after it; one that is lost is one asked too often later.
     */
    void onHeard()
    {
        unanswered = Math.max(0, unanswered - 1);
        heard = heard == Heard.ASKED && unanswered == 0 ? Heard.ALL : heard;
    }

    /**
     * Whether something was told that may not have come.
     */
    boolean isUnheard()
    {
        return heard != Heard.ALL;
    }

    /**
     * Whether it has not been looked at since the table of the {@link UnmetSources} was full for so many times.
     */
    boolean takeUnseen(final int givenUp)
    {
        final boolean isNew = seenGivenUp != givenUp;
        seenGivenUp = givenUp;
        return isNew;
    }
}
