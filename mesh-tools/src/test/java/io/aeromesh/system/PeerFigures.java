package io.aeromesh.system;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a process has got accepted, kept in a mapped file, so that it is known after the process was killed.
 */
final class PeerFigures
{
    private static final int LENGTH = 64;
    private static final int ACCEPTED_OFFSET = 0;
    private static final int PROXY_OFFSET = 8;

    private final UnsafeBuffer memory;

    private PeerFigures(final UnsafeBuffer memory)
    {
        this.memory = memory;
    }

    static PeerFigures map(final Path path)
    {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw"))
        {
            file.setLength(LENGTH);
            return new PeerFigures(new UnsafeBuffer(file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, LENGTH)));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    void reset()
    {
        memory.setMemory(0, LENGTH, (byte)0);
    }

    /**
     * So many messages were accepted, the last of them on that way.
     */
    void accepted(final long count, final boolean isDirect)
    {
        if (!isDirect)
        {
            memory.putLongRelease(PROXY_OFFSET, count);
        }
        memory.putLongRelease(ACCEPTED_OFFSET, count);
    }

    /**
     * How many were accepted at least.
     */
    long accepted()
    {
        return memory.getLongAcquire(ACCEPTED_OFFSET);
    }

    /**
     * How many of them, the first ones, went by proxy.
     */
    long byProxy()
    {
        return memory.getLongAcquire(PROXY_OFFSET);
    }
}
