package io.aeromesh.internal.node;

import io.aeromesh.NodeListener;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.node.CycleWatch.Part;
import io.aeromesh.status.EventLog;
import io.aeromesh.status.MeshEvent;

/**
 * Notes what the application is told, then tells it, by the clock, as it may take long. Agent thread.
 */
final class NotingListener implements NodeListener
{
    private final EventLog events;
    private final CycleWatch watch;
    private final NodeListener listener;

    NotingListener(final EventLog events, final CycleWatch watch, final NodeListener listener)
    {
        this.events = events;
        this.watch = watch;
        this.listener = listener;
    }

    @Override
    public void onEdgeUp(final String edge, final String peer)
    {
        events.note(MeshEvent.EDGE_UP, edge, peer);
        watch.timed(Part.LINKS);
        listener.onEdgeUp(edge, peer);
        watch.timed(Part.LISTENER);
    }

    @Override
    public void onEdgeDown(final String edge, final String peer, final String reason)
    {
        events.note(MeshEvent.EDGE_DOWN, edge, peer + ": " + reason);
        watch.timed(Part.LINKS);
        listener.onEdgeDown(edge, peer, reason);
        watch.timed(Part.LISTENER);
    }

    @Override
    public void onRoute(final String destination, final String nextHop, final int metric)
    {
        events.note(MeshEvent.ROUTE, destination, nextHop, metric);
        watch.timed(Part.LINKS);
        listener.onRoute(destination, nextHop, metric);
        watch.timed(Part.LISTENER);
    }

    @Override
    public void onRouteLost(final String destination)
    {
        events.note(MeshEvent.ROUTE_LOST, destination, "");
        watch.timed(Part.LINKS);
        listener.onRouteLost(destination);
        watch.timed(Part.LISTENER);
    }

    @Override
    public void onError(final MeshException error)
    {
        watch.timed(Part.LINKS);
        listener.onError(error);
        watch.timed(Part.LISTENER);
    }
}
