package io.aeromesh.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What this process holds of the kernel, to find leaks.
 *
 * @param descriptors open, by number.
 * @param threads     of the JVM.
 * @param mappings    of files under a directory, also of those that were deleted since.
 */
public record ProcessResources(long descriptors, long threads, long mappings)
{
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final Path MAPPINGS = Path.of("/proc/self/maps");

    /**
     * Counts them now.
     *
     * @param directory whose mapped files count.
     */
    public static ProcessResources now(final Path directory) throws IOException
    {
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS); Stream<Path> threads = Files.list(THREADS))
        {
            final List<String> mappings = Files.readAllLines(MAPPINGS);
            final String name = directory.toString();
            return new ProcessResources(descriptors.count(), threads.count(),
                mappings.stream().filter((line) -> line.contains(name)).count());
        }
    }
}
