package io.aeromesh.internal.link;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.codec.AckDecoder;
import io.aeromesh.protocol.codec.ArenaDecoder;
import io.aeromesh.protocol.codec.CloseAckDecoder;
import io.aeromesh.protocol.codec.CloseDecoder;
import io.aeromesh.protocol.codec.CongestionDecoder;
import io.aeromesh.protocol.codec.DirectDecoder;
import io.aeromesh.protocol.codec.EdgePingDecoder;
import io.aeromesh.protocol.codec.EdgePongDecoder;
import io.aeromesh.protocol.codec.GoodbyeDecoder;
import io.aeromesh.protocol.codec.HelloDecoder;
import io.aeromesh.protocol.codec.MarkDecoder;
import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.protocol.codec.OpenDecoder;
import io.aeromesh.protocol.codec.PeersDecoder;
import io.aeromesh.protocol.codec.PingDecoder;
import io.aeromesh.protocol.codec.PongDecoder;
import io.aeromesh.protocol.codec.RefuseDecoder;
import io.aeromesh.protocol.codec.RejectDecoder;
import io.aeromesh.protocol.codec.ResetDecoder;
import io.aeromesh.protocol.codec.TopologyRequestDecoder;
import io.aeromesh.protocol.codec.TopologyResponseDecoder;
import org.agrona.DirectBuffer;

/**
 * Checks that an SBE message lies within its packet before a decoder touches it, so that decoding is safe with bounds
 * checks switched off. Routing messages are checked by the routing table itself.
 */
public final class MessageShape
{
    private static final int GROUP_HEADER_LENGTH = 4;
    private static final int TEXT_HEADER_LENGTH = 2;
    private static final int PEERS_TEXTS = 2;

    private MessageShape()
    {
    }

    /**
     * Checks the message header.
     *
     * @param length from the message header to the end of the packet.
     * @return template id.
     * @throws MeshException PROTOCOL_VIOLATION when there is no header of our schema.
     */
    public static int templateId(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH)
        {
            throw violation("message header needs " + MessageHeaderDecoder.ENCODED_LENGTH + " bytes: length=" + length);
        }
        final int schemaId = uint16(buffer, offset + MessageHeaderDecoder.schemaIdEncodingOffset());
        if (schemaId != HelloDecoder.SCHEMA_ID)
        {
            throw violation("schemaId=" + schemaId + ", need " + HelloDecoder.SCHEMA_ID);
        }
        return uint16(buffer, offset + MessageHeaderDecoder.templateIdEncodingOffset());
    }

    /**
     * Checks that the blocks, groups and texts that the message declares fit into it.
     *
     * @throws MeshException PROTOCOL_VIOLATION when they do not, or the template is not known.
     */
    public static void check(final DirectBuffer buffer, final int offset, final int length, final int templateId)
    {
        switch (templateId)
        {
            case HelloDecoder.TEMPLATE_ID -> check(buffer, offset, length, HelloDecoder.BLOCK_LENGTH, 0, 2);
            case MarkDecoder.TEMPLATE_ID -> check(buffer, offset, length, MarkDecoder.BLOCK_LENGTH, 0, 0);
            case RefuseDecoder.TEMPLATE_ID -> check(buffer, offset, length, RefuseDecoder.BLOCK_LENGTH, 0, 1);
            case GoodbyeDecoder.TEMPLATE_ID -> check(buffer, offset, length, GoodbyeDecoder.BLOCK_LENGTH, 0, 0);
            case EdgePingDecoder.TEMPLATE_ID -> check(buffer, offset, length, EdgePingDecoder.BLOCK_LENGTH, 0, 0);
            case EdgePongDecoder.TEMPLATE_ID -> check(buffer, offset, length, EdgePongDecoder.BLOCK_LENGTH, 0, 0);
            case PeersDecoder.TEMPLATE_ID ->
                checkTexts(buffer, offset, length, PeersDecoder.BLOCK_LENGTH, PEERS_TEXTS);
            case OpenDecoder.TEMPLATE_ID -> check(buffer, offset, length, OpenDecoder.BLOCK_LENGTH, 0, 2);
            case RejectDecoder.TEMPLATE_ID -> check(buffer, offset, length, RejectDecoder.BLOCK_LENGTH, 0, 1);
            case AckDecoder.TEMPLATE_ID -> check(buffer, offset, length, AckDecoder.BLOCK_LENGTH,
                AckDecoder.BlocksDecoder.sbeBlockLength(), 0);
            case CloseDecoder.TEMPLATE_ID -> check(buffer, offset, length, CloseDecoder.BLOCK_LENGTH, 0, 0);
            case CloseAckDecoder.TEMPLATE_ID -> check(buffer, offset, length, CloseAckDecoder.BLOCK_LENGTH, 0, 0);
            case ResetDecoder.TEMPLATE_ID -> check(buffer, offset, length, ResetDecoder.BLOCK_LENGTH, 0, 0);
            case CongestionDecoder.TEMPLATE_ID -> check(buffer, offset, length, CongestionDecoder.BLOCK_LENGTH, 0, 0);
            case DirectDecoder.TEMPLATE_ID -> check(buffer, offset, length, DirectDecoder.BLOCK_LENGTH, 0, 1);
            case ArenaDecoder.TEMPLATE_ID -> check(buffer, offset, length, ArenaDecoder.BLOCK_LENGTH, 0, 1);
            case PingDecoder.TEMPLATE_ID -> check(buffer, offset, length, PingDecoder.BLOCK_LENGTH, 0, 0);
            case PongDecoder.TEMPLATE_ID -> check(buffer, offset, length, PongDecoder.BLOCK_LENGTH, 0, 2);
            case TopologyRequestDecoder.TEMPLATE_ID ->
                check(buffer, offset, length, TopologyRequestDecoder.BLOCK_LENGTH, 0, 0);
            case TopologyResponseDecoder.TEMPLATE_ID ->
                check(buffer, offset, length, TopologyResponseDecoder.BLOCK_LENGTH, 0, 4);
            default -> throw violation("templateId=" + templateId + " is not known");
        }
    }

    private static void check(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int blockLengthMin,
        final int groupEntryLengthMin,
        final int texts)
    {
        final int blockLength = uint16(buffer, offset + MessageHeaderDecoder.blockLengthEncodingOffset());
        if (blockLength < blockLengthMin)
        {
            throw violation("blockLength=" + blockLength + ", need at least " + blockLengthMin);
        }
        int needed = MessageHeaderDecoder.ENCODED_LENGTH + blockLength;
        if (groupEntryLengthMin > 0)
        {
            requireWithin(needed + GROUP_HEADER_LENGTH, length);
            final int entryLength = uint16(buffer, offset + needed);
            final int count = uint16(buffer, offset + needed + TEXT_HEADER_LENGTH);
            if (entryLength < groupEntryLengthMin)
            {
                throw violation("group entry length=" + entryLength + ", need at least " + groupEntryLengthMin);
            }
            needed += GROUP_HEADER_LENGTH + entryLength * count;
        }
        for (int i = 0; i < texts; i++)
        {
            requireWithin(needed + TEXT_HEADER_LENGTH, length);
            needed += TEXT_HEADER_LENGTH + uint16(buffer, offset + needed);
        }
        requireWithin(needed, length);
    }

    /**
     * A message with one group, whose entries have nothing but texts.
     */
    private static void checkTexts(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int blockLengthMin,
        final int textsPerEntry)
    {
        final int blockLength = uint16(buffer, offset + MessageHeaderDecoder.blockLengthEncodingOffset());
        if (blockLength < blockLengthMin)
        {
            throw violation("blockLength=" + blockLength + ", need at least " + blockLengthMin);
        }
        int needed = MessageHeaderDecoder.ENCODED_LENGTH + blockLength;
        requireWithin(needed + GROUP_HEADER_LENGTH, length);
        final int entryLength = uint16(buffer, offset + needed);
        final int count = uint16(buffer, offset + needed + TEXT_HEADER_LENGTH);
        needed += GROUP_HEADER_LENGTH;
        for (int i = 0; i < count; i++) // each entry has bytes of its own, so that this ends with the packet
        {
            needed += entryLength;
            for (int j = 0; j < textsPerEntry; j++)
            {
                requireWithin(needed + TEXT_HEADER_LENGTH, length);
                needed += TEXT_HEADER_LENGTH + uint16(buffer, offset + needed);
            }
            requireWithin(needed, length);
        }
    }

    private static void requireWithin(final int needed, final int length)
    {
        // both are below 2^32 - 1, a product of two uint16 may be negative as an int
        if (needed < 0 || needed > length)
        {
            throw violation("message declares " + needed + " bytes, the packet has " + length);
        }
    }

    private static int uint16(final DirectBuffer buffer, final int offset)
    {
        return buffer.getShort(offset, LITTLE_ENDIAN) & 0xFFFF;
    }

    private static MeshException violation(final String message)
    {
        return new MeshException(ErrorCode.PROTOCOL_VIOLATION, message);
    }
}
