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
     * Whether the message lies in a block of memory that was handed over, or copied on the way because the memory could
     * not be shared. Such a block is released when the handler returns, unless it is taken.
     */
    default boolean isLease()
    {
        return false;
    }

    /**
     * Keeps the block of the message beyond the callback: from now on this node holds it, may change it, hand it on,
     * send it back, and has to release it.
     *
     * @param lease not held, that is set to the block.
     * @throws IllegalStateException when the message is no lease, or was taken before.
     */
    default void take(final Lease lease)
    {
        throw new IllegalStateException("the message is no lease");
    }
}
