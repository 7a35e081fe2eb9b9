package io.aeromesh.tools.doctor;

import io.aeromesh.aeron.DriverLauncher;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.NameLocks;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files below a base directory whose owner is dead, as the kernel says: the lock of its name or link is free. What was
 * listed before the lock was asked for is of the dead, whoever starts meanwhile.
 */
final class Leftovers
{
    private static final Pattern NAME_SOCKET = Pattern.compile("([0-9a-f]{16})\\.sock");
    private static final Pattern LINK_FILE = Pattern.compile("([0-9a-f]{16})\\.(sock|.*ring)");
    private static final Pattern NODE_DIRECTORY = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern MEMORY_FILE = Pattern.compile(".*\\.(mem|held)");
    private static final Pattern OWN_DRIVER = Pattern.compile("aeron(-([0-9a-f]{16})-[0-9a-f]{8})?");
    private static final String OTHER_DRIVERS = "aeron-*";

    private Leftovers()
    {
    }

    /**
     * Sockets of names, rings of links, and memory of nodes.
     */
    static List<Path> files(final Path base) throws IOException
    {
        final List<Path> left = new ArrayList<>();
        for (final Path socket : list(base.resolve("names")))
        {
            final Matcher name = NAME_SOCKET.matcher(fileName(socket));
            if (name.matches() && !NameLocks.isHeld(base, name.group(1)))
            {
                left.add(socket);
            }
        }
        for (final Path file : list(base))
        {
            final Matcher link = LINK_FILE.matcher(fileName(file));
            if (link.matches() && !NameLocks.isLocked(base.resolve(link.group(1) + ".lock")))
            {
                left.add(file);
            }
        }
        for (final Path node : list(base.resolve("memory")))
        {
            if (NODE_DIRECTORY.matcher(fileName(node)).matches())
            {
                addMemory(left, base, node);
            }
        }
        return left;
    }

    private static void addMemory(final List<Path> left, final Path base, final Path node) throws IOException
    {
        final List<Path> files = list(node);
        if (!files.isEmpty() && !NameLocks.isHeld(base, fileName(node)))
        {
            for (final Path file : files)
            {
                final Matcher name = MEMORY_FILE.matcher(fileName(file));
                // a closed node that still has memory of others says so by a lock of its own
                if (name.matches() && (name.group(1).equals("mem") || !NameLocks.isLocked(file)))
                {
                    left.add(file);
                }
            }
        }
    }

    /**
     * Directories of media drivers that run no more: of nodes below the base directory, and beside it those of any
     * program of Aeron, which are there by default.
     */
    static List<Path> drivers(final Path base) throws IOException
    {
        final List<Path> left = new ArrayList<>();
        for (final Path directory : list(base))
        {
            final Matcher name = OWN_DRIVER.matcher(fileName(directory));
            if (name.matches() && (name.group(2) == null || !NameLocks.isHeld(base, name.group(2))))
            {
                addDriver(left, directory);
            }
        }
        if (base.getParent() != null && Files.isDirectory(base.getParent()))
        {
            try (DirectoryStream<Path> others = Files.newDirectoryStream(base.getParent(), OTHER_DRIVERS))
            {
                for (final Path directory : others)
                {
                    addDriver(left, directory);
                }
            }
        }
        return left;
    }

    private static void addDriver(final List<Path> left, final Path directory)
    {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) && Files.isWritable(directory) && !isRun(directory))
        {
            left.add(directory);
        }
    }

    private static boolean isRun(final Path directory)
    {
        try
        {
            return DriverLauncher.isRunning(MeshOs.system(), directory);
        }
        catch (final MeshException ofOtherVersion)
        {
            return true; // there is no telling
        }
    }

    /**
     * Bytes of all files in and below.
     */
    static long length(final List<Path> paths) throws IOException
    {
        long length = 0;
        for (final Path path : paths)
        {
            try (Stream<Path> files = Files.walk(path))
            {
                length += files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
            }
        }
        return length;
    }

    private static List<Path> list(final Path directory) throws IOException
    {
        if (!Files.isDirectory(directory))
        {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory))
        {
            return files.sorted().toList();
        }
    }

    private static String fileName(final Path path)
    {
        return path.getFileName().toString();
    }
}
