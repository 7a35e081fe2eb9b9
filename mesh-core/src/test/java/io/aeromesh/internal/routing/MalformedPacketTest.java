package io.aeromesh.internal.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.codec.RouteAckDecoder;
import io.aeromesh.protocol.codec.RouteUpdateDecoder;
import io.aeromesh.protocol.codec.SequenceRequestDecoder;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Bad bytes are refused whole, and nothing else happens.
 */
class MalformedPacketTest
{
    private static final int UPDATE = RouteUpdateDecoder.TEMPLATE_ID;
    private static final int ACK = RouteAckDecoder.TEMPLATE_ID;
    private static final int REQUEST = SequenceRequestDecoder.TEMPLATE_ID;

    private final TableBench bench = new TableBench();
    private final Neighbour from = bench.neighbour(2, 1);

    @Test
    void shouldRefuseEveryTruncation()
    {
        bench.drain(from);
        final byte[] update = goodUpdate();
        final byte[] request = TableBench.request(99, 1, 1);
        final byte[] ack = TableBench.ack(1);
        for (int length = 0; length < update.length; length++)
        {
            refused(Arrays.copyOf(update, length), UPDATE);
        }
        for (int length = 0; length < request.length; length++)
        {
            refused(Arrays.copyOf(request, length), REQUEST);
        }
        for (int length = 0; length < ack.length; length++)
        {
            refused(Arrays.copyOf(ack, length), ACK);
        }
        bench.send(from, request, REQUEST);
        bench.send(from, ack, ACK);
        bench.send(from, update, UPDATE);
        assertEquals(1, bench.table.routes().size());
    }

    @Test
    void shouldRefuseTrailingBytesAndOtherTemplates()
    {
        final byte[] update = goodUpdate();
        refused(Arrays.copyOf(update, update.length + 1), UPDATE);
        refused(update, ACK);
        refused(update, REQUEST);
        refused(update, 22);
        refused(new byte[1 << 17], UPDATE);
    }

    @Test
    void shouldRefuseBadValues()
    {
        refused(TableBench.update(2, 99, "dest", 7, 1, 0, 5, 5), UPDATE);
        refused(TableBench.update(0, 99, "dest", 7, 1, 0, 5, 5), UPDATE);
        refused(TableBench.update(1, 0, "dest", 7, 1, 0, 5, 5), UPDATE);
        refused(TableBench.update(1, 99, "", 7, 1, 0, 5, 5), UPDATE);
        refused(TableBench.update(1, 99, "x".repeat(129), 7, 1, 0, 5, 5), UPDATE);
        refused(TableBench.update(1, 99, "a\nb", 7, 1, 0, 5, 5), UPDATE);
        refused(TableBench.update(1, 99, "dest", 7, -1, 0, 5, 5), UPDATE);
        refused(TableBench.update(1, 99, "dest", 7, Long.MAX_VALUE, 0, 5, 5), UPDATE);
        refused(TableBench.update(1, 99, "dest", 7, 1, -1, 5, 5), UPDATE);
        refused(TableBench.update(1, 99, "dest", 7, 1, 0, 0xFFFF_FFFFL, 5), UPDATE);
        refused(TableBench.update(1, 99, "dest", 7, 1, 0, 0, 5), UPDATE);
        refused(TableBench.ack(5), ACK);
        refused(TableBench.ack(-1), ACK);
        refused(TableBench.request(0, 1, 1), REQUEST);
        refused(TableBench.request(99, -1, 1), REQUEST);
        refused(TableBench.request(99, 1, -1), REQUEST);
    }

    @Test
    void shouldSurviveFlippedBytes()
    {
        final Random random = new Random(1);
        final byte[][] seeds = {goodUpdate(), TableBench.request(99, 1, 1), TableBench.ack(0)};
        final int[] templates = {UPDATE, REQUEST, ACK};
        int refusals = 0;
        for (int i = 0; i < 50_000; i++)
        {
            final int kind = random.nextInt(seeds.length);
            final byte[] packet = seeds[kind].clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--)
            {
                packet[random.nextInt(packet.length)] = (byte)random.nextInt();
            }
            refusals += survives(packet, templates[kind]);
        }
        assertTrue(refusals > 10_000);
    }

    @Test
    void shouldSurviveRandomBytes()
    {
        final Random random = new Random(2);
        for (int i = 0; i < 50_000; i++)
        {
            final byte[] packet = new byte[random.nextInt(300)];
            random.nextBytes(packet);
            final byte[] good = goodUpdate();
            final int kept = random.nextInt(Math.min(packet.length + 1, 24));
            System.arraycopy(good, 0, packet, 0, kept);
            survives(packet, UPDATE + random.nextInt(3));
        }
    }

    /**
     * Feeds a fresh table from a buffer with poison beyond the packet, so that a read past its end would show.
     */
    private static int survives(final byte[] packet, final int templateId)
    {
        final TableBench fresh = new TableBench(new RoutingConfig(16, 1000, 1024, 0));
        final Neighbour neighbour = fresh.neighbour(2, 1);
        final byte[] padded = Arrays.copyOf(packet, packet.length + 64);
        try
        {
            fresh.table.onPacket(neighbour, new UnsafeBuffer(padded), 0, packet.length, templateId);
            return 0;
        }
        catch (final MeshException ex)
        {
            assertEquals(ErrorCode.PROTOCOL_VIOLATION, ex.code());
            assertTrue(fresh.table.routes().isEmpty() && fresh.listener.events.isEmpty());
            return 1;
        }
    }

    private void refused(final byte[] packet, final int templateId)
    {
        final MeshException ex = assertThrows(
            MeshException.class, () -> bench.send(from, packet, templateId), () -> Arrays.toString(packet));
        assertEquals(ErrorCode.PROTOCOL_VIOLATION, ex.code());
        assertTrue(bench.table.routes().isEmpty() && bench.listener.events.isEmpty());
    }

    private static byte[] goodUpdate()
    {
        return TableBench.update(1, 99, "dest", 7, 1, 0, 5, 5);
    }
}
