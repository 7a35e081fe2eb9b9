package io.aeromesh.bench.cli.measure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * For how long strangers kept a thread from its core: the time that it was ready and did not run, less what other
 * threads of its own process ran meanwhile, as those are part of what is measured. By the kernel's own count, in
 * nanoseconds, from {@code schedstat} in {@code /proc}. Where there is none nothing is known, and the answer is 0.
 * <p>
 * <b>Threading:</b> the thread that it looks at, which made it. <b>Allocation:</b> none after it is made.
 */
final class CoreWaits implements AutoCloseable
{
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final Path THREAD = Path.of("/proc/thread-self");
    private static final String FILE = "schedstat";
    private static final int TEXT_LENGTH = 128;

    private final ByteBuffer text = ByteBuffer.allocateDirect(TEXT_LENGTH);
    private final FileChannel own;
    private final FileChannel[] others;
    private final long[] ranNs;
    private long waitedNs;

    /**
     * @param measuring ids of the threads that measure, whose run is not taken off.
     */
    CoreWaits(final Set<Long> measuring)
    {
        final List<FileChannel> channels = new ArrayList<>();
        FileChannel self = null;
        try (Stream<Path> tasks = Files.list(TASKS))
        {
            self = open(THREAD);
            for (final Path task : tasks.toList())
            {
                if (!measuring.contains(Long.parseLong(task.getFileName().toString())))
                {
                    channels.add(open(task));
                }
            }
        }
        catch (final IOException ignore)
        {
            // no such system, or a thread that has just ended: what is open is looked at
        }
        own = self;
        others = channels.toArray(new FileChannel[0]);
        ranNs = new long[others.length];
        takenNs();
    }

    /**
     * The kernel's id of this thread, or 0 where it can not be known.
     */
    static long threadId()
    {
        try
        {
            return Long.parseLong(Files.readSymbolicLink(THREAD).getFileName().toString());
        }
        catch (final IOException ex)
        {
            return 0;
        }
    }

    private static FileChannel open(final Path task) throws IOException
    {
        return FileChannel.open(task.resolve(FILE), StandardOpenOption.READ);
    }

    /**
     * Since the last call, in nanoseconds.
     */
    long takenNs()
    {
        final long waitedNow = own == null ? 0 : field(own, 1);
        long taken = waitedNow - waitedNs;
        waitedNs = waitedNow;
        for (int i = 0; i < others.length; i++)
        {
            final long ranNow = field(others[i], 0);
            taken -= Math.max(0, ranNow - ranNs[i]);
            ranNs[i] = ranNow;
        }
        return Math.max(0, taken);
    }

    /**
     * 0 when the thread has ended.
     */
    private long field(final FileChannel channel, final int index)
    {
        text.clear();
        try
        {
            channel.read(text, 0);
        }
        catch (final IOException ex)
        {
            return 0;
        }
        text.flip();
        return number(text, index);
    }

    /**
     * One of several numbers that a space separates.
     */
    static long number(final ByteBuffer text, final int index)
    {
        int spaces = 0;
        long value = 0;
        for (int i = text.position(); i < text.limit(); i++)
        {
            final int character = text.get(i);
            if (character == ' ')
            {
                spaces++;
            }
            else if (spaces == index && character >= '0' && character <= '9')
            {
                value = 10 * value + character - '0';
            }
        }
        return value;
    }

    @Override
    public void close()
    {
        try
        {
            if (own != null)
            {
                own.close();
            }
            for (final FileChannel channel : others)
            {
                channel.close();
            }
        }
        catch (final IOException ignore)
        {
            // read only
        }
    }
}
