package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class LinkFrameTest
{
    private static final int OFFSET = 8;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final LinkFrame frame = new LinkFrame();

    @Test
    void shouldCarryAllFields()
    {
        final int length = encode(LinkFrame.REFUSE, 77, -5, "node-a", "nöde-b");

        assertTrue(frame.decode(buffer, OFFSET, length));
        assertEquals(LinkFrame.REFUSE, frame.type());
        assertEquals(77, frame.sender());
        assertEquals(-5, frame.echo());
        assertEquals("node-a", frame.name());
        assertEquals("nöde-b", frame.other());
    }

    @Test
    void shouldKeepItsBytes()
    {
        final int length = encode(LinkFrame.OPEN, 0x01020304, 0x0A0B0C0D, "ab", "c");
        final byte[] bytes = new byte[length];
        buffer.getBytes(OFFSET, bytes);

        assertArrayEquals(HexFormat.of().parseHex("414d4c3101000000040302010d0c0b0a0261620163"), bytes);
    }

    @Test
    void shouldRefuseWhatIsMalformed()
    {
        final int length = encode(LinkFrame.OPEN, 1, 2, "name", "");
        assertTrue(frame.decode(buffer, OFFSET, length));
        assertFalse(frame.decode(buffer, OFFSET, length - 1));
        assertFalse(frame.decode(buffer, OFFSET, length + 1));
        assertFalse(frame.decode(buffer, OFFSET, 0));
        assertFalse(frame.decode(buffer, OFFSET, 17));
        assertFalse(frame.decode(buffer, OFFSET, 500));

        buffer.putByte(OFFSET + 16, (byte)5);
        assertFalse(frame.decode(buffer, OFFSET, length));
        buffer.putByte(OFFSET + 16, (byte)200);
        assertFalse(frame.decode(buffer, OFFSET, length));
        encode(LinkFrame.OPEN, 0, 2, "name", "");
        assertFalse(frame.decode(buffer, OFFSET, length));
        encode(4, 1, 2, "name", "");
        assertFalse(frame.decode(buffer, OFFSET, length));
        encode(0, 1, 2, "name", "");
        assertFalse(frame.decode(buffer, OFFSET, length));
    }

    @Test
    void shouldBearAnyBytes()
    {
        final Random random = new Random(42);
        final byte[] bytes = new byte[300];
        for (int i = 0; i < 50_000; i++)
        {
            random.nextBytes(bytes);
            final int length = encode(LinkFrame.OPEN, 1, 2, "name", "other");
            final int position = random.nextInt(length);
            buffer.putBytes(OFFSET + position, bytes, 0, 1 + random.nextInt(40));
            if (frame.decode(buffer, OFFSET, random.nextInt(300)))
            {
                assertTrue(frame.name().length() <= LinkFrame.NAME_LENGTH_MAX);
            }
        }
    }

    @Test
    void shouldClipALongName()
    {
        assertEquals(LinkFrame.NAME_LENGTH_MAX, LinkFrame.nameBytes("x".repeat(1000)).length);
    }

    private int encode(final int type, final int sender, final int echo, final String name, final String other)
    {
        final byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        final byte[] otherBytes = other.getBytes(StandardCharsets.UTF_8);
        LinkFrame.encode(buffer, OFFSET, type, sender, echo, nameBytes, otherBytes);
        return LinkFrame.length(nameBytes, otherBytes);
    }
}
