package io.aeromesh;

import org.agrona.DirectBuffer;

/**
 * Consumes messages.
 */
@FunctionalInterface
public interface MessageHandler
{
    /**
     * Called for each message, in order per source.
     *
     * @param buffer holding the message; borrowed until return.
     * @param offset of the message in the buffer.
     * @param length of the message in bytes.
     * @param origin where the message comes from; valid until return.
     */
    void onMessage(DirectBuffer buffer, int offset, int length, MessageOrigin origin);
}
