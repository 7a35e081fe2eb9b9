package io.aeromesh.internal.routing;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.codec.RouteAckDecoder;
import io.aeromesh.protocol.codec.RouteUpdateDecoder;
import io.aeromesh.protocol.codec.SequenceRequestDecoder;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Routing packets of this version and of a newer one, which may be longer but never shorter than they say.
 */
class PacketCheckTest
{
    private static final int UPDATE = RouteUpdateDecoder.TEMPLATE_ID;
    private static final int ACK = RouteAckDecoder.TEMPLATE_ID;
    private static final int REQUEST = SequenceRequestDecoder.TEMPLATE_ID;
    private static final int TEMPLATE_OFFSET = 2;
    private static final int SCHEMA_OFFSET = 4;
    private static final int VERSION_OFFSET = 6;
    private static final int GROUP_OFFSET = 16;
    private static final int ROUTES_OFFSET = 20;

    private final TableBench bench = new TableBench(new RoutingConfig(16, 1000, 256, 0));
    private final Neighbour from = bench.neighbour(2, 1);

    /** Routes to "dest" and "some". */
    private static byte[] twoRoutes()
    {
        final byte[] one = TableBench.update(1, 99, "dest", 7, 1, 0, 5, 5);
        final byte[] other = TableBench.update(1, 98, "some", 7, 1, 0, 5, 5);
        final byte[] both = Arrays.copyOf(one, one.length + other.length - ROUTES_OFFSET);
        System.arraycopy(other, ROUTES_OFFSET, both, one.length, other.length - ROUTES_OFFSET);
        return with(both, GROUP_OFFSET + Short.BYTES, 2);
    }

    private static byte[] with(final byte[] packet, final int offset, final int value)
    {
        final byte[] changed = packet.clone();
        new UnsafeBuffer(changed).putShort(offset, (short)value, LITTLE_ENDIAN);
        return changed;
    }

    private static byte[] newer(final byte[] packet)
    {
        return with(packet, VERSION_OFFSET, 1);
    }

    private static byte[] inserted(final byte[] packet, final int offset, final int count)
    {
        final byte[] longer = Arrays.copyOf(packet, packet.length + count);
        System.arraycopy(packet, offset, longer, offset + count, packet.length - offset);
        Arrays.fill(longer, offset, offset + count, (byte)0x55);
        return longer;
    }

    @Test
    void shouldRefuseWhateverEndsEarlyAlsoOfANewerVersion()
    {
        final byte[] request = TableBench.request(99, 1, 1);
        final byte[] ack = TableBench.ack(0);
        for (final byte[] update : new byte[][] {twoRoutes(), newer(twoRoutes())})
        {
            for (int length = 0; length < update.length; length++)
            {
                refused(Arrays.copyOf(update, length), UPDATE);
            }
        }
        for (int length = 0; length < request.length; length++)
        {
            refused(Arrays.copyOf(newer(request), length), REQUEST);
        }
        for (int length = 0; length < ack.length; length++)
        {
            refused(Arrays.copyOf(newer(ack), length), ACK);
        }
    }

    @Test
    void shouldTakeWhatFollowsFromANewerVersionAlone()
    {
        final byte[][] packets = {TableBench.ack(0), TableBench.request(99, 1, 1), twoRoutes()};
        final int[] templates = {ACK, REQUEST, UPDATE};
        for (int i = 0; i < packets.length; i++)
        {
            final byte[] longer = Arrays.copyOf(packets[i], packets[i].length + 3);
            refused(longer, templates[i]);
            bench.send(from, newer(longer), templates[i]);
        }
        assertEquals(2, bench.table.routes().size());
    }

    @Test
    void shouldSkipWhatANewerVersionHasAdded()
    {
        byte[] update = inserted(twoRoutes(), ROUTES_OFFSET - 4, 4);
        update = with(newer(update), 0, 12);
        bench.send(from, update, UPDATE);
        assertEquals(2, bench.table.routes().size());
        assertEquals("dest", bench.route().name());
    }

    @Test
    void shouldRefuseBlocksThatAreShorterOrLongerThanCanBe()
    {
        final byte[] update = newer(twoRoutes());
        refused(with(update, 0, 7), UPDATE);
        refused(with(update, 0, update.length - 8), UPDATE);
        refused(with(update, 0, update.length - 7), UPDATE);
        refused(with(update, 0, 0xFFFF), UPDATE);
        final int routeLength = new UnsafeBuffer(update).getShort(GROUP_OFFSET, LITTLE_ENDIAN);
        refused(with(update, GROUP_OFFSET, routeLength - 1), UPDATE);
        refused(with(update, GROUP_OFFSET, 0), UPDATE);
        refused(with(update, GROUP_OFFSET, 0xFFFF), UPDATE);
        refused(with(update, GROUP_OFFSET + Short.BYTES, 3), UPDATE);
        refused(with(update, GROUP_OFFSET + Short.BYTES, 0xFFFF), UPDATE);
        final byte[] request = newer(TableBench.request(99, 1, 1));
        refused(with(request, 8, 19), REQUEST);
        refused(with(request, 10, 2), REQUEST);
    }

    @Test
    void shouldRefuseAnotherSchemaAndAnotherTemplate()
    {
        final byte[] empty = with(Arrays.copyOf(twoRoutes(), ROUTES_OFFSET), GROUP_OFFSET + Short.BYTES, 0);
        refused(with(empty, SCHEMA_OFFSET, 7102), UPDATE);
        refused(with(empty, TEMPLATE_OFFSET, ACK), UPDATE);
        bench.send(from, empty, UPDATE);
    }

    @Test
    void shouldRefuseAllOfAPacketForOneBadName()
    {
        final byte[] packet = twoRoutes();
        final byte[] bad = packet.clone();
        bad[bad.length - 2] = '\n';
        refused(bad, UPDATE);
        assertNull(bench.route());
        bench.send(from, packet, UPDATE);
        assertEquals(2, bench.table.routes().size());
    }

    @Test
    void shouldTakeEpochsFromTheFirstToTheLast()
    {
        assertDoesNotThrow(() -> bench.advertise(from, 0, 0, 5));
        assertDoesNotThrow(() -> bench.advertise(from, NodeIdentity.INCARNATION_MAX, Integer.MAX_VALUE, 5));
        assertEquals(NodeIdentity.INCARNATION_MAX, bench.route().incarnation());
        assertEquals(Integer.MAX_VALUE, bench.route().sequence());
    }

    @Test
    void shouldTakeAcknowledgementsOfWhatWasSentAlone()
    {
        refused(TableBench.ack(1), ACK);
        bench.drain(from);
        bench.send(from, TableBench.ack(0), ACK);
        bench.send(from, TableBench.ack(1), ACK);
        refused(TableBench.ack(2), ACK);
    }

    @Test
    void shouldTakePacketsOfUpToTheLimit()
    {
        final byte[] ack = newer(TableBench.ack(0));
        bench.send(from, Arrays.copyOf(ack, 256), ACK);
        refused(Arrays.copyOf(ack, 257), ACK);
    }

    /** Else a context could draw to it what is for others. */
    @Test
    void shouldLetAContextTellOfItselfAlone()
    {
        final Neighbour context = bench.neighbour(NodeIds.idOf("node/context"), 1);
        final byte[] ofAnother = TableBench.update(1, NodeIds.idOf("dest"), "dest", 7, 1, 0, 5, 5);
        assertThrows(MeshException.class, () -> bench.send(context, ofAnother, UPDATE));
        assertTrue(bench.table.routes().isEmpty());
        bench.send(context, TableBench.update(1, context.nodeId(), "node/context", 7, 1, 0, 0, 5), UPDATE);
        assertEquals(1, bench.table.routes().size());
    }

    private void refused(final byte[] packet, final int templateId)
    {
        final MeshException ex = assertThrows(
            MeshException.class, () -> bench.send(from, packet, templateId), () -> Arrays.toString(packet));
        assertEquals(ErrorCode.PROTOCOL_VIOLATION, ex.code());
        assertTrue(bench.table.routes().isEmpty() && bench.listener.events.isEmpty());
    }
}
