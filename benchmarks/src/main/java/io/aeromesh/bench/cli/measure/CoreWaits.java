package io.aeromesh.bench.cli.measure;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static final long ENDED = -1;

    private final byte[] text = new byte[TEXT_LENGTH];
    private final RandomAccessFile own;
    private final RandomAccessFile[] others;
    private final long[] ranNs;
    private long waitedNs;

    /**
     * @param measuring ids of the threads that measure, whose run is not taken off.
     */
    CoreWaits(final Set<Long> measuring)
    {
        final List<RandomAccessFile> files = new ArrayList<>();
        RandomAccessFile self = null;
        try (Stream<Path> tasks = Files.list(TASKS))
        {
            self = open(THREAD);
            for (final Path task : tasks.toList())
            {
                if (!measuring.contains(Long.parseLong(task.getFileName().toString())))
                {
                    files.add(open(task));
                }
            }
        }
        catch (final IOException ignore)
        {
            // no such system, or a thread that has just ended: what is open is looked at
        }
        own = self;
        others = files.toArray(new RandomAccessFile[0]);
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

    private static RandomAccessFile open(final Path task) throws IOException
    {
        return new RandomAccessFile(task.resolve(FILE).toFile(), "r");
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
            // asked once more, an ended one would throw each time
            final long ranNow = ranNs[i] == ENDED ? ENDED : field(others[i], 0);
            taken -= Math.max(0, ranNow - ranNs[i]);
            ranNs[i] = ranNow;
        }
        return Math.max(0, taken);
    }

    private long field(final RandomAccessFile file, final int index)
    {
        try
        {
            // unlike a channel's read this allocates nothing, compiled or not
            file.seek(0);
            return number(text, file.read(text), index);
        }
        catch (final IOException ex)
        {
            return ENDED;
        }
    }

    /**
     * One of several numbers that a space separates.
     */
    static long number(final byte[] text, final int length, final int index)
    {
        int spaces = 0;
        long value = 0;
        for (int i = 0; i < length; i++)
        {
            final int character = text[i];
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
            for (final RandomAccessFile file : others)
            {
                file.close();
            }
        }
        catch (final IOException ignore)
        {
            // read only
        }
    }
}
