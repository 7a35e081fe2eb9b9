package io.aeromesh;

import io.aeromesh.error.MeshException;

/**
 * Told of a broadcast channel's events, from inside {@code poll} on the channel's own thread.
 */
public interface BroadcastListener
{
    /** Ignores all. */
    BroadcastListener NONE = new BroadcastListener()
    {
    };

    /**
     * A member has joined: what is accepted from now on is owed to it.
     */
    default void onMemberJoined(final BroadcastChannel channel, final String member)
    {
    }

    /**
     * A member has left, was evicted, or evicted this node. All that was received from it has been handed to the
     * handler.
     */
    default void onMemberLeft(final BroadcastChannel channel, final SessionReport report)
    {
    }

    /**
     * A node can not become a member as it is now, for example because its schema differs.
     */
    default void onRejected(final BroadcastChannel channel, final MeshException error)
    {
    }
}
