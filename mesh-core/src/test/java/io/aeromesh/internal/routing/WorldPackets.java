package io.aeromesh.internal.routing;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.protocol.codec.RouteAckDecoder;
import io.aeromesh.protocol.codec.RouteUpdateDecoder;
import io.aeromesh.protocol.codec.SequenceRequestDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The packets of small worlds, each kept once and known by a number, without its serial: an update's is put in where it
 * is delivered; an acknowledgement says how many updates have been sent behind the one that it is for.
 */
final class WorldPackets
{
    private static final int SERIAL_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int GROUP_OFFSET = SERIAL_OFFSET + RouteUpdateDecoder.BLOCK_LENGTH;
    private static final int COUNT_OFFSET = GROUP_OFFSET + Short.BYTES;
    private static final int ROUTES_OFFSET = GROUP_OFFSET + RouteUpdateDecoder.RoutesDecoder.sbeHeaderSize();

    private final List<byte[]> packets = new ArrayList<>();
    private final Map<ByteBuffer, Integer> numbers = new HashMap<>();

    WorldPackets()
    {
        packets.add(null);
    }

    /**
     * Number of a packet that a table has written, with only the routes to one destination left in it.
     *
     * @param packet      as written.
     * @param behind      of an acknowledgement: how many updates are under way to its sender.
     * @param destination that is looked at, or 0 for all.
     * @return 0 when nothing is left.
     */
    int number(final DirectBuffer packet, final int length, final long behind, final long destination)
    {
        final byte[] bytes = new byte[length];
        packet.getBytes(0, bytes);
        switch (templateOf(bytes))
        {
            case RouteUpdateDecoder.TEMPLATE_ID:
                return destination == 0 ? number(withSerial(bytes, 0)) : number(only(destination, bytes));

            case RouteAckDecoder.TEMPLATE_ID:
                return number(withSerial(bytes, behind));

            default:
                return number(bytes);
        }
    }

    private int number(final byte[] packet)
    {
        if (packet == null)
        {
            return 0;
        }
        final ByteBuffer key = ByteBuffer.wrap(packet);
        Integer number = numbers.get(key);
        if (number == null)
        {
            number = packets.size();
            packets.add(packet);
            numbers.put(key, number);
        }
        return number;
    }

    boolean isUpdate(final int number)
    {
        return templateOf(packets.get(number)) == RouteUpdateDecoder.TEMPLATE_ID;
    }

    boolean isAck(final int number)
    {
        return templateOf(packets.get(number)) == RouteAckDecoder.TEMPLATE_ID;
    }

    /**
     * The same acknowledgement after one more update was sent to its sender.
     */
    int furtherBehind(final int number)
    {
        final byte[] packet = packets.get(number);
        return isAck(number) ? number(withSerial(packet.clone(), serialOf(packet) + 1)) : number;
    }

    /**
     * Gives a packet to a table.
     */
    void deliver(final int number, final RoutingTable table, final Neighbour from)
    {
        byte[] packet = packets.get(number);
        if (isUpdate(number))
        {
            packet = withSerial(packet.clone(), from.receivedSerial + 1);
        }
        else if (isAck(number))
        {
            packet = withSerial(packet.clone(), from.sentSerial - serialOf(packet));
        }
        table.onPacket(from, new UnsafeBuffer(packet), 0, packet.length, templateOf(packet));
    }

    /**
     * For people.
     */
    String text(final int number)
    {
        final byte[] packet = packets.get(number);
        final UnsafeBuffer buffer = new UnsafeBuffer(packet);
        final StringBuilder text = new StringBuilder();
        switch (templateOf(packet))
        {
            case RouteUpdateDecoder.TEMPLATE_ID:
                for (final RouteUpdateDecoder.RoutesDecoder each : update(buffer).routes())
                {
                    final boolean isRetraction = each.metric() == Metrics.WIRE_RETRACTED;
                    final String epoch = each.epoch().incarnation() + "." + each.epoch().sequence();
                    final long metric = each.metric();
                    text.append(text.length() == 0 ? "" : ", ").append(each.name())
                        .append(isRetraction ? " retracted" : " metric " + metric + " epoch " + epoch);
                }
                return text.toString();

            case RouteAckDecoder.TEMPLATE_ID:
                return text.append("ack of all but the last ").append(serialOf(packet)).toString();

            default:
                for (final SequenceRequestDecoder.RequestsDecoder each : new SequenceRequestDecoder()
                    .wrap(buffer, SERIAL_OFFSET, SequenceRequestDecoder.BLOCK_LENGTH, 0).requests())
                {
                    text.append("request ").append(SmallGraph.nameOf((int)each.destinationId() - 1)).append(' ')
                        .append(each.epoch().incarnation()).append('.').append(each.epoch().sequence());
                }
                return text.toString();
        }
    }

    private static byte[] only(final long destination, final byte[] packet)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(packet);
        final RouteUpdateDecoder update = update(buffer);
        int start = ROUTES_OFFSET;
        for (final RouteUpdateDecoder.RoutesDecoder each : update.routes())
        {
            final boolean isIt = each.destinationId() == destination;
            each.skipName();
            if (isIt)
            {
                final byte[] head = Arrays.copyOf(packet, ROUTES_OFFSET + update.limit() - start);
                System.arraycopy(packet, start, head, ROUTES_OFFSET, update.limit() - start);
                new UnsafeBuffer(head).putShort(COUNT_OFFSET, (short)1, LITTLE_ENDIAN);
                return withSerial(head, 0);
            }
            start = update.limit();
        }
        return null;
    }

    private static RouteUpdateDecoder update(final DirectBuffer buffer)
    {
        return new RouteUpdateDecoder().wrap(buffer, SERIAL_OFFSET, RouteUpdateDecoder.BLOCK_LENGTH, 0);
    }

    private static int templateOf(final byte[] packet)
    {
        return packet[2] & 0xFF;
    }

    private static long serialOf(final byte[] packet)
    {
        return new UnsafeBuffer(packet).getLong(SERIAL_OFFSET, LITTLE_ENDIAN);
    }

    private static byte[] withSerial(final byte[] packet, final long serial)
    {
        new UnsafeBuffer(packet).putLong(SERIAL_OFFSET, serial, LITTLE_ENDIAN);
        return packet;
    }
}
