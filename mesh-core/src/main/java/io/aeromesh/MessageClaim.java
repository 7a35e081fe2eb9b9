package io.aeromesh;

import io.aeromesh.internal.session.SendStream;
import org.agrona.MutableDirectBuffer;

/**
 * Room for one message in a channel's send buffer. Reusable; belongs to the thread of the channel end.
 */
public final class MessageClaim
{
    private SendStream stream;
    private int offset;
    private int length;

    /**
     * The buffer to write in, at {@link #offset()}.
     */
    public MutableDirectBuffer buffer()
    {
        return stream.buffer();
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
        stream.commit();
    }

    /**
     * Gives the room back; nothing is sent.
     */
    public void abort()
    {
        stream.abort();
    }

    /**
     * Called by the channel: sets the claim. Not for users.
     */
    public void wrap(final SendStream sendStream, final int messageOffset, final int messageLength)
    {
        stream = sendStream;
        offset = messageOffset;
        length = messageLength;
    }
}
