package io.aeromesh.sim.world;

import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.AckDecoder;
import io.aeromesh.protocol.codec.CloseAckDecoder;
import io.aeromesh.protocol.codec.CloseDecoder;
import io.aeromesh.protocol.codec.CongestionDecoder;
import io.aeromesh.protocol.codec.DirectDecoder;
import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.protocol.codec.OpenDecoder;
import io.aeromesh.protocol.codec.RejectDecoder;
import io.aeromesh.protocol.codec.ResetDecoder;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import org.agrona.DirectBuffer;

/**
 * Puts the control packets of sessions into words, where they arrive.
 */
final class PacketText
{
    private static final int BLOCK_OFFSET = PacketHeader.LENGTH + MessageHeaderDecoder.ENCODED_LENGTH;
    private static final Map<Integer, String> NAMES = Map.of(
        OpenDecoder.TEMPLATE_ID, "Open", RejectDecoder.TEMPLATE_ID, "Reject", AckDecoder.TEMPLATE_ID, "Ack",
        CloseDecoder.TEMPLATE_ID, "Close", CloseAckDecoder.TEMPLATE_ID, "CloseAck", ResetDecoder.TEMPLATE_ID, "Reset",
        CongestionDecoder.TEMPLATE_ID, "Congestion", DirectDecoder.TEMPLATE_ID, "Direct");

    private PacketText()
    {
    }

    static Optional<String> describe(
        final String node, final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < BLOCK_OFFSET || PacketHeader.type(buffer, offset) != PacketHeader.CONTROL ||
            PacketHeader.destinationId(buffer, offset) != NodeIds.idOf(node))
        {
            return Optional.empty();
        }
        final int templateId = buffer.getShort(
            offset + PacketHeader.LENGTH + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        final String more = templateId == AckDecoder.TEMPLATE_ID ? ack(buffer, offset) : "";
        // the first field of each is an end
        return Optional.of("gets " + NAMES.getOrDefault(templateId, "message " + templateId) + " from " +
            Long.toHexString(PacketHeader.sourceId(buffer, offset)) + " for end " +
            Long.toHexString(PacketHeader.sessionId(buffer, offset)) + ", names end " +
            Long.toHexString(buffer.getLong(offset + BLOCK_OFFSET, ByteOrder.LITTLE_ENDIAN)) + more);
    }

    private static String ack(final DirectBuffer buffer, final int offset)
    {
        final AckDecoder ack = new AckDecoder().wrap(buffer, offset + BLOCK_OFFSET, AckDecoder.BLOCK_LENGTH, 0);
        return ", consumed " + ack.consumedPosition() + ", received " + ack.receivedPosition() + ", sent " +
            ack.sentPosition() + (ack.probe() == 0 ? "" : ", asks") + (ack.probeAnswer() == 0 ? "" : ", answers");
    }
}
