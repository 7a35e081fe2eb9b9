package io.aeromesh.sim;

import org.agrona.DirectBuffer;

/**
 * Sees what the network brings to the nodes of a simulation, in the order in which it does.
 * <p>
 * <b>Threading:</b> the simulation's one thread.
 */
@FunctionalInterface
public interface PacketWatch
{
    /** Which of the two lanes of an edge. */
    enum LaneKind
    {
        /** Routing, acknowledgements, liveness. */
        CONTROL,
        /** Messages. */
        DATA
    }

    /**
     * A node is about to be handed a packet.
     *
     * @param at     the end of the link at which it comes.
     * @param lane   of the link.
     * @param buffer holding the packet; borrowed until return.
     * @param offset of the packet in the buffer.
     * @param length of the packet in bytes.
     */
    void onPacket(SimMedium at, LaneKind lane, DirectBuffer buffer, int offset, int length);
}
