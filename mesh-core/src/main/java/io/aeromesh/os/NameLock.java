package io.aeromesh.os;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds a name by a lock on an empty file, which the kernel releases when the process dies. The file is never read and
 * never unlinked: both would break the lock for others.
 */
final class NameLock implements AutoCloseable
{
    private static final String DIRECTORY_MODE = "rwx------";
    private static final String FILE_MODE = "rw-------";

    private static final int ATTEMPTS = 5;
    /** A second in all: who asks may be stopped while it does. */
    private static final int ATTEMPTS_MAX = 500;
    private static final long PROBE_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Path file;
    private final Object key;
    private final FileChannel channel;

    NameLock(final Path file, final Object key, final FileChannel channel)
    {
        this.file = file;
        this.key = key;
        this.channel = channel;
    }

    /**
     * Takes the name.
     */
    static NameLock take(final Path file, final String meshName, final String nodeName) throws IOException
    {
        final NameLock lock = takeOrNull(file);
        if (null == lock)
        {
            throw new MeshException(ErrorCode.NAME_TAKEN, "name '" + nodeName + "' of mesh '" + meshName +
                "' is taken by a live process on this host, which holds " + file);
        }
        return lock;
    }

    /**
     * Tries again while nobody holds it and somebody asks {@link NameLocks#isLocked}, who shares the lock for a moment.
     */
    static NameLock takeOrNull(final Path file) throws IOException
    {
        for (int i = 0; i < ATTEMPTS_MAX; i++)
        {
            final NameLock lock = NameLocks.take(file, fileMode());
            if (null != lock)
            {
                return lock;
            }
            if (i >= ATTEMPTS && NameLocks.isLocked(file))
            {
                return null;
            }
            LockSupport.parkNanos(PROBE_NS);
        }
        return null;
    }

    static FileAttribute<Set<PosixFilePermission>> fileMode()
    {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(FILE_MODE));
    }

    /**
     * Makes a directory of mode 0700, or checks that it is one of this user's.
     */
    static void privateDirectory(final Path directory) throws IOException
    {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS))
        {
            Unusable.requireNoFileAbove(directory);
            try
            {
                Files.createDirectories(directory,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(DIRECTORY_MODE)));
            }
            catch (final FileAlreadyExistsException ignore)
            {
                // what is there is looked at now, and said in the same words by each Java
            }
        }
        requirePrivate(directory);
    }

    /**
     * Checks that it is a directory of this user's, of mode 0700.
     *
     * @throws MeshException DIRECTORY_UNUSABLE saying what mends it.
     */
    static void requirePrivate(final Path directory) throws IOException
    {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS))
        {
            throw Unusable.noDirectory(directory);
        }
        final String mode = PosixFilePermissions.toString(
            Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS));
        final UserPrincipal owner = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS);
        final UserPrincipal user = Users.self();
        if (!mode.equals(DIRECTORY_MODE) || !owner.equals(user))
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "directory '" + directory + "' has mode " + mode +
                " and owner '" + owner.getName() + "', need mode " + DIRECTORY_MODE + " and owner '" + user.getName() +
                "': " + (owner.equals(user) ? "chmod 700 '" + directory + "'" : "run this as '" + owner.getName() +
                    "', or attach to a host of that user's: --host-user " + owner.getName()));
        }
    }

    /**
     * Device and inode of the file.
     */
    Object key()
    {
        return key;
    }

    /**
     * Whether the file is still where it was. Where somebody has deleted it, a process that came later may have the
     * same name by a file of its own, and what lies beside it is that one's.
     */
    boolean isInPlace()
    {
        try
        {
            return key.equals(NameLocks.keyOf(file));
        }
        catch (final IOException ignore)
        {
            return false;
        }
    }

    @Override
    public void close() throws IOException
    {
        NameLocks.release(key, channel);
    }
}
