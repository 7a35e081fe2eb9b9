package io.aeromesh;

import java.util.function.Consumer;

/**
 * Receives the channel requests of other nodes; made by {@link MeshNode#listen}.
 * <p>
 * <b>Threading:</b> one thread at a time polls it; {@link #close()} from any.
 */
public interface RequestListener extends AutoCloseable
{
    /**
     * Hands over requests that came since the last call, each once per attempt of the peer.
     *
     * @return number of requests.
     */
    int poll(Consumer<ChannelRequest> handler);

    /**
     * Stops listening.
     */
    @Override
    void close();
}
