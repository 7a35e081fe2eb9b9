package io.aeromesh.aeron;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.NameLocks;
import io.aeromesh.os.Users;
import io.aeron.CncFileDescriptor;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.IoUtil;
import org.agrona.concurrent.EpochClock;

/**
 * Directories of drivers: where they are, who may enter, and what dead ones left behind. Any thread; no state.
 */
final class DriverDirectories
{
    private static final String ADMINISTRATOR = "root";
    private static final String SHARED_NAME = "aeron";
    private static final String PRIVATE_PREFIX = "aeron-";
    private static final Pattern PRIVATE_NAME =
        Pattern.compile(Pattern.quote(PRIVATE_PREFIX) + "([0-9a-f]{16})-[0-9a-f]{8}");
    private static final Set<String> DRIVER_FILES = Set.of(CncFileDescriptor.CNC_FILE, "loss-report.dat");
    private static final Set<String> DRIVER_SUBDIRECTORIES = Set.of("images", "publications");
    private static final String LOG_SUFFIX = ".logbuffer";

    private DriverDirectories()
    {
    }

    /**
     * The directory that an edge's driver runs in.
     *
     * @param privateName of this node's own embedded driver, from {@link #privateName}.
     */
    static String of(final AeronEdgeConfig config, final Path base, final String privateName)
    {
        final AeronOptions options = config.aeron();
        if (!options.dir().isEmpty())
        {
            return Path.of(options.dir()).normalize().toString();
        }

        final boolean isPrivate = options.driver() == DriverMode.EMBEDDED && !(config instanceof AeronIpcEdgeConfig);
        return base.resolve(isPrivate ? privateName : SHARED_NAME).toAbsolutePath().normalize().toString();
    }

    /**
     * Name of the directory of one node's embedded driver.
     *
     * @param nameFile of the node, from {@link NameLocks#fileName}: who has the name's lock lives, in whatever
     *                 namespace its process has which number.
     */
    static String privateName(final String nameFile, final long random)
    {
        return PRIVATE_PREFIX + nameFile + "-" + String.format("%08x", (int)random);
    }

    /**
     * Makes a directory that only this user may enter, parents included where they are missing.
     */
    static void ensureOwned(final Path dir)
    {
        try
        {
            if (!Files.isDirectory(dir))
            {
                Files.createDirectories(dir,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            if (!Files.isWritable(dir))
            {
                throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "directory " + dir + " is not writable");
            }
        }
        catch (final IOException ex)
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "can not create directory " + dir, ex);
        }
    }

    /**
     * Lets only this user into a directory that a driver has just made, and into those below, which somebody who was
     * quicker may have open.
     */
    static void restrict(final Path dir)
    {
        try
        {
            setPrivate(dir);
            for (final String name : DRIVER_SUBDIRECTORIES)
            {
                if (Files.isDirectory(dir.resolve(name), LinkOption.NOFOLLOW_LINKS))
                {
                    setPrivate(dir.resolve(name));
                }
            }
        }
        catch (final IOException ex)
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "can not set mode 0700 on " + dir, ex);
        }
    }

    private static void setPrivate(final Path dir) throws IOException
    {
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx------"));
    }

    /**
     * Refuses the directory of another user's driver: who owns it can read and change all that goes through it. In a
     * directory such as /dev/shm anybody could have made it first. That of the system's administrator is allowed.
     */
    static void requireTrusted(final Path dir)
    {
        try
        {
            if (Files.exists(dir))
            {
                requireTrusted(dir, Files.getOwner(dir, LinkOption.NOFOLLOW_LINKS)); // of a link to it, if it is one
                requireTrusted(dir, Files.getOwner(dir));
            }
        }
        catch (final IOException ex)
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "can not tell whose '" + dir + "' is", ex);
        }
    }

    private static void requireTrusted(final Path dir, final UserPrincipal owner) throws IOException
    {
        final UserPrincipal self = Users.self();
        if (!owner.equals(self) && !ADMINISTRATOR.equals(owner.getName()))
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "media driver's directory '" + dir + "' has owner '" +
                owner.getName() + "', need '" + self.getName() + "' or '" + ADMINISTRATOR + "'");
        }
    }

    /**
     * Refuses what is no directory, and a directory that has anything but what a driver makes: the driver deletes all
     * of it. A driver that was killed may have left any part of its files.
     */
    static void requireOnlyDriverFiles(final Path dir)
    {
        if (!Files.exists(dir, LinkOption.NOFOLLOW_LINKS))
        {
            return;
        }

        if (!Files.isDirectory(dir, LinkOption.NOFOLLOW_LINKS))
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, dir + " is no directory");
        }

        requireOnly(dir, dir, path ->
        {
            final String name = path.getFileName().toString();
            if (!DRIVER_SUBDIRECTORIES.contains(name))
            {
                return DRIVER_FILES.contains(name) && isPlainFile(path);
            }

            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
            {
                requireOnly(dir, path, file -> file.toString().endsWith(LOG_SUFFIX) && isPlainFile(file));
                return true;
            }
            return false;
        });
    }

    private static void requireOnly(final Path dir, final Path inside, final Predicate<Path> isOfDriver)
    {
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(inside))
        {
            for (final Path path : paths)
            {
                if (!isOfDriver.test(path))
                {
                    throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "directory " + dir + " of a driver has '" +
                        dir.relativize(path) + "', which no driver made, and a driver deletes all in it");
                }
            }
        }
        catch (final IOException | DirectoryIteratorException ex)
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "can not read directory " + inside, ex);
        }
    }

    private static boolean isPlainFile(final Path path)
    {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Deletes what embedded drivers of killed nodes left below the base directory: of this node's name at once, as it
     * has the name, and of others whose name nobody has.
     *
     * @param nameFile of this node.
     * @param ownName  of its directory, which stays.
     */
    static void sweep(final Path base, final String nameFile, final String ownName, final EpochClock clock)
    {
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(base, PRIVATE_PREFIX + "*"))
        {
            for (final Path path : paths)
            {
                final Matcher name = PRIVATE_NAME.matcher(path.getFileName().toString());
                if (name.matches() && !name.group().equals(ownName) &&
                    isLeft(base, path, name.group(1), nameFile, clock))
                {
                    IoUtil.delete(path.toFile(), true);
                }
            }
        }
        catch (final IOException | RuntimeException ignore)
        {
            // another node may sweep the same; what remains is left for the next start
        }
    }

    private static boolean isLeft(
        final Path base, final Path path, final String owner, final String nameFile, final EpochClock clock)
        throws IOException
    {
        final boolean isHeld = NameLocks.isHeld(base, owner);
        return isHeld ? owner.equals(nameFile) :
            !new DriverProbe(path.toString(), clock, DriverSettings.DEFAULT).isPresent();
    }

    /**
     * Refuses a file system that has no room.
     *
     * @param dir    or the directory that it will be in.
     * @param length needed, in bytes.
     */
    static void checkSpace(final String dir, final long length, final String what)
    {
        File existing = new File(dir);
        while (existing != null && !existing.isDirectory())
        {
            existing = existing.getParentFile();
        }

        final long found = existing == null ? 0 : existing.getUsableSpace();
        if (found < length)
        {
            throw new MeshException(ErrorCode.OUT_OF_SHARED_MEMORY,
                what + " in " + dir + " needs " + length + " bytes, found " + found + " bytes free");
        }
    }
}
