package io.aeromesh.internal.routing;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.fuzz.AllocationBound;
import io.aeromesh.fuzz.FuzzInput;
import io.aeromesh.fuzz.Must;
import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.protocol.codec.MessageHeaderEncoder;
import io.aeromesh.protocol.codec.RouteAckEncoder;
import io.aeromesh.protocol.codec.RouteUpdateEncoder;
import io.aeromesh.protocol.codec.SequenceRequestEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A routing table between a hostile neighbour and an honest one. Its tables stay within their bounds, and whatever the
 * first says, each packet that the table then writes to the second is one that the second takes: a lie costs the edge
 * on which it is told, and no other.
 */
public final class RoutingFuzz
{
    private static final int DESTINATIONS_MAX = 8;
    private static final int PACKET_MAX = 1024;
    private static final int STEPS_MAX = 64;
    private static final long SELF = 1;
    private static final long HOSTILE = 2;
    private static final long HONEST = 3;
    private static final RoutingConfig CONFIG =
        new RoutingConfig(DESTINATIONS_MAX, RoutingConfig.defaults().maxMetric(), PACKET_MAX, DESTINATIONS_MAX);
    private static final String[] NAMES = {"n1", "n2", "n3", "n4", "n5", "x", "", "\n"};

    private final FuzzInput input;
    private final RoutingTable table = table(SELF, "n1");
    private final RoutingTable other = table(HONEST, "n3");
    private final Neighbour honest = table.addNeighbour(HONEST, HONEST, 1, 1, 7, "honest");
    private final Neighbour atOther = other.addNeighbour(SELF, SELF, 1, 1, 8, "self");
    private final UnsafeBuffer packet = new UnsafeBuffer(new byte[PACKET_MAX]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private Neighbour hostile = table.addNeighbour(HOSTILE, HOSTILE, 1, 1, 9, "hostile");
    private long serial;

    private RoutingFuzz(final FuzzInput input)
    {
        this.input = input;
    }

    private static RoutingTable table(final long id, final String name)
    {
        return new RoutingTable(CONFIG, new NodeIdentity(id, name, id, 1, 1), new SilentListener());
    }

    /**
     * One execution.
     */
    public static void fuzzerTestOneInput(final byte[] bytes)
    {
        AllocationBound.hold(512 * 1024, bytes, RoutingFuzz::run);
    }

    private static void run(final byte[] bytes)
    {
        final RoutingFuzz one = new RoutingFuzz(new FuzzInput(bytes));
        for (int i = 0; i < STEPS_MAX && one.input.hasMore(); i++)
        {
            one.step();
            one.talk();
        }
    }

    private void step()
    {
        switch (input.below(8))
        {
            case 0 -> hear(input.bytes(input.int16() % PACKET_MAX), input.int16());
            case 1, 2, 3 -> update();
            case 4 -> request();
            case 5 -> acknowledge();
            case 6 -> table.cost(honest, 1 + input.below(16));
            default ->
            {
                table.removeNeighbour(hostile);
                hostile = table.addNeighbour(HOSTILE, HOSTILE + input.below(2), 1, 1, input.int8(), "hostile");
                serial = 0;
            }
        }
    }

    private void hear(final byte[] bytes, final int templateId)
    {
        hear(new UnsafeBuffer(bytes), bytes.length, templateId);
    }

    private void hear(final MutableDirectBuffer bytes, final int length, final int templateId)
    {
        try
        {
            table.onPacket(hostile, bytes, 0, length, templateId);
        }
        catch (final MeshException refused)
        {
            if (refused.code() != ErrorCode.PROTOCOL_VIOLATION)
            {
                throw refused;
            }
        }
    }

    private void update()
    {
        final RouteUpdateEncoder update = new RouteUpdateEncoder().wrapAndApplyHeader(packet, 0, header);
        update.serial(input.int8() < 8 ? input.int64() : ++serial);
        final int count = 1 + input.below(4);
        final RouteUpdateEncoder.RoutesEncoder routes = update.routesCount(count);
        for (int i = 0; i < count; i++)
        {
            final int number = input.below(12);
            final boolean isOwn = number + 1 == HOSTILE;
            final RouteUpdateEncoder.RoutesEncoder route = routes.next();
            route.destinationId(number + 1);
            route.instance().high(input.below(4)).low(1);
            route.epoch().incarnation(input.int8() < 8 ? input.int64() : input.below(4)).sequence(input.below(4));
            route.pathEpoch(input.below(8)).metric(metric(isOwn));
            route.name(input.int8() < 16 || number >= NAMES.length ? NAMES[input.below(NAMES.length)] : NAMES[number]);
        }
        mutate(MessageHeaderEncoder.ENCODED_LENGTH + update.encodedLength(), RouteUpdateEncoder.TEMPLATE_ID);
    }

    private long metric(final boolean isOwn)
    {
        final int kind = input.int8();
        return kind < 8 ? input.int32() & 0xFFFF_FFFFL : kind < 64 ? Metrics.WIRE_RETRACTED : isOwn ? 0 :
            1 + input.below(16);
    }

    private void request()
    {
        final SequenceRequestEncoder request = new SequenceRequestEncoder().wrapAndApplyHeader(packet, 0, header);
        final int count = 1 + input.below(4);
        final SequenceRequestEncoder.RequestsEncoder requests = request.requestsCount(count);
        for (int i = 0; i < count; i++)
        {
            final SequenceRequestEncoder.RequestsEncoder one = requests.next();
            one.destinationId(input.below(12));
            one.epoch().incarnation(input.int8() < 8 ? input.int64() : input.below(4)).sequence(input.int8());
        }
        mutate(MessageHeaderEncoder.ENCODED_LENGTH + request.encodedLength(), SequenceRequestEncoder.TEMPLATE_ID);
    }

    private void acknowledge()
    {
        new RouteAckEncoder().wrapAndApplyHeader(packet, 0, header).serial(input.flag() ? input.int8() : input.int64());
        mutate(MessageHeaderEncoder.ENCODED_LENGTH + RouteAckEncoder.BLOCK_LENGTH, RouteAckEncoder.TEMPLATE_ID);
    }

    /**
     * Changes a byte now and then, before the table hears it.
     */
    private void mutate(final int length, final int templateId)
    {
        for (int i = input.below(32) - 28; i > 0; i--)
        {
            packet.putByte(input.int16() % length, (byte)input.int8());
        }
        hear(packet, length, templateId);
    }

    /**
     * The table and the honest neighbour tell each other all they have to tell.
     */
    private void talk()
    {
        Must.within(0, table.routes().size(), DESTINATIONS_MAX, "destinations");
        pass(table, hostile, null, null);
        pass(table, honest, other, atOther);
        pass(other, atOther, table, honest);
    }

    private void pass(final RoutingTable from, final Neighbour to, final RoutingTable at, final Neighbour as)
    {
        for (int i = 0; i < STEPS_MAX && from.hasPending(to); i++)
        {
            final int length = from.flush(to, packet, 0, PACKET_MAX);
            Must.within(0, length, PACKET_MAX, "length of a packet");
            if (at != null && length > 0)
            {
                at.onPacket(as, packet, 0, length, new MessageHeaderDecoder().wrap(packet, 0).templateId());
            }
        }
        Must.hold(!from.hasPending(to), "always something to tell");
    }
}
