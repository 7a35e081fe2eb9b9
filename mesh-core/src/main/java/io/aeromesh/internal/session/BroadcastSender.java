package io.aeromesh.internal.session;

import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.spi.Edge;

/**
 * Sends stream bytes to all nodes, along the edges that lead away from this one.
 */
public interface BroadcastSender
{
    /** Packets that one channel broadcasts in one duty cycle. */
    int PACKETS_PER_CYCLE = 32;

    /** Every edge can carry such a packet, so that no hop has to split it. */
    int PAYLOAD_LENGTH_MAX = Edge.PACKET_LENGTH_MIN - PacketHeader.LENGTH & -8;

    /**
     * Sends one packet on every edge. Where an edge is full, the members behind it are asked later what they miss.
     */
    void send(long streamId, SendStream stream, long position, int length);
}
