package io.aeromesh.internal.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.link.MessageShape;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.spi.Edge;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class PeersMessageTest
{
    private static final int GROUP_OFFSET = 8 + 4;

    private final PeersMessage message = new PeersMessage();
    private final UnsafeBuffer copy = new UnsafeBuffer(new byte[Edge.PACKET_LENGTH_MIN]);

    @Test
    void shouldReadWhatItWrites()
    {
        final int length = twoPlaces();
        copy.putBytes(0, message.buffer(), 0, length);
        final PeersMessage reader = new PeersMessage();
        check(length);
        reader.wrap(copy, 0);
        assertEquals(7, reader.edges());
        assertEquals(4, reader.edgesWanted());
        assertEquals(List.of(new PeersMessage.Place("10.0.0.1:1", "a"), new PeersMessage.Place("10.0.0.2:1", "µ")),
            reader.places());
    }

    private int twoPlaces()
    {
        message.begin();
        assertTrue(message.add("10.0.0.1:1", "a"));
        assertTrue(message.add("10.0.0.2:1", "µ"));
        return message.end(7, 4);
    }

    @Test
    void shouldFitOnePacket()
    {
        message.begin();
        int count = 0;
        while (message.add("10.0.0.1:40300", "node-" + count))
        {
            count++;
        }
        assertTrue(count > 10, "count=" + count);
        final int length = message.end(1, 1);
        assertTrue(length + PacketHeader.LENGTH <= Edge.PACKET_LENGTH_MIN, "length=" + length);
        copy.putBytes(0, message.buffer(), 0, length);
        check(length);

        message.begin();
        assertTrue(message.add("x".repeat(64), "n".repeat(128)), "own address always fits");
        for (int i = 0; i < 10; i++)
        {
            message.add("x".repeat(64), "n".repeat(128));
        }
        assertFalse(message.add("x".repeat(64), "n".repeat(128)));
        assertTrue(message.end(1, 1) + PacketHeader.LENGTH <= Edge.PACKET_LENGTH_MIN);
    }

    @Test
    void shouldBeRefusedWhenItDeclaresMoreThanItHas()
    {
        final int length = twoPlaces();
        for (int shorter = 0; shorter < length; shorter++)
        {
            copy.putBytes(0, message.buffer(), 0, length);
            refuses(shorter);
        }
        for (final int count : new int[] {3, 0x7FFF, 0xFFFF})
        {
            copy.putBytes(0, message.buffer(), 0, length);
            copy.putShort(GROUP_OFFSET + 2, (short)count, ByteOrder.LITTLE_ENDIAN);
            refuses(length);
        }
        copy.putBytes(0, message.buffer(), 0, length);
        copy.putShort(GROUP_OFFSET, (short)0xFFFF, ByteOrder.LITTLE_ENDIAN);
        refuses(length);
        copy.putBytes(0, message.buffer(), 0, length);
        copy.putShort(GROUP_OFFSET + 4, (short)0xFFFF, ByteOrder.LITTLE_ENDIAN);
        refuses(length);
        copy.putBytes(0, message.buffer(), 0, length);
        copy.putShort(0, (short)1, ByteOrder.LITTLE_ENDIAN);
        refuses(length);
    }

    @Test
    void shouldReadOrRefuseChangedBytes()
    {
        final int length = twoPlaces();
        final Random random = new Random(1);
        for (int i = 0; i < 100_000; i++)
        {
            copy.putBytes(0, message.buffer(), 0, length);
            for (int change = 0; change < 3; change++)
            {
                copy.putByte(8 + random.nextInt(length - 8), (byte)random.nextInt());
            }
            try
            {
                check(length);
            }
            catch (final MeshException refused)
            {
                assertEquals(ErrorCode.PROTOCOL_VIOLATION, refused.code());
                continue;
            }
            final PeersMessage reader = new PeersMessage();
            reader.wrap(copy, 0);
            assertTrue(reader.places().size() <= length);
        }
    }

    private void check(final int length)
    {
        MessageShape.check(copy, 0, length, MessageShape.templateId(copy, 0, length));
    }

    private void refuses(final int length)
    {
        assertEquals(ErrorCode.PROTOCOL_VIOLATION,
            assertThrows(MeshException.class, () -> check(length), "length " + length).code());
    }
}
