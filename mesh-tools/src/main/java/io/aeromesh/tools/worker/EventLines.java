package io.aeromesh.tools.worker;

import io.aeromesh.NodeListener;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;

/**
 * Writes a node's events to the parent. Agent thread.
 */
final class EventLines implements NodeListener
{
    private final CommandPort port;
    private final Resumes resumes;
    private MeshException fatal;

    EventLines(final CommandPort port, final Resumes resumes)
    {
        this.port = port;
        this.resumes = resumes;
    }

    @Override
    public void onEdgeUp(final String edge, final String peer)
    {
        port.event("edge_up", edge + " to " + peer);
    }

    @Override
    public void onEdgeDown(final String edge, final String peer, final String reason)
    {
        resumes.onEdgeDown(peer);
        port.event("edge_down", edge + " to " + peer + ": " + reason);
    }

    @Override
    public void onRoute(final String destination, final String nextHop, final int metric)
    {
        port.event("route", destination + " by " + nextHop + ", metric " + metric);
    }

    @Override
    public void onRouteLost(final String destination)
    {
        port.event("route_lost", destination);
    }

    @Override
    public void onError(final MeshException error)
    {
        port.event("error", error.getMessage());
        if (error.code().action() == ErrorCode.Action.RESTART_NODE)
        {
            fatal = error;
        }
    }

    /**
     * Why the node has stopped by itself; null: it has not.
     */
    MeshException fatal()
    {
        return fatal;
    }
}
