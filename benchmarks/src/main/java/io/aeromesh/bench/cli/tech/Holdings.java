package io.aeromesh.bench.cli.tech;

import io.aeromesh.bench.cli.measure.Footprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process holds.
 *
 * @param sharedBytes mapped from files of a directory, also of deleted ones.
 * @param heapBytes   in use after a collection.
 * @param directBytes of direct buffers.
 * @param threads     of Java.
 * @param descriptors that are open.
 */
record Holdings(long sharedBytes, long heapBytes, long directBytes, int threads, int descriptors)
{
    private static final Path MAPPINGS = Path.of("/proc/self/maps");
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int COLLECTIONS = 3;
    private static final int HEXADECIMAL = 16;

    static Holdings take(final Path directory)
    {
        for (int i = 0; i < COLLECTIONS; i++)
        {
            System.gc();
        }
        try
        {
            return new Holdings(mapped(directory.toString()),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), direct(),
                ManagementFactory.getThreadMXBean().getThreadCount(), opened());
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static long mapped(final String directory) throws IOException
    {
        return Files.readAllLines(MAPPINGS).stream()
            .filter(line -> line.contains(directory))
            .collect(Collectors.toMap(Holdings::where, Holdings::length, Math::max))
            .values().stream().mapToLong(Long::longValue).sum();
    }

    /** Offset, device and inode: what both ends have mapped in this process is there once. */
    static String where(final String line)
    {
        final String[] fields = line.split(" +");
        return fields[2] + ' ' + fields[3] + ' ' + fields[4];
    }

    /** Of a range such as {@code 7f00-7f10}. */
    static long length(final String line)
    {
        final String range = line.split(" +")[0];
        final int dash = range.indexOf('-');
        return Long.parseUnsignedLong(range.substring(dash + 1), HEXADECIMAL) -
            Long.parseUnsignedLong(range.substring(0, dash), HEXADECIMAL);
    }

    private static long direct()
    {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> "direct".equals(pool.getName()))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    }

    private static int opened() throws IOException
    {
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS))
        {
            return (int)descriptors.count();
        }
    }

    /**
     * What each of so many took, that were added since.
     */
    Footprint less(final Holdings before, final int count)
    {
        return new Footprint(
            part(sharedBytes - before.sharedBytes, count),
            part(heapBytes - before.heapBytes, count),
            part(directBytes - before.directBytes, count),
            part(threads - before.threads, count),
            part(descriptors - before.descriptors, count));
    }

    private static double part(final long difference, final int count)
    {
        return (double)difference / count;
    }
}
