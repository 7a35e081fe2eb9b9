package io.aeromesh.tools.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A header of counts and a list of entries of equal length, written by one process and read after it.
 * <pre>
 *   0        8                 128               256
 *   +--------+-----------------+-----------------+------------------+----
 *   | count  | words of owner  | text            | entry: 4 longs   | ...
 *   +--------+-----------------+-----------------+------------------+----
 * </pre>
 */
final class EvidenceFile
{
    static final int WORDS_OFFSET = 8;
    private static final int TEXT_OFFSET = 128;
    private static final int TEXT_LENGTH_MAX = 120;
    private static final int ENTRIES_OFFSET = 256;
    private static final int ENTRY_LENGTH = 4 * Long.BYTES;
    private static final int LENGTH = 32 * 1024;
    private static final int ENTRIES_MAX = (LENGTH - ENTRIES_OFFSET) / ENTRY_LENGTH;

    private final UnsafeBuffer buffer;

    private EvidenceFile(final UnsafeBuffer buffer)
    {
        this.buffer = buffer;
    }

    /**
     * Makes and maps one; the mapping lives as long as the process.
     */
    static EvidenceFile create(final Path file)
    {
        try (FileChannel channel = FileChannel.open(file,
            StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE))
        {
            channel.write(ByteBuffer.allocate(LENGTH));
            return new EvidenceFile(new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH)
                .order(ByteOrder.nativeOrder())));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * A copy of what is there now; all zero when its writer was killed before it had made it whole.
     */
    static EvidenceFile read(final Path file)
    {
        try
        {
            final byte[] bytes = Files.readAllBytes(file);
            return new EvidenceFile(new UnsafeBuffer(bytes.length == LENGTH ? bytes : new byte[LENGTH]));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    long word(final int index)
    {
        return buffer.getLongVolatile(WORDS_OFFSET + index * Long.BYTES);
    }

    void word(final int index, final long value)
    {
        buffer.putLongOrdered(WORDS_OFFSET + index * Long.BYTES, value);
    }

    String text()
    {
        final StringBuilder text = new StringBuilder(TEXT_LENGTH_MAX);
        for (int i = 0; i < TEXT_LENGTH_MAX && buffer.getByte(TEXT_OFFSET + i) != 0; i++)
        {
            text.append((char)buffer.getByte(TEXT_OFFSET + i));
        }
        return text.toString();
    }

    /**
     * ASCII; what does not fit is left out.
     */
    void text(final String text)
    {
        for (int i = 0; i < Math.min(text.length(), TEXT_LENGTH_MAX); i++)
        {
            buffer.putByte(TEXT_OFFSET + i, (byte)text.charAt(i));
        }
    }

    int entries()
    {
        return (int)Math.min(buffer.getLongVolatile(0), ENTRIES_MAX);
    }

    /**
     * Whether there were more entries than fit.
     */
    boolean isOverfull()
    {
        return buffer.getLongVolatile(0) > ENTRIES_MAX;
    }

    long entry(final int index, final int field)
    {
        return buffer.getLongVolatile(offset(index, field));
    }

    /**
     * The last entry's field.
     */
    void last(final int field, final long value)
    {
        final long count = buffer.getLong(0);
        if (count <= ENTRIES_MAX)
        {
            buffer.putLongOrdered(offset((int)count - 1, field), value);
        }
    }

    /**
     * Appends an entry: its values are there before it counts.
     */
    void append(final long first, final long second, final long third, final long fourth)
    {
        final long count = buffer.getLong(0);
        if (count < ENTRIES_MAX)
        {
            buffer.putLong(offset((int)count, 0), first);
            buffer.putLong(offset((int)count, 1), second);
            buffer.putLong(offset((int)count, 2), third);
            buffer.putLong(offset((int)count, 3), fourth);
        }
        buffer.putLongOrdered(0, count + 1);
    }

    private static int offset(final int index, final int field)
    {
        return ENTRIES_OFFSET + index * ENTRY_LENGTH + field * Long.BYTES;
    }
}
