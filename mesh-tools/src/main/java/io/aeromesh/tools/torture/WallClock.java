package io.aeromesh.tools.torture;

import io.aeromesh.tools.process.ProcessFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The wall clock that the processes at one media driver see, which can be stepped: theirs alone, by a library that
 * stands before the system's. The machine's clock is everybody's and stays as it is. They compare wall clocks with
 * each other and with nobody else, so that on one host they must see the same one.
 */
final class WallClock
{
    /** Processes that see it. */
    static final List<String> PROCESSES = List.of("B", "C", Yard.DRIVER);
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";
    /** Where the C library keeps what has a name in shared memory. */
    private static final Path SHARED = Path.of("/dev/shm");
    /** Made by the library when a process starts, and taken away only by one that ends by itself. */
    private static final List<String> LEFT_BEHIND = List.of("faketime_shm_%d", "sem.faketime_sem_%d");

    private final Path library;
    private final Path file;

    private WallClock(final Path library, final Path file)
    {
        this.library = library;
        this.file = file;
    }

    /**
     * The library, or null where there is none.
     */
    static Path library()
    {
        try (Stream<Path> places = Files.list(LIBRARIES))
        {
            return Stream.concat(Stream.of(LIBRARIES), places.filter(Files::isDirectory))
                .map(place -> place.resolve(LIBRARY)).filter(Files::isRegularFile).findFirst().orElse(null);
        }
        catch (final IOException ex)
        {
            return null;
        }
    }

    static WallClock create(final Path directory)
    {
        final WallClock clock = new WallClock(library(), directory.resolve("clock"));
        clock.step(0);
        return clock;
    }

    /**
     * How a process is started that sees this clock.
     */
    List<String> prefix()
    {
        return List.of("env", "LD_PRELOAD=" + library, "FAKETIME_TIMESTAMP_FILE=" + file, "FAKETIME_CACHE_DURATION=1",
            "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_DISABLE_SHM=1");
    }

    /**
     * Takes away the names of what the library shares with children of a process, which has it mapped by now or has
     * ended. A killed process leaves them, and the next of its number would not start.
     *
     * @param pid of a process that sees this clock.
     */
    void forget(final long pid)
    {
        try
        {
            for (final String name : LEFT_BEHIND)
            {
                Files.deleteIfExists(SHARED.resolve(String.format(Locale.ROOT, name, pid)));
            }
        }
        catch (final IOException ex)
        {
            throw new ProcessFailure("can not delete what the clock of process " + pid + " left: " + ex, ex);
        }
    }

    /**
     * Sets it so many seconds before or behind the machine's; seen within a second.
     */
    void step(final long seconds)
    {
        try
        {
            final Path next = file.resolveSibling("clock.next");
            Files.writeString(next, String.format(Locale.ROOT, "%+d", seconds), StandardCharsets.US_ASCII);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        catch (final IOException ex)
        {
            throw new ProcessFailure("can not step the clock: " + ex, ex);
        }
    }
}
