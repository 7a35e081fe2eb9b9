package io.aeromesh.tools.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternTest
{
    private static final long STREAM = Pattern.streamOf("A", "F", "orders");
    private static final int OFFSET = 8;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 23, 24, 31, 32, 100})
    void shouldMatchWhatItWrites(final int length)
    {
        Pattern.write(buffer, OFFSET, length, STREAM, 42);

        assertTrue(Pattern.matches(buffer, OFFSET, length, STREAM, 42));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 15, 16, 17, 23, 24, 31, 32, 100})
    void shouldNoticeAnyChangedByte(final int length)
    {
        for (int i = 0; i < length; i++)
        {
            Pattern.write(buffer, OFFSET, length, STREAM, 42);
            buffer.putByte(OFFSET + i, (byte)(buffer.getByte(OFFSET + i) ^ 1));

            assertFalse(Pattern.matches(buffer, OFFSET, length, STREAM, 42), "byte " + i);
        }
    }

    @Test
    void shouldTouchNoByteOutside()
    {
        buffer.setMemory(0, buffer.capacity(), (byte)0x55);

        Pattern.write(buffer, OFFSET, 33, STREAM, 7);

        assertEquals(0x55, buffer.getByte(OFFSET - 1));
        assertEquals(0x55, buffer.getByte(OFFSET + 33));
    }

    @Test
    void shouldTellStreamsAndSequencesApart()
    {
        Pattern.write(buffer, OFFSET, 32, STREAM, 42);

        assertEquals(42, Pattern.sequenceOf(buffer, OFFSET));
        assertFalse(Pattern.matches(buffer, OFFSET, 32, STREAM, 43));
        assertFalse(Pattern.matches(buffer, OFFSET, 32, Pattern.streamOf("F", "A", "orders"), 42));
        assertNotEquals(STREAM, Pattern.streamOf("F", "A", "orders"));
    }
}
