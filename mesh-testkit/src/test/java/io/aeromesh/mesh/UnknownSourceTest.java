package io.aeromesh.mesh;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.AckEncoder;
import io.aeromesh.protocol.codec.CongestionDecoder;
import io.aeromesh.protocol.codec.MessageHeaderEncoder;
import io.aeromesh.sim.SimMesh;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * A node may hear of a session before it hears of the node that speaks of it, as routes of the two directions come at
 * different times. What it can not answer then it must come back to, or the other end waits for ever.
 */
class UnknownSourceTest
{
    private static final int TEMPLATE_OFFSET = PacketHeader.LENGTH + 2;

    @Test
    void shouldAskASourceThatWasUnknownWhenItSpokeOfAnEndedSession()
    {
        try (SimMesh mesh = new SimMesh(1))
        {
            mesh.node("b", "ab", "bc");
            mesh.node("c", "bc");
            final AtomicInteger asked = new AtomicInteger();
            mesh.watch((at, lane, buffer, offset, length) ->
            {
                if (at.nodeName().equals("a") && length > TEMPLATE_OFFSET &&
                    PacketHeader.type(buffer, offset) == PacketHeader.CONTROL &&
                    PacketHeader.sourceId(buffer, offset) == NodeIds.idOf("c") &&
                    buffer.getShort(offset + TEMPLATE_OFFSET, ByteOrder.LITTLE_ENDIAN) == CongestionDecoder.TEMPLATE_ID)
                {
                    asked.incrementAndGet();
                }
            });
            mesh.runUntil("routes", () -> !mesh.node("c").routes().isEmpty());

            assertTrue(mesh.put("b", "bc", ack(), true));
            mesh.run(10);
            mesh.node("a", "ab");

            mesh.runUntil("a is asked for its sessions", () -> asked.get() > 0);
        }
    }

    private static byte[] ack()
    {
        final UnsafeBuffer packet =
            new UnsafeBuffer(new byte[PacketHeader.LENGTH + MessageHeaderEncoder.ENCODED_LENGTH +
                AckEncoder.BLOCK_LENGTH + AckEncoder.BlocksEncoder.sbeHeaderSize()]);
        PacketHeader.write(packet, 0, PacketHeader.CONTROL, 8, 0, NodeIds.idOf("c"), NodeIds.idOf("a"), 4711,
            Long.MAX_VALUE);
        new AckEncoder().wrapAndApplyHeader(packet, PacketHeader.LENGTH, new MessageHeaderEncoder())
            .endId(1).consumedPosition(0).receivedPosition(0).sentPosition(0).probe(1).probeAnswer(0).echoSequence(0)
            .blocksCount(0);
        return packet.byteArray();
    }
}
