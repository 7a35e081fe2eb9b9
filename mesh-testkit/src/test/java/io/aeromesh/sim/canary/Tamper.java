package io.aeromesh.sim.canary;

import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.sim.PacketWatch.LaneKind;
import io.aeromesh.sim.SimMedium;
import io.aeromesh.spi.PacketHandler;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Changes what comes to a node.
 */
@FunctionalInterface
interface Tamper
{
    /** Offset of the block of fields of a message in its packet. */
    int BLOCK_OFFSET = PacketHeader.LENGTH + 8;

    /**
     * A packet has come. Hands it on to the node, changed or not, once, twice or never.
     *
     * @param packet  a copy of the packet; wraps exactly its bytes.
     * @param handler of the node.
     */
    PacketHandler.Action onPacket(SimMedium at, LaneKind lane, UnsafeBuffer packet, PacketHandler handler);

    static PacketHandler.Action pass(final UnsafeBuffer packet, final PacketHandler handler)
    {
        return handler.onPacket(packet, 0, packet.capacity());
    }

    static PacketHandler.Action drop()
    {
        return PacketHandler.Action.CONTINUE;
    }

    static boolean isType(final UnsafeBuffer packet, final int type)
    {
        return packet.capacity() >= PacketHeader.LENGTH && PacketHeader.type(packet, 0) == type;
    }

    /**
     * Whether the packet carries that message.
     */
    static boolean is(final UnsafeBuffer packet, final int templateId)
    {
        return packet.capacity() >= BLOCK_OFFSET &&
            (isType(packet, PacketHeader.CONTROL) || isType(packet, PacketHeader.LINK)) &&
            packet.getShort(PacketHeader.LENGTH + 2, ByteOrder.LITTLE_ENDIAN) == templateId;
    }
}
