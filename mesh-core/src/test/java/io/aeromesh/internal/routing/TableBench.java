package io.aeromesh.internal.routing;

import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.protocol.codec.MessageHeaderEncoder;
import io.aeromesh.protocol.codec.RouteAckEncoder;
import io.aeromesh.protocol.codec.RouteUpdateDecoder;
import io.aeromesh.protocol.codec.RouteUpdateEncoder;
import io.aeromesh.protocol.codec.SequenceRequestDecoder;
import io.aeromesh.protocol.codec.SequenceRequestEncoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One table with hand-made neighbours: writes their packets and reads the table's.
 */
final class TableBench
{
    static final long DESTINATION = 99;
    static final String NAME = "dest";

    final RecordingListener listener = new RecordingListener();
    final NodeIdentity self = new NodeIdentity(1, "self", 10, 11, 100);
    final RoutingTable table;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
    private final long[] serials = new long[16];

    TableBench()
    {
        this(RoutingConfig.defaults());
    }

    TableBench(final RoutingConfig config)
    {
        table = new RoutingTable(config, self, listener);
    }

    Neighbour neighbour(final long id, final int cost)
    {
        return table.addNeighbour(id, id, id, cost, id * 1000, null);
    }

    Route route()
    {
        return table.route(DESTINATION);
    }

    /** A RouteUpdate for the one destination; a negative metric retracts. */
    void advertise(final Neighbour from, final long incarnation, final int sequence, final long metric)
    {
        advertise(from, incarnation, sequence, metric, 5);
    }

    void advertise(
        final Neighbour from, final long incarnation, final int sequence, final long metric, final long pathEpoch)
    {
        send(from, update(++serials[from.slot], DESTINATION, NAME, 7, incarnation, sequence, metric, pathEpoch),
            RouteUpdateDecoder.TEMPLATE_ID);
    }

    void advertise(final Neighbour from, final long id, final String name, final long instance, final long incarnation)
    {
        send(from, update(++serials[from.slot], id, name, instance, incarnation, 0, 1, 5),
            RouteUpdateDecoder.TEMPLATE_ID);
    }

    void ask(final Neighbour from, final long id, final long incarnation, final int sequence)
    {
        send(from, request(id, incarnation, sequence), SequenceRequestDecoder.TEMPLATE_ID);
    }

    void ack(final Neighbour from, final long serial)
    {
        send(from, ack(serial), RouteAckEncoder.TEMPLATE_ID);
    }

    void send(final Neighbour from, final byte[] packet, final int templateId)
    {
        table.onPacket(from, new UnsafeBuffer(packet), 0, packet.length, templateId);
    }

    /** All that is pending for a neighbour, one line per route or request. */
    List<String> drain(final Neighbour neighbour)
    {
        final List<String> lines = new ArrayList<>();
        while (table.hasPending(neighbour))
        {
            final int length = table.flush(neighbour, buffer, 0, 1024);
            final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
            if (header.templateId() == RouteAckEncoder.TEMPLATE_ID)
            {
                lines.add("ack " + buffer.getLong(8));
            }
            else if (header.templateId() == RouteUpdateDecoder.TEMPLATE_ID)
            {
                final RouteUpdateDecoder update = new RouteUpdateDecoder().wrap(buffer, 8, 8, 0);
                for (final RouteUpdateDecoder.RoutesDecoder each : update.routes())
                {
                    final String metric = each.metric() == Metrics.WIRE_RETRACTED ? "-" : "" + each.metric();
                    final String epoch = each.epoch().incarnation() + "." + each.epoch().sequence();
                    lines.add(each.name() + " " + epoch + " " + metric);
                }
            }
            else
            {
                final SequenceRequestDecoder request = new SequenceRequestDecoder().wrap(buffer, 8, 0, 0);
                for (final SequenceRequestDecoder.RequestsDecoder each : request.requests())
                {
                    lines.add("want " + each.destinationId() + " " +
                        each.epoch().incarnation() + "." + each.epoch().sequence());
                }
            }
            if (length <= 0)
            {
                throw new AssertionError("pending, but length=" + length);
            }
        }
        return lines;
    }

    /** The same, in alphabetical order. */
    List<String> drainSorted(final Neighbour neighbour)
    {
        final List<String> lines = drain(neighbour);
        lines.sort(null);
        return lines;
    }

    static byte[] update(
        final long serial,
        final long id,
        final String name,
        final long instance,
        final long incarnation,
        final int sequence,
        final long metric,
        final long pathEpoch)
    {
        final UnsafeBuffer out = new UnsafeBuffer(new byte[512]);
        final RouteUpdateEncoder update = new RouteUpdateEncoder();
        update.wrapAndApplyHeader(out, 0, new MessageHeaderEncoder()).serial(serial);
        final RouteUpdateEncoder.RoutesEncoder routes = update.routesCount(1).next();
        routes.destinationId(id);
        routes.instance().high(instance).low(instance);
        routes.epoch().incarnation(incarnation).sequence(sequence);
        routes.pathEpoch(pathEpoch).metric(metric < 0 ? Metrics.WIRE_RETRACTED : metric).name(name);
        return bytes(out, 8 + update.encodedLength());
    }

    static byte[] request(final long id, final long incarnation, final int sequence)
    {
        final UnsafeBuffer out = new UnsafeBuffer(new byte[512]);
        final SequenceRequestEncoder request = new SequenceRequestEncoder();
        request.wrapAndApplyHeader(out, 0, new MessageHeaderEncoder());
        final SequenceRequestEncoder.RequestsEncoder requests = request.requestsCount(1).next();
        requests.destinationId(id);
        requests.epoch().incarnation(incarnation).sequence(sequence);
        return bytes(out, 8 + request.encodedLength());
    }

    static byte[] ack(final long serial)
    {
        final UnsafeBuffer out = new UnsafeBuffer(new byte[64]);
        final RouteAckEncoder ack = new RouteAckEncoder();
        ack.wrapAndApplyHeader(out, 0, new MessageHeaderEncoder()).serial(serial);
        return bytes(out, 8 + ack.encodedLength());
    }

    private static byte[] bytes(final UnsafeBuffer out, final int length)
    {
        final byte[] packet = new byte[length];
        out.getBytes(0, packet);
        return packet;
    }
}
