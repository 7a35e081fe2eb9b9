package io.aeromesh.spi;

import org.agrona.DirectBuffer;

/**
 * Receives packets from a {@link Lane}.
 */
@FunctionalInterface
public interface PacketHandler
{
    /**
     * What the lane does after a packet.
     */
    enum Action
    {
        /** The packet is consumed; go on. */
        CONTINUE,
        /** The packet is consumed and its room released to the peer at once; go on. */
        COMMIT,
        /** The packet is consumed; stop polling. */
        BREAK,
        /** The packet is not consumed and comes again at the next poll; stop polling. */
        ABORT
    }

    /**
     * Called for each packet. An exception counts as consumed and is thrown on to the caller of the poll.
     *
     * @param buffer holding the packet; borrowed until return. The peer may change it meanwhile.
     * @param offset of the packet in the buffer.
     * @param length of the packet in bytes.
     * @return what to do next.
     */
    Action onPacket(DirectBuffer buffer, int offset, int length);
}
