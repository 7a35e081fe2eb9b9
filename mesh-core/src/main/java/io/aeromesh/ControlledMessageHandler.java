package io.aeromesh;

import org.agrona.DirectBuffer;

/**
 * Consumes messages and controls the poll.
 */
@FunctionalInterface
public interface ControlledMessageHandler
{
    /**
     * What the poll does after a message.
     */
    enum Action
    {
        /** Consumed; go on. */
        CONTINUE,
        /** Consumed, and shown as consumed to the sender at once; go on. */
        COMMIT,
        /** Consumed; stop. */
        BREAK,
        /** Not consumed, comes again at the next poll; stop. */
        ABORT
    }

    /**
     * Called for each message, in order per source.
     *
     * @param buffer holding the message; borrowed until return.
     * @param offset of the message in the buffer.
     * @param length of the message in bytes.
     * @param origin where the message comes from; valid until return.
     * @return what to do next.
     */
    Action onMessage(DirectBuffer buffer, int offset, int length, MessageOrigin origin);
}
