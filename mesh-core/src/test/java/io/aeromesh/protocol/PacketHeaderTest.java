package io.aeromesh.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class PacketHeaderTest
{
    private static final int OFFSET = 8;

    private final byte[] bytes = new byte[OFFSET + PacketHeader.LENGTH];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);

    @Test
    void shouldHaveGoldenBytes()
    {
        PacketHeader.write(buffer, OFFSET, PacketHeader.DATA, 64, 0x01020304, 0x1112131415161718L, 0x2122232425262728L,
            0x3132333435363738L, 0x4142434445464748L);

        assertEquals("01010040" + "04030201" + "1817161514131211" + "2827262524232221" + "3837363534333231" +
            "4847464544434241", HexFormat.of().formatHex(bytes, OFFSET, bytes.length));
    }

    @Test
    void shouldReadWhatWasWritten()
    {
        PacketHeader.write(buffer, OFFSET, PacketHeader.BROADCAST, 255, -1, -2, -3, -4, Long.MAX_VALUE);

        assertEquals(PacketHeader.VERSION, PacketHeader.version(buffer, OFFSET));
        assertEquals(PacketHeader.BROADCAST, PacketHeader.type(buffer, OFFSET));
        assertEquals(PacketHeader.VERSION, PacketHeader.version(PacketHeader.first(buffer, OFFSET)));
        assertEquals(PacketHeader.BROADCAST, PacketHeader.type(PacketHeader.first(buffer, OFFSET)));
        assertEquals(255, PacketHeader.hopLimit(buffer, OFFSET));
        assertEquals(-1, PacketHeader.sequence(buffer, OFFSET));
        assertEquals(-2, PacketHeader.destinationId(buffer, OFFSET));
        assertEquals(-3, PacketHeader.sourceId(buffer, OFFSET));
        assertEquals(-4, PacketHeader.sessionId(buffer, OFFSET));
        assertEquals(Long.MAX_VALUE, PacketHeader.position(buffer, OFFSET));
    }

    @Test
    void shouldPatchHopLimitAndPositionAlone()
    {
        PacketHeader.write(buffer, OFFSET, PacketHeader.DATA, 64, 1, 2, 3, 4, 5);

        PacketHeader.hopLimit(buffer, OFFSET, 63);
        PacketHeader.position(buffer, OFFSET, 1024);

        final byte[] expected = new byte[bytes.length];
        PacketHeader.write(new UnsafeBuffer(expected), OFFSET, PacketHeader.DATA, 63, 1, 2, 3, 4, 1024);
        assertEquals(HexFormat.of().formatHex(expected), HexFormat.of().formatHex(bytes));
    }
}
