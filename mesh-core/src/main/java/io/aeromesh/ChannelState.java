package io.aeromesh;

/**
 * What a channel end can do.
 */
public enum ChannelState
{
    /** The other end has not been met yet; {@code offer} gives {@link MessageSink#NOT_CONNECTED}. */
    CONNECTING,
    /** Messages flow. */
    CONNECTED,
    /** Connected, but there is no way at this moment; {@code offer} gives {@link MessageSink#NO_ROUTE}. */
    NO_ROUTE,
    /** A session ended; its report waits for {@code poll}, then the channel connects again or closes. */
    SESSION_ENDED,
    /** Closed for good. */
    CLOSED
}
