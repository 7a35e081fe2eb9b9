package io.aeromesh.tools.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Messages of an input, however it comes in pieces.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CutterTest
{
    private static final int LENGTH_MAX = 1000;

    @Test
    void shouldGiveEachLineWithItsNewline() throws IOException
    {
        assertEquals(List.of("a\n", "\n", "bc\n", "d"), texts(Format.LINES, "a\n\nbc\nd"));
    }

    @Test
    void shouldGiveNothingOfNothing() throws IOException
    {
        for (final Format format : Format.values())
        {
            assertEquals(List.of(), texts(format, ""));
        }
    }

    @Test
    void shouldCutLongLinesIntoPieces() throws IOException
    {
        final String line = "x".repeat(2 * LENGTH_MAX + 10) + "\n";

        final List<String> pieces = texts(Format.LINES, line + "y\n");

        assertEquals(List.of(LENGTH_MAX, LENGTH_MAX, 11, 2), pieces.stream().map(String::length).toList());
        assertEquals(line + "y\n", String.join("", pieces));
    }

    @Test
    void shouldEndALineThatIsAsLongAsAMessage() throws IOException
    {
        final String line = "x".repeat(LENGTH_MAX - 1) + "\n";

        assertEquals(List.of(line, line), texts(Format.LINES, line + line));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096})
    void shouldLoseNoByteOfLinesHoweverTheyCome(final int readLength) throws IOException
    {
        final byte[] bytes = randomLines(300_000);

        final List<byte[]> messages = messages(Format.LINES, bytes, readLength);

        assertArrayEquals(bytes, joined(messages));
        for (final byte[] message : messages.subList(0, messages.size() - 1))
        {
            assertTrue(message[message.length - 1] == '\n' || message.length == LENGTH_MAX);
            for (int i = 0; i < message.length - 1; i++)
            {
                assertTrue(message[i] != '\n', "a newline within a message");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096})
    void shouldGiveFramesHoweverTheyCome(final int readLength) throws IOException
    {
        final ByteBuffer frames = ByteBuffer.allocate(3 * Integer.BYTES + 3 + LENGTH_MAX);
        frames.putInt(3).put(new byte[] {1, '\n', 2}).putInt(0).putInt(LENGTH_MAX).put(new byte[LENGTH_MAX]);

        final List<byte[]> messages = messages(Format.FRAMES, frames.array(), readLength);

        assertEquals(List.of(3, 0, LENGTH_MAX), messages.stream().map(message -> message.length).toList());
        assertArrayEquals(new byte[] {1, '\n', 2}, messages.get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, LENGTH_MAX + 1})
    void shouldNameAFrameThatIsTooLong(final int length)
    {
        final byte[] frame = ByteBuffer.allocate(100).putInt(0).putInt(length).array();

        final IOException error = assertThrows(IOException.class, () -> messages(Format.FRAMES, frame, 4096));

        assertTrue(error.getMessage().contains("frame 2 has length=" + Integer.toUnsignedString(length)),
            error::getMessage);
        assertTrue(error.getMessage().contains(Integer.toString(LENGTH_MAX)), error::getMessage);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 6})
    void shouldNameAFrameThatIsNotWhole(final int length)
    {
        final byte[] frame = new byte[length];
        if (length > Integer.BYTES)
        {
            ByteBuffer.wrap(frame).putInt(0, 5);
        }

        final IOException error = assertThrows(IOException.class, () -> messages(Format.FRAMES, frame, 4096));

        assertTrue(error.getMessage().contains("ends within frame 1"), error::getMessage);
    }

    @Test
    void shouldTellOfAnInputThatFailsBehindWhatItGave() throws IOException
    {
        final ReadableByteChannel failing = new ReadableByteChannel()
        {
            private int reads;

            @Override
            public int read(final ByteBuffer into) throws IOException
            {
                if (reads++ > 0)
                {
                    throw new IOException("disk gone");
                }
                into.put("a\nb".getBytes(StandardCharsets.US_ASCII));
                return 3;
            }

            @Override
            public boolean isOpen()
            {
                return true;
            }

            @Override
            public void close()
            {
            }
        };
        final List<byte[]> messages = new ArrayList<>();

        final IOException error = assertThrows(IOException.class, () -> collect(Format.LINES, failing, messages));

        assertEquals("disk gone", error.getMessage());
        assertEquals("a\nb", new String(joined(messages), StandardCharsets.US_ASCII));
    }

    private static byte[] randomLines(final int length)
    {
        final byte[] bytes = new byte[length];
        final Random random = new Random(7);
        random.nextBytes(bytes);
        for (int i = 0; i < 20; i++)
        {
            final int begin = random.nextInt(length - 3 * LENGTH_MAX);
            for (int j = begin; j < begin + 3 * LENGTH_MAX; j++)
            {
                bytes[j] = 'x'; // some lines are longer than a message
            }
        }
        return bytes;
    }

    private static List<String> texts(final Format format, final String text) throws IOException
    {
        return messages(format, text.getBytes(StandardCharsets.US_ASCII), 4096).stream()
            .map(message -> new String(message, StandardCharsets.US_ASCII)).toList();
    }

    private static List<byte[]> messages(final Format format, final byte[] bytes, final int readLength)
        throws IOException
    {
        final List<byte[]> messages = new ArrayList<>();
        collect(format, Channels.newChannel(new ByteArrayInputStream(bytes)
        {
            @Override
            public synchronized int read(final byte[] into, final int offset, final int length)
            {
                return super.read(into, offset, Math.min(length, readLength));
            }
        }), messages);
        return messages;
    }

    private static void collect(
        final Format format, final ReadableByteChannel channel, final List<byte[]> messages) throws IOException
    {
        final Cutter cutter = format.cutter(LENGTH_MAX);
        final MessageSource source =
            new MessageSource(new Input(channel, LENGTH_MAX + cutter.headerLength()), cutter);
        while (!source.isExhausted())
        {
            while (source.hasNext())
            {
                final byte[] message = new byte[source.length()];
                source.buffer().getBytes(source.offset(), message);
                messages.add(message);
                source.next();
            }
            Thread.onSpinWait();
        }
    }

    private static byte[] joined(final List<byte[]> messages)
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        messages.forEach(out::writeBytes);
        return out.toByteArray();
    }
}
