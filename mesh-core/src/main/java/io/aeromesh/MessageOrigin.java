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

    /**
     * Whether the message is a lease: what the handler sees is the block itself, and not a copy of it.
     */
    boolean isLease();

    /**
     * Moves the lease to the application, which may change it, transfer it on, send it back, and releases it in the
     * end. A lease that is not taken is released when the handler has returned. From now on the handler's buffer is of
     * no use: the lease's own is to be used. A message whose lease was taken is consumed, whatever the handler says.
     *
     * @param into not held, that is set to the block.
     * @throws IllegalStateException when the message is no lease or was taken before, or when something is held there.
     */
    void take(Lease into);
}
