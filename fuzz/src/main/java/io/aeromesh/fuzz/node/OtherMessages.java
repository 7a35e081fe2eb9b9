package io.aeromesh.fuzz.node;

import io.aeromesh.fuzz.FuzzInput;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.CloseAckDecoder;
import io.aeromesh.protocol.codec.CloseDecoder;
import io.aeromesh.protocol.codec.CongestionDecoder;
import io.aeromesh.protocol.codec.EdgePingDecoder;
import io.aeromesh.protocol.codec.EdgePongDecoder;
import io.aeromesh.protocol.codec.GoodbyeDecoder;
import io.aeromesh.protocol.codec.MessageHeaderEncoder;
import io.aeromesh.protocol.codec.PingDecoder;
import io.aeromesh.protocol.codec.PongDecoder;
import io.aeromesh.protocol.codec.RefuseDecoder;
import io.aeromesh.protocol.codec.RejectDecoder;
import io.aeromesh.protocol.codec.ResetDecoder;
import io.aeromesh.protocol.codec.RouteAckDecoder;
import io.aeromesh.protocol.codec.TopologyRequestDecoder;
import io.aeromesh.protocol.codec.TopologyResponseDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Messages of few fields: a block of words, each a value that some field could have, and then texts.
 * <p>
 * <b>Threading:</b> one thread.
 */
final class OtherMessages
{
    private static final int HOPS = 8;
    private static final int[][] SHAPES = // template, length of the block, texts, type of packet
        {
            {CloseDecoder.TEMPLATE_ID, CloseDecoder.BLOCK_LENGTH, 0, PacketHeader.CONTROL},
            {CloseAckDecoder.TEMPLATE_ID, CloseAckDecoder.BLOCK_LENGTH, 0, PacketHeader.CONTROL},
            {ResetDecoder.TEMPLATE_ID, ResetDecoder.BLOCK_LENGTH, 0, PacketHeader.CONTROL},
            {CongestionDecoder.TEMPLATE_ID, CongestionDecoder.BLOCK_LENGTH, 0, PacketHeader.CONTROL},
            {RejectDecoder.TEMPLATE_ID, RejectDecoder.BLOCK_LENGTH, 1, PacketHeader.CONTROL},
            {PingDecoder.TEMPLATE_ID, PingDecoder.BLOCK_LENGTH, 0, PacketHeader.CONTROL},
            {PongDecoder.TEMPLATE_ID, PongDecoder.BLOCK_LENGTH, 2, PacketHeader.CONTROL},
            {TopologyRequestDecoder.TEMPLATE_ID, TopologyRequestDecoder.BLOCK_LENGTH, 0, PacketHeader.CONTROL},
            {TopologyResponseDecoder.TEMPLATE_ID, TopologyResponseDecoder.BLOCK_LENGTH, 4, PacketHeader.CONTROL},
            {EdgePingDecoder.TEMPLATE_ID, EdgePingDecoder.BLOCK_LENGTH, 0, PacketHeader.LINK},
            {EdgePongDecoder.TEMPLATE_ID, EdgePongDecoder.BLOCK_LENGTH, 0, PacketHeader.LINK},
            {GoodbyeDecoder.TEMPLATE_ID, GoodbyeDecoder.BLOCK_LENGTH, 0, PacketHeader.LINK},
            {RefuseDecoder.TEMPLATE_ID, RefuseDecoder.BLOCK_LENGTH, 1, PacketHeader.LINK},
            {RouteAckDecoder.TEMPLATE_ID, RouteAckDecoder.BLOCK_LENGTH, 0, PacketHeader.LINK},
        };

    private final FuzzInput input;
    private final UnsafeBuffer packet;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    OtherMessages(final FuzzInput input, final UnsafeBuffer packet)
    {
        this.input = input;
        this.packet = packet;
    }

    /**
     * Writes one.
     *
     * @return length of the packet.
     */
    int make(final long sourceId, final Learned learned)
    {
        final int[] shape = SHAPES[input.below(SHAPES.length)];
        PacketHeader.write(packet, 0, shape[3], input.below(HOPS), 0,
            input.int8() < HOPS ? NodeIds.idOf("honest") : NodeIds.idOf(NodeWorld.NODE), sourceId,
            word(learned), Long.MAX_VALUE);
        header.wrap(packet, PacketHeader.LENGTH).blockLength(shape[1]).templateId(shape[0])
            .schemaId(MessageHeaderEncoder.SCHEMA_ID).version(MessageHeaderEncoder.SCHEMA_VERSION);
        int at = PacketHeader.LENGTH + MessageHeaderEncoder.ENCODED_LENGTH;
        for (int left = shape[1]; left > 0; left -= Long.BYTES)
        {
            packet.putLong(at, word(learned));
            at += Math.min(left, Long.BYTES);
        }
        for (int i = 0; i < shape[2]; i++)
        {
            final byte[] text = input.bytes(input.int8() & 31);
            packet.putShort(at, (short)text.length);
            packet.putBytes(at + Short.BYTES, text);
            at += Short.BYTES + text.length;
        }
        return at;
    }

    private long word(final Learned learned)
    {
        return switch (input.below(8))
        {
            case 0 -> learned.proxyEnd;
            case 1 -> learned.groupEnd;
            case 2 -> learned.nonce;
            case 3 -> learned.sentPosition;
            case 4 -> learned.groupStream;
            case 5 -> input.int64();
            default -> input.int8();
        };
    }
}
