package io.aeromesh.internal.direct;

import org.agrona.MutableDirectBuffer;

/**
 * Where a claim's room is, and who accepts it. The thread of the channel end.
 */
public interface ClaimHolder
{
    /**
     * For the holder of a claim.
     */
    MutableDirectBuffer buffer();

    /**
     * Where the claimed message is written there.
     */
    int claimOffset();

    /**
     * Accepts the claimed message.
     */
    void commit();

    /**
     * Gives the claimed room back.
     */
    void abort();
}
