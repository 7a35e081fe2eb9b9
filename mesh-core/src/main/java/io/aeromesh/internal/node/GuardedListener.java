package io.aeromesh.internal.node;

import io.aeromesh.NodeListener;
import io.aeromesh.error.MeshException;

/**
 * The user's listener, whose exceptions must not leave the node's state half-changed: they are noted and that is all.
 */
final class GuardedListener implements NodeListener
{
    private final NodeListener listener;
    private final ErrorReporter errors;

    GuardedListener(final NodeListener listener, final ErrorReporter errors)
    {
        this.listener = listener;
        this.errors = errors;
    }

    @Override
    public void onEdgeUp(final String edge, final String peer)
    {
        guard(() -> listener.onEdgeUp(edge, peer));
    }

    @Override
    public void onEdgeDown(final String edge, final String peer, final String reason)
    {
        guard(() -> listener.onEdgeDown(edge, peer, reason));
    }

    @Override
    public void onRoute(final String destination, final String nextHop, final int metric)
    {
        guard(() -> listener.onRoute(destination, nextHop, metric));
    }

    @Override
    public void onRouteLost(final String destination)
    {
        guard(() -> listener.onRouteLost(destination));
    }

    @Override
    public void onError(final MeshException error)
    {
        guard(() -> listener.onError(error));
    }

    private void guard(final Runnable call)
    {
        try
        {
            call.run();
        }
        catch (final RuntimeException ex)
        {
            errors.record(ex);
        }
    }
}
