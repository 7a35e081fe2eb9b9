package io.aeromesh.tools.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class OutputTest
{
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void shouldWriteMessagesAsTheyAre() throws IOException
    {
        final Output output = output(Format.RAW);
        write(output, "a", "", "b\n");
        output.flush();

        assertEquals("ab\n", text());
    }

    @Test
    void shouldEndMessagesThatHaveNoNewline() throws IOException
    {
        final Output output = output(Format.LINES);
        write(output, "a", "", "b\n");
        output.flush();

        assertEquals("a\n\nb\n", text());
    }

    @Test
    void shouldWriteLengthsBeforeMessages() throws IOException
    {
        final Output output = output(Format.FRAMES);
        write(output, "ab", "");
        output.flush();

        assertArrayEquals(new byte[] {0, 0, 0, 2, 'a', 'b', 0, 0, 0, 0}, written.toByteArray());
    }

    @Test
    void shouldHoldNoMoreBackThanItSays() throws IOException
    {
        final Output output = output(Format.RAW);
        long taken = 0;
        while (taken < 10 * Output.UNWRITTEN_MAX)
        {
            write(output, "0123456789");
            taken += 10;
            assertTrue(taken - written.size() <= Output.UNWRITTEN_MAX, "too much is held back");
        }
    }

    @Test
    void shouldWriteAMessageThatIsLongerThanItsBuffer() throws IOException
    {
        final byte[] message = new byte[1_000_003];
        new Random(1).nextBytes(message);
        output(Format.RAW).write(new UnsafeBuffer(message), 0, message.length);

        assertArrayEquals(message, written.toByteArray());
    }

    private Output output(final Format format)
    {
        return new Output(Channels.newChannel(written), format);
    }

    private static void write(final Output output, final String... messages) throws IOException
    {
        for (final String message : messages)
        {
            final byte[] bytes = message.getBytes(StandardCharsets.US_ASCII);
            output.write(new UnsafeBuffer(bytes), 0, bytes.length);
        }
    }

    private String text()
    {
        return written.toString(StandardCharsets.US_ASCII);
    }
}
