package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class KnockFrameTest
{
    private static final int STREAM = 0x10002;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[KnockFrame.LENGTH_MAX]);
    private final KnockFrame frame = new KnockFrame();
    private final int length = KnockFrame.encode(buffer, KnockFrame.KNOCK, STREAM, "10.0.0.1:9", "b");

    @Test
    void shouldDecodeWhatItEncodes()
    {
        assertTrue(frame.decode(buffer, 0, length));
        assertEquals(KnockFrame.KNOCK, frame.type());
        assertEquals(STREAM, frame.stream());
        assertArrayEquals(new String[] {"10.0.0.1:9"}, frame.addresses());
        assertEquals("b", frame.name());
    }

    @Test
    void shouldHaveTheseBytes()
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        assertArrayEquals(HexFormat.of().parseHex(
            "414d4b31" + "01000000" + "02000100" + "0a31302e302e302e313a39" + "0162"), bytes);
    }

    @Test
    void shouldRefuseEveryTruncation()
    {
        for (int shorter = 0; shorter < length; shorter++)
        {
            assertFalse(frame.decode(buffer, 0, shorter), "length " + shorter);
        }
    }

    @Test
    void shouldRefuseFieldsThatMakeNoSense()
    {
        shouldRefuse(0, 0);
        shouldRefuse(4, 0);
        shouldRefuse(4, 3);
        shouldRefuse(8, 0);
        shouldRefuse(8, STREAM + 1);
        shouldRefuse(8, KnockFrame.STREAM_MIN - 2);
        shouldRefuse(8, 0x4000_0000);
        shouldRefuse(8, -2);
        buffer.putByte(12, (byte)0xFF);
        assertFalse(frame.decode(buffer, 0, length));
    }

    private void shouldRefuse(final int offset, final int value)
    {
        KnockFrame.encode(buffer, KnockFrame.KNOCK, STREAM, "10.0.0.1:9", "b");
        buffer.putInt(offset, value, ByteOrder.LITTLE_ENDIAN);
        assertFalse(frame.decode(buffer, 0, length), offset + ": " + value);
    }

    @Test
    void shouldBearRandomBytes()
    {
        final Random random = new Random(1);
        final byte[] noise = new byte[64];
        for (int i = 0; i < 100_000; i++)
        {
            random.nextBytes(noise);
            KnockFrame.encode(buffer, KnockFrame.KNOCK, STREAM, "10.0.0.1:9", "b");
            buffer.putBytes(12, noise);
            if (frame.decode(buffer, 0, 14 + random.nextInt(60)))
            {
                assertTrue(frame.addresses().length < 64 && frame.name().indexOf('\n') < 0);
            }
        }
    }

    @Test
    void shouldShowNoControlCharacterOfAName()
    {
        final int longer = KnockFrame.encode(buffer, KnockFrame.FULL, STREAM, "", "a\nb");
        assertTrue(frame.decode(buffer, 0, longer));
        assertEquals("a?b", frame.name());
        assertEquals(3, frame.name().getBytes(StandardCharsets.UTF_8).length);
    }
}
