package io.aeromesh;

import io.aeromesh.internal.direct.ClaimHolder;
import org.agrona.MutableDirectBuffer;

/**
 * Room for one message in a channel's send buffer, until it is committed or aborted: what is written there later goes
 * into another message. Reusable; belongs to the thread of the channel end.
 */
public final class MessageClaim
{
    private ClaimHolder holder;
    private MutableDirectBuffer buffer;
    private int offset;
    private int length;

    /**
     * The buffer to write in, at {@link #offset()}.
     */
    public MutableDirectBuffer buffer()
    {
        return buffer;
    }

    /**
     * Where the message starts in {@link #buffer()}.
     */
    public int offset()
    {
        return offset;
    }

    /**
     * Of the message in bytes.
     */
    public int length()
    {
        return length;
    }

    /**
     * Accepts the message.
     */
    public void commit()
    {
        holder.commit();
    }

    /**
     * Gives the room back; nothing is sent.
     */
    public void abort()
    {
        holder.abort();
    }

    /**
     * Called by the channel: sets the claim. Not for users.
     *
     * @param claimBuffer always the same for the same holder.
     */
    public void wrap(
        final ClaimHolder claimHolder, final MutableDirectBuffer claimBuffer, final int claimOffset,
        final int messageLength)
    {
        offset = claimOffset;
        // most often these are as before, and a store waits for its turn behind those that wait for a cache line
        if (holder != claimHolder)
        {
            holder = claimHolder;
            buffer = claimBuffer;
        }
        if (length != messageLength)
        {
            length = messageLength;
        }
    }
}
