package io.aeromesh.os;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where the status files of this host's nodes are, and which of them are of nodes that live.
 * <pre>
 *   status/NAME.status    of the holder of the name, or left by a crash of the last one: the name's lock tells
 *   status/NAME.crashed   left by a crash before that one; one for each name
 *   status/NAME.new       being made
 * </pre>
 * {@code NAME} is {@link NameLocks#fileName}. Of those left by crashes each node that starts keeps the
 * {@value #CRASHED_MAX} youngest.
 * <p>
 * <b>Threading:</b> any thread; it keeps nothing.
 */
public final class StatusFiles
{
    /** Files left by crashes that are kept in one directory. */
    public static final int CRASHED_MAX = 16;

    static final String CURRENT = ".status";
    static final String CRASHED = ".crashed";
    static final String FRESH = ".new";

    /**
     * What has become of the node that a file is of.
     */
    public enum State
    {
        /** Its process lives. */
        ALIVE,
        /** It has ended without closing its node, or the node has failed. */
        CRASHED
    }

    /**
     * A status file.
     *
     * @param path   of it.
     * @param state  of the node.
     * @param madeMs when it was made, or last written to by a file system that notes that, in milliseconds of the
     *               epoch.
     */
    public record Entry(Path path, State state, long madeMs)
    {
    }

    private StatusFiles()
    {
    }

    /**
     * All that there are, of living nodes first, in no other order. None where there is no such directory.
     *
     * @param baseDirectory that the nodes were launched with.
     * @throws IOException when the directory can not be read.
     */
    public static List<Entry> list(final Path baseDirectory) throws IOException
    {
        final List<Entry> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory(baseDirectory)))
        {
            for (final Path file : files)
            {
                final String fileName = file.getFileName().toString();
                if (fileName.endsWith(CURRENT))
                {
                    add(all, file, NameLocks.isHeld(baseDirectory, nameOf(fileName)) ? State.ALIVE : State.CRASHED);
                }
                else if (fileName.endsWith(CRASHED))
                {
                    add(all, file, State.CRASHED);
                }
            }
        }
        catch (final NoSuchFileException | NotDirectoryException ignore)
        {
            return List.of();
        }
        all.sort(Comparator.comparing(Entry::state));
        return all;
    }

    private static void add(final List<Entry> all, final Path file, final State state) throws IOException
    {
        try
        {
            all.add(new Entry(file, state, Files.getLastModifiedTime(file, NOFOLLOW_LINKS).toMillis()));
        }
        catch (final NoSuchFileException ignore)
        {
            // its node has closed meanwhile
        }
    }

    static Path directory(final Path baseDirectory)
    {
        return baseDirectory.toAbsolutePath().resolve("status");
    }

    private static String nameOf(final String fileName)
    {
        return fileName.substring(0, fileName.indexOf('.'));
    }

    /**
     * Deletes what is too much of what crashes have left. Each file only with the lock of its name, so that none is
     * taken from a node that starts at the same time.
     *
     * @param ownName whose lock the caller has.
     */
    static void sweep(final Path baseDirectory, final String ownName) throws IOException
    {
        final List<Entry> crashed = new ArrayList<>(list(baseDirectory));
        crashed.removeIf(entry -> entry.state() == State.ALIVE);
        crashed.sort(Comparator.comparingLong(Entry::madeMs).reversed());
        for (int i = CRASHED_MAX; i < crashed.size(); i++)
        {
            final Path file = crashed.get(i).path();
            final String name = nameOf(file.getFileName().toString());
            if (!name.equals(ownName))
            {
                delete(NameLocks.directory(baseDirectory).resolve(name + ".lock"), file);
            }
        }
    }

    private static void delete(final Path lockFile, final Path file) throws IOException
    {
        try (NameLock lock = NameLocks.take(lockFile, NameLock.fileMode()))
        {
            if (lock != null)
            {
                Files.deleteIfExists(file);
            }
        }
    }
}
