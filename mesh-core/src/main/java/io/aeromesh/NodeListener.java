package io.aeromesh;

import io.aeromesh.error.MeshException;

/**
 * Told of a node's events, on the agent thread: must not block.
 */
public interface NodeListener
{
    /** Ignores all. */
    NodeListener NONE = new NodeListener()
    {
    };

    /**
     * An edge has a neighbour.
     */
    default void onEdgeUp(final String edge, final String peer)
    {
    }

    /**
     * An edge has lost its neighbour.
     */
    default void onEdgeDown(final String edge, final String peer, final String reason)
    {
    }

    /**
     * A node can be reached now, or by another way than before.
     *
     * @param nextHop name of the neighbour on the way.
     */
    default void onRoute(final String destination, final String nextHop, final int metric)
    {
    }

    /**
     * A node can not be reached at this moment.
     */
    default void onRouteLost(final String destination)
    {
    }

    /**
     * An operating error outside any call: a refused edge, a duplicate name, an absent driver.
     */
    default void onError(final MeshException error)
    {
    }
}
