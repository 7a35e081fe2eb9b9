package io.aeromesh.internal.routing;

import io.aeromesh.protocol.codec.MessageHeaderEncoder;
import io.aeromesh.protocol.codec.RouteAckEncoder;
import io.aeromesh.protocol.codec.RouteUpdateEncoder;
import io.aeromesh.protocol.codec.SequenceRequestEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Writes routing packets, one at a time, of no more than a given length. Allocates nothing.
 */
final class PacketWriter
{
    private static final int GROUP_COUNT_MAX = RouteUpdateEncoder.RoutesEncoder.countMaxValue();
    private static final int REQUEST_LENGTH = SequenceRequestEncoder.RequestsEncoder.sbeBlockLength();

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RouteAckEncoder ack = new RouteAckEncoder();
    private final RouteUpdateEncoder update = new RouteUpdateEncoder();
    private final SequenceRequestEncoder request = new SequenceRequestEncoder();
    private RouteUpdateEncoder.RoutesEncoder routes;
    private SequenceRequestEncoder.RequestsEncoder requests;
    private int remaining;
    private int count;

    /**
     * Writes a RouteAck.
     *
     * @return its length.
     */
    int ack(final MutableDirectBuffer buffer, final int offset, final long serial)
    {
        ack.wrapAndApplyHeader(buffer, offset, header).serial(serial);
        return PacketCheck.HEADER_LENGTH + ack.encodedLength();
    }

    /**
     * Begins a RouteUpdate.
     */
    void beginUpdate(final MutableDirectBuffer buffer, final int offset, final int maxLength, final long serial)
    {
        update.wrapAndApplyHeader(buffer, offset, header).serial(serial);
        routes = update.routesCount(GROUP_COUNT_MAX);
        begin(maxLength, update.encodedLength());
    }

    /**
     * Whether the RouteUpdate has room for that destination.
     */
    boolean hasRoomFor(final Destination destination)
    {
        return count < GROUP_COUNT_MAX && remaining >= routeLength(destination);
    }

    /**
     * Appends a destination's current state to the RouteUpdate.
     */
    void route(final Destination destination)
    {
        final Route route = destination.route;
        final boolean isReachable = destination.isReachable();
        routes.next().destinationId(route.destinationId);
        routes.instance().high(route.instanceHigh).low(route.instanceLow);
        routes.epoch().incarnation(route.incarnation).sequence(route.sequence);
        routes
            .pathEpoch(route.pathEpoch)
            .metric(isReachable ? route.metric : Metrics.WIRE_RETRACTED)
            .putName(destination.nameBytes, 0, destination.nameBytes.length);
        remaining -= routeLength(destination);
        count++;
    }

    /**
     * Ends a RouteUpdate.
     *
     * @return its length.
     */
    int endUpdate()
    {
        routes.resetCountToIndex();
        return PacketCheck.HEADER_LENGTH + update.encodedLength();
    }

    /**
     * Begins a SequenceRequest.
     */
    void beginRequest(final MutableDirectBuffer buffer, final int offset, final int maxLength)
    {
        request.wrapAndApplyHeader(buffer, offset, header);
        requests = request.requestsCount(GROUP_COUNT_MAX);
        begin(maxLength, request.encodedLength());
    }

    /**
     * Whether the SequenceRequest has room for one more destination.
     */
    boolean hasRoomForRequest()
    {
        return count < GROUP_COUNT_MAX && remaining >= REQUEST_LENGTH;
    }

    /**
     * Appends a destination's wanted epoch to the SequenceRequest.
     */
    void request(final Destination destination)
    {
        requests.next().destinationId(destination.route.destinationId);
        requests.epoch().incarnation(destination.wantedIncarnation).sequence(destination.wantedSequence);
        remaining -= REQUEST_LENGTH;
        count++;
    }

    /**
     * Ends a SequenceRequest.
     *
     * @return its length.
     */
    int endRequest()
    {
        requests.resetCountToIndex();
        return PacketCheck.HEADER_LENGTH + request.encodedLength();
    }

    private void begin(final int maxLength, final int encodedLength)
    {
        remaining = maxLength - PacketCheck.HEADER_LENGTH - encodedLength;
        count = 0;
    }

    private static int routeLength(final Destination destination)
    {
        return RouteUpdateEncoder.RoutesEncoder.sbeBlockLength() + PacketCheck.NAME_HEADER_LENGTH +
            destination.nameBytes.length;
    }
}
