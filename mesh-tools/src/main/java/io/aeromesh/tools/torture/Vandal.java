package io.aeromesh.tools.torture;

import io.aeromesh.tools.process.ProcessFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Truncates files of nodes or takes their permissions away, but only such that no process has mapped or open: what a
 * dead node left, and what links are set up with. To truncate what is mapped is outside the promise: no process can
 * defend itself against its own user there.
 * <p>
 * <b>Threading:</b> main thread.
 */
final class Vandal
{
    private static final Path PROCESSES = Path.of("/proc");
    private static final int ONE_OF = 3;

    private final Path directory;
    private final Random random;
    private final Map<Path, Set<PosixFilePermission>> taken = new LinkedHashMap<>();
    private long spoilt;

    /**
     * @param directory of all shared memory of the run.
     */
    Vandal(final Path directory, final Random random)
    {
        this.directory = directory;
        this.random = random;
    }

    /**
     * Number of files spoilt so far.
     */
    long spoilt()
    {
        return spoilt;
    }

    /**
     * Spoils some files.
     */
    void spoil()
    {
        final Set<String> used = used();
        for (final Path file : filesIn(directory))
        {
            if (!used.contains(file.toString()) && random.nextInt(ONE_OF) > 0)
            {
                spoil(file);
            }
        }
    }

    /**
     * Gives permissions back.
     */
    void mend()
    {
        taken.forEach((file, permissions) ->
        {
            try
            {
                Files.setPosixFilePermissions(file, permissions);
            }
            catch (final IOException ignore)
            {
                // swept away meanwhile
                return;
            }
        });
        taken.clear();
    }

    private void spoil(final Path file)
    {
        try
        {
            if (random.nextBoolean())
            {
                taken.put(file, Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
                Files.setPosixFilePermissions(file, Set.of());
            }
            else
            {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE))
                {
                    channel.truncate(channel.size() * random.nextInt(ONE_OF) / ONE_OF);
                }
            }
            spoilt++;
        }
        catch (final IOException ignore)
        {
            // swept away meanwhile
            taken.remove(file);
        }
    }

    private static List<Path> filesIn(final Path directory)
    {
        try (Stream<Path> files = Files.walk(directory))
        {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).sorted()
                .collect(Collectors.toCollection(ArrayList::new));
        }
        catch (final IOException | UncheckedIOException ex)
        {
            // something went away while it was looked at: another time
            return List.of();
        }
    }

    /**
     * Files that a process has mapped or open, by their names.
     */
    private Set<String> used()
    {
        try (Stream<Path> processes = Files.list(PROCESSES))
        {
            return processes.filter(process -> Character.isDigit(process.getFileName().toString().charAt(0)))
                .flatMap(Vandal::usedBy)
                .collect(Collectors.toSet());
        }
        catch (final IOException ex)
        {
            throw new ProcessFailure("can not look at processes: " + ex, ex);
        }
    }

    private static Stream<String> usedBy(final Path process)
    {
        final List<String> names = new ArrayList<>();
        try (Stream<Path> open = Files.list(process.resolve("fd")))
        {
            for (final String line : Files.readAllLines(process.resolve("maps"), StandardCharsets.UTF_8))
            {
                final int at = line.indexOf('/');
                if (at >= 0)
                {
                    names.add(line.substring(at));
                }
            }
            for (final Path link : open.toList())
            {
                names.add(Files.readSymbolicLink(link).toString());
            }
        }
        catch (final IOException | UncheckedIOException ignore)
        {
            // it has ended, or has just closed one
            return names.stream();
        }
        return names.stream();
    }
}
