package io.aeromesh.internal.direct;

/**
 * Who accepts a claimed message. The thread of the channel end.
 */
public interface ClaimHolder
{
    /**
     * Accepts the claimed message.
     */
    void commit();

    /**
     * Gives the claimed room back.
     */
    void abort();
}
