package io.aeromesh.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What this process holds. Lock files are not counted: they are empty and stay for ever by design, because who unlinks
 * a lock file takes the lock from under others.
 *
 * @param descriptors what they are open for.
 * @param mappings    of files below a directory, deleted ones too.
 * @param files       below that directory.
 * @param threads     of Java, by name, without those of the JVM and of JUnit.
 * @param heapBytes   in use.
 * @param directBytes of direct buffers.
 */
record Footprint(
    List<String> descriptors, long mappings, List<String> files, List<String> threads, long heapBytes, long directBytes)
{
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path MAPPINGS = Path.of("/proc/self/maps");
    private static final String LOCK = ".lock";

    /**
     * After a garbage collection.
     */
    static Footprint take(final Path directory)
    {
        System.gc();
        try
        {
            return new Footprint(listDescriptors(), countMappings(directory), listFiles(directory), listThreads(),
                usedHeap(), usedDirect());
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Number of what the kernel holds for this process.
     */
    long count()
    {
        return descriptors.size() + mappings + files.size();
    }

    /**
     * Whether nothing is here that was not there before, but for a growth of memory up to the bound.
     */
    boolean isWithin(final Footprint before, final long growthMax)
    {
        return descriptors.size() <= before.descriptors.size() && mappings <= before.mappings &&
            files.size() <= before.files.size() && threads.equals(before.threads) &&
            heapBytes - before.heapBytes <= growthMax &&
            directBytes - before.directBytes <= growthMax;
    }

    private static List<String> listDescriptors() throws IOException
    {
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS))
        {
            return descriptors.map(Footprint::target).sorted().toList();
        }
    }

    private static String target(final Path descriptor)
    {
        try
        {
            return Files.readSymbolicLink(descriptor).toString();
        }
        catch (final IOException ex)
        {
            return descriptor + " was closed while it was looked at";
        }
    }

    private static long countMappings(final Path directory) throws IOException
    {
        final String name = directory.toString();
        return Files.readAllLines(MAPPINGS).stream().filter((line) -> line.contains(name)).count();
    }

    /**
     * What a media driver deletes while it is looked at is gone, which is no error.
     */
    private static List<String> listFiles(final Path directory) throws IOException
    {
        final TreeSet<String> names = new TreeSet<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>()
        {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes)
            {
                if (attributes.isRegularFile() && !file.toString().endsWith(LOCK))
                {
                    names.add(directory.relativize(file).toString());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(final Path file, final IOException ex) throws IOException
            {
                if (ex instanceof NoSuchFileException)
                {
                    return FileVisitResult.CONTINUE;
                }
                throw ex;
            }

            @Override
            public FileVisitResult postVisitDirectory(final Path visited, final IOException ex)
            {
                return FileVisitResult.CONTINUE;
            }
        });
        return List.copyOf(names);
    }

    private static List<String> listThreads()
    {
        final TreeSet<String> names = new TreeSet<>();
        Thread.getAllStackTraces().keySet().stream().filter((thread) -> !thread.isDaemon())
            .forEach((thread) -> names.add(thread.getName() + "#" + thread.getId()));
        return List.copyOf(names);
    }

    private static long usedHeap()
    {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long usedDirect()
    {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter((pool) -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
    }
}
