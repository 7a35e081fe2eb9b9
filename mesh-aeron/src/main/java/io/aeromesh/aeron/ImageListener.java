package io.aeromesh.aeron;

import io.aeron.Image;

/**
 * Told of the sessions that publish on a medium's streams. Agent thread; must not call the client.
 */
interface ImageListener
{
    /**
     * A session publishes on a lane, which may be our own.
     */
    void onImage(StreamKind kind, LiveImage image);

    /**
     * It does not any more.
     */
    void onNoImage(Image image);
}
