package io.aeromesh.tools.torture;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What the run holds when all rest: shared memory, files, descriptors, heap, leases. What it held at first is what it
 * must come back to after each death.
 * <p>
 * <b>Threading:</b> main thread.
 */
final class Baseline
{
    /** Descriptors come and go with classes that are loaded and sockets to neighbours that connect either way. */
    private static final long DESCRIPTORS_MORE = 16;
    /** Heap of a node that has loaded all that it ever needs. */
    private static final long HEAP_MORE = 16L << 20;
    /** Headers of arenas, which are not counted as leases, and directories. */
    private static final long BYTES_MORE = 2L << 20;

    private static final String CRASHED_SUFFIX = ".crashed";
    /** An arena grows by files of its own as leases are held at once, and keeps them. */
    private static final String ARENA_SUFFIX = ".mem";

    private final Yard yard;
    private final Machine machine;
    private Held first;

    /**
     * What is held at one moment.
     */
    private record Held(
        long bytes, long files, Map<String, Long> descriptors, Map<String, Long> heaps, Map<String, Long> leases)
    {
    }

    Baseline(final Yard yard, final Machine machine)
    {
        this.yard = yard;
        this.machine = machine;
    }

    /**
     * Takes what is held now as the base.
     */
    void take()
    {
        first = measure();
    }

    /**
     * What is held now beyond the base.
     *
     * @return a line for each excess; empty: none.
     */
    List<String> excess()
    {
        final Held now = measure();
        final List<String> lines = new ArrayList<>();
        excess(lines, "bytes of shared memory without leases", now.bytes, first.bytes, BYTES_MORE);
        excess(lines, "files", now.files, first.files, 0);
        now.descriptors.forEach((name, count) -> excess(lines, "descriptors of " + name, count,
            first.descriptors.get(name), DESCRIPTORS_MORE));
        now.heaps.forEach(
            (name, bytes) -> excess(lines, "bytes of heap of " + name, bytes, first.heaps.get(name), HEAP_MORE));
        now.leases.forEach((name, count) -> excess(lines, name, count, 0, 0));
        return lines;
    }

    /**
     * In words.
     */
    String describe()
    {
        return first.bytes + " bytes in " + first.files + " files, descriptors " + first.descriptors;
    }

    private static void excess(
        final List<String> lines, final String what, final long now, final long base, final long more)
    {
        if (now > base + more)
        {
            lines.add(what + ": " + now + ", at first " + base);
        }
    }

    private Held measure()
    {
        final Map<String, Long> descriptors = new TreeMap<>();
        final Map<String, Long> heaps = new TreeMap<>();
        final Map<String, Long> leases = new TreeMap<>();
        long arenas = 0;
        for (final Map.Entry<String, JsonNode> one : yard.askNodes("memory").entrySet())
        {
            final JsonNode memory = one.getValue();
            arenas += memory.path("arena_bytes").asLong();
            heaps.put(one.getKey(), memory.path("heap").asLong());
            descriptors.put(one.getKey(), descriptors(yard.member(one.getKey()).process().pid()));
            for (final String count : List.of("leases_held", "leases_out", "leases_corrupt", "malformed"))
            {
                leases.put(count + " at " + one.getKey(), memory.path(count).asLong());
            }
        }
        return new Held(bytes() - arenas, files(), descriptors, heaps, leases);
    }

    private static long descriptors(final long pid)
    {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd")))
        {
            return open.count();
        }
        catch (final IOException ex)
        {
            return 0;
        }
    }

    private long bytes()
    {
        return machine.memory() == null ? sum(file -> !isTold(file), File::length) :
            machine.memory().committed() - sum(Baseline::isTold, File::length);
    }

    private long files()
    {
        return sum(file -> !isTold(file) && !file.getName().endsWith(ARENA_SUFFIX), file -> 1);
    }

    /**
     * What the dead have told of themselves stays, for the last of each name.
     */
    private static boolean isTold(final File file)
    {
        return file.getName().endsWith(CRASHED_SUFFIX);
    }

    private long sum(final Predicate<File> isCounted, final ToLongFunction<File> value)
    {
        try (Stream<Path> files = Files.walk(machine.directory()))
        {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                .map(Path::toFile).filter(isCounted).mapToLong(value).sum();
        }
        catch (final IOException | UncheckedIOException ex)
        {
            // something went away while it was looked at: the next look counts
            return Long.MAX_VALUE / 2;
        }
    }
}
