package io.aeromesh;

import io.aeromesh.error.MeshException;

/**
 * Told of a channel end's events, from inside {@code poll} on the end's own thread.
 */
public interface ChannelListener
{
    /** Ignores all. */
    ChannelListener NONE = new ChannelListener()
    {
    };

    /**
     * A session has begun; messages of earlier sessions have all been delivered or reported.
     */
    default void onConnected(final Channel channel)
    {
    }

    /**
     * A session has ended. All that was received of it has been handed to the handler.
     */
    default void onSessionEnded(final Channel channel, final SessionReport report)
    {
    }

    /**
     * The other end can not be connected as it is now, for example because its schema differs. The channel goes on
     * waiting for one that fits.
     */
    default void onRejected(final Channel channel, final MeshException error)
    {
    }
}
