package io.aeromesh.internal.routing;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.protocol.codec.RouteAckDecoder;
import io.aeromesh.protocol.codec.RouteUpdateDecoder;
import io.aeromesh.protocol.codec.SequenceRequestDecoder;
import org.agrona.DirectBuffer;

/**
 * Checks routing packets whole, without relying on the buffer's bounds checks, so that the generated decoders can
 * then be used on them blindly. Needs a private copy of the packet at offset 0.
 */
final class PacketCheck
{
    /** Length of the SBE message header. */
    static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;

    /** Length of a repeating group's dimensions. */
    static final int GROUP_HEADER_LENGTH = RouteUpdateDecoder.RoutesDecoder.sbeHeaderSize();

    /** Length of the length of a name. */
    static final int NAME_HEADER_LENGTH = RouteUpdateDecoder.RoutesDecoder.nameHeaderLength();

    private static final int UINT16_MASK = 0xFFFF;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RouteUpdateDecoder update = new RouteUpdateDecoder();
    private final SequenceRequestDecoder request = new SequenceRequestDecoder();
    private final DestinationTable destinations;

    PacketCheck(final DestinationTable destinations)
    {
        this.destinations = destinations;
    }

    /**
     * Checks the message header.
     */
    MessageHeaderDecoder header(final DirectBuffer packet, final int length, final int templateId)
    {
        check(length >= HEADER_LENGTH, "packet", length);
        header.wrap(packet, 0);
        check(header.schemaId() == MessageHeaderDecoder.SCHEMA_ID, "schemaId", header.schemaId());
        check(header.templateId() == templateId, "templateId", header.templateId());
        return header;
    }

    /**
     * Checks a RouteUpdate.
     */
    void update(final DirectBuffer packet, final int length, final long expectedSerial, final long neighbourId)
    {
        int position = block(length, RouteUpdateDecoder.BLOCK_LENGTH);
        update.wrap(packet, HEADER_LENGTH, header.blockLength(), header.version());
        check(update.serial() == expectedSerial, "serial", update.serial());

        final int routeLength = groupBlockLength(packet, position, length,
            RouteUpdateDecoder.RoutesDecoder.sbeBlockLength());
        final int count = groupCount(packet, position);
        position += GROUP_HEADER_LENGTH;
        for (int i = 0; i < count; i++)
        {
            check(length - position >= routeLength + NAME_HEADER_LENGTH, "route", i);
            position += routeLength;
            final int nameLength = packet.getShort(position, LITTLE_ENDIAN) & UINT16_MASK;
            position += NAME_HEADER_LENGTH;
            check(nameLength <= length - position, "nameLength", nameLength);
            position += nameLength;
        }
        end(position, length);

        for (final RouteUpdateDecoder.RoutesDecoder route : update.routes())
        {
            route(packet, route, neighbourId);
        }
    }

    /**
     * Checks a RouteAck.
     */
    void ack(final DirectBuffer packet, final int length, final long serialMax)
    {
        final int position = block(length, RouteAckDecoder.BLOCK_LENGTH);
        final long serial = packet.getLong(HEADER_LENGTH + RouteAckDecoder.serialEncodingOffset(), LITTLE_ENDIAN);
        check(serial >= 0 && serial <= serialMax, "serial", serial);
        end(position, length);
    }

    /**
     * Checks a SequenceRequest.
     */
    void request(final DirectBuffer packet, final int length)
    {
        final int position = block(length, SequenceRequestDecoder.BLOCK_LENGTH);
        final int requestLength = groupBlockLength(packet, position, length,
            SequenceRequestDecoder.RequestsDecoder.sbeBlockLength());
        final int count = groupCount(packet, position);
        final long end = position + GROUP_HEADER_LENGTH + (long)count * requestLength;
        check(end <= length, "requests", count);
        end((int)end, length);

        request.wrap(packet, HEADER_LENGTH, header.blockLength(), header.version());
        for (final SequenceRequestDecoder.RequestsDecoder each : request.requests())
        {
            check(each.destinationId() != NodeIds.NONE, "destinationId", 0);
            epoch(each.epoch().incarnation(), each.epoch().sequence());
        }
    }

    private void route(
        final DirectBuffer packet, final RouteUpdateDecoder.RoutesDecoder route, final long neighbourId)
    {
        final long id = route.destinationId();
        check(id != NodeIds.NONE, "destinationId", id);
        epoch(route.epoch().incarnation(), route.epoch().sequence());
        final long metric = route.metric();
        check(metric <= Metrics.WIRE_RETRACTED, "metric", metric);
        check(metric != 0 || id == neighbourId, "metric", metric);
        check(!NodeIds.isContext(id) || id == neighbourId, "destinationId of a context", id);
        check(!NodeIds.isContext(neighbourId) || id == neighbourId, "destinationId from a context", id);

        final int nameLength = route.nameLength();
        final int nameOffset = update.limit() + NAME_HEADER_LENGTH;
        final Destination known = destinations.find(id);
        if (known == null || !NameBytes.equal(known.nameBytes, packet, nameOffset, nameLength))
        {
            NodeIds.decodeName(packet, nameOffset, nameLength);
        }
        route.skipName();
    }

    private int block(final int length, final int blockLengthMin)
    {
        final int blockLength = header.blockLength();
        check(blockLength >= blockLengthMin && blockLength <= length - HEADER_LENGTH, "blockLength", blockLength);
        return HEADER_LENGTH + blockLength;
    }

    private void end(final int position, final int length)
    {
        check(position == length || header.version() > MessageHeaderDecoder.SCHEMA_VERSION, "length", length);
    }

    private static int groupBlockLength(
        final DirectBuffer packet, final int position, final int length, final int blockLengthMin)
    {
        check(length - position >= GROUP_HEADER_LENGTH, "length", length);
        final int blockLength = packet.getShort(position, LITTLE_ENDIAN) & UINT16_MASK;
        check(blockLength >= blockLengthMin, "group blockLength", blockLength);
        return blockLength;
    }

    private static int groupCount(final DirectBuffer packet, final int position)
    {
        return packet.getShort(position + Short.BYTES, LITTLE_ENDIAN) & UINT16_MASK;
    }

    private static void epoch(final long incarnation, final int sequence)
    {
        check(incarnation >= 0 && incarnation <= NodeIdentity.INCARNATION_MAX, "incarnation", incarnation);
        check(sequence >= 0, "sequence", sequence);
    }

    private static void check(final boolean isGood, final String what, final long value)
    {
        if (!isGood)
        {
            throw new MeshException(ErrorCode.PROTOCOL_VIOLATION, "routing packet with " + what + "=" + value);
        }
    }
}
