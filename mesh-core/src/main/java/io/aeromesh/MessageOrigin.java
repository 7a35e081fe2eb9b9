package io.aeromesh;

/**
 * Where a message comes from. Valid during the callback that it is passed to.
 */
public interface MessageOrigin
{
    /**
     * Name of the node that sent it.
     */
    String source();

    /**
     * Position behind the message in its source's stream: what the source's {@code offer} returned.
     */
    long position();
}
