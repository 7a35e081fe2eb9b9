package io.aeromesh.shm;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.GrantedDirectory;
import io.aeromesh.os.Users;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.TreeSet;

/**
 * The directory that the files of links live in: mode 0700 and of this user. Of a link to other users only the socket
 * and the lock: then it is of the listening user, and of a mode that lets others go through it.
 * <pre>
 *   LINK.lock              empty; whoever has its lock listens. Stays for ever
 *   LINK.sock              socket of the listener
 *   LINK.GENERATION.ring   rings, until both ends have mapped them
 * </pre>
 * {@code LINK} is 16 hex digits hashed from the link's name, because a socket's path is short.
 * <p>
 * <b>Threading:</b> any thread; immutable.
 */
final class ShmDirectory
{
    static final String SOCKET_SUFFIX = ".sock";
    static final String RING_SUFFIX = ".ring";

    private static final int SOCKET_PATH_LENGTH_MAX = 106;
    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> GRANTED_MODE =
        PosixFilePermissions.fromString(GrantedDirectory.MODE);

    private final Path path;
    private final FreeSpace freeSpace;
    private final FreeSpace freeMemory;
    private final UserPrincipal user;

    private ShmDirectory(
        final Path path, final FreeSpace freeSpace, final FreeSpace freeMemory, final UserPrincipal user)
    {
        this.path = path;
        this.freeSpace = freeSpace;
        this.freeMemory = freeMemory;
        this.user = user;
    }

    /**
     * Makes the directory of links when it is absent, and checks it.
     */
    static ShmDirectory open(final Path directory, final FreeSpace freeSpace)
    {
        return openAny(forSockets(directory), freeSpace, CgroupMemory.OF_PROCESS);
    }

    /**
     * Makes the directory of links to other users when it is absent, and checks it.
     */
    static ShmDirectory openGranted(final Path directory, final FreeSpace freeSpace)
    {
        final Path path = forSockets(directory);
        try
        {
            GrantedDirectory.create(path);
            return existing(path, freeSpace, CgroupMemory.OF_PROCESS, GRANTED_MODE);
        }
        catch (final IOException ex)
        {
            throw unusable(path, ex.toString(), ex);
        }
    }

    /**
     * Checks the directory in which another user listens: nobody else can have put a socket there.
     */
    static ShmDirectory openOf(final Path directory, final FreeSpace freeSpace, final UserPrincipal owner)
    {
        final Path path = forSockets(directory);
        try
        {
            final PosixFileAttributes attributes = read(path);
            final Set<PosixFilePermission> mode = attributes.permissions();
            if (!attributes.owner().equals(owner) || mode.contains(PosixFilePermission.GROUP_WRITE) ||
                mode.contains(PosixFilePermission.OTHERS_WRITE))
            {
                throw wrong(path, attributes, owner, GRANTED_MODE);
            }
            return new ShmDirectory(path, freeSpace, CgroupMemory.OF_PROCESS, owner);
        }
        catch (final IOException | UnsupportedOperationException ex)
        {
            throw unusable(path, ex.toString(), ex);
        }
    }

    private static Path forSockets(final Path directory)
    {
        final Path path = directory.toAbsolutePath().normalize();
        final int socketPathLength =
            path.resolve(LinkId.HEX_LENGTH_NAME + SOCKET_SUFFIX).toString().getBytes(LinkId.CHARSET).length;
        if (socketPathLength > SOCKET_PATH_LENGTH_MAX)
        {
            throw unusable(path, "the path of a socket in it has " + socketPathLength +
                " bytes, longest is " + SOCKET_PATH_LENGTH_MAX, null);
        }
        return path;
    }

    /**
     * Makes a directory that has no sockets in it when it is absent, and checks it.
     *
     * @param freeSpace  of its file system.
     * @param freeMemory of this process, to which a file system in memory is charged.
     */
    static ShmDirectory openAny(final Path directory, final FreeSpace freeSpace, final FreeSpace freeMemory)
    {
        final Path path = directory.toAbsolutePath().normalize();
        try
        {
            create(path);
            return existing(path, freeSpace, freeMemory, MODE);
        }
        catch (final IOException ex)
        {
            throw unusable(path, ex.toString(), ex);
        }
    }

    /**
     * Checks a directory that a peer made in this one.
     *
     * @return the directory, or null when there is none.
     */
    ShmDirectory findChild(final String name)
    {
        final Path child = path.resolve(name);
        return Files.exists(child, NOFOLLOW_LINKS) ? existing(child, freeSpace, freeMemory, MODE) : null;
    }

    private static ShmDirectory existing(
        final Path path, final FreeSpace freeSpace, final FreeSpace freeMemory, final Set<PosixFilePermission> mode)
    {
        try
        {
            final UserPrincipal user = Users.self();
            final PosixFileAttributes attributes = read(path);
            if (!attributes.owner().equals(user) || !attributes.permissions().equals(mode))
            {
                throw wrong(path, attributes, user, mode);
            }
            return new ShmDirectory(path, freeSpace, freeMemory, user);
        }
        catch (final IOException | UnsupportedOperationException ex)
        {
            throw unusable(path, ex.toString(), ex);
        }
    }

    private static PosixFileAttributes read(final Path path) throws IOException
    {
        final PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS);
        if (!attributes.isDirectory())
        {
            throw unusable(path, "it is no directory", null);
        }
        return attributes;
    }

    private static MeshException wrong(
        final Path path,
        final PosixFileAttributes found,
        final UserPrincipal owner,
        final Set<PosixFilePermission> mode)
    {
        return unusable(path, "owner is " + found.owner().getName() + " and mode is " +
            PosixFilePermissions.toString(found.permissions()) + ", need " + owner.getName() + " and " +
            PosixFilePermissions.toString(mode), null);
    }

    private static void create(final Path path) throws IOException
    {
        if (!Files.exists(path, NOFOLLOW_LINKS))
        {
            if (null != path.getParent())
            {
                Files.createDirectories(path.getParent());
            }
            try
            {
                Files.createDirectory(path, PosixFilePermissions.asFileAttribute(MODE));
            }
            catch (final FileAlreadyExistsException ignore)
            {
                // another process was quicker; it is checked like any other
            }
        }
    }

    /**
     * This user, as the kernel names the peers of sockets.
     */
    UserPrincipal user()
    {
        return user;
    }

    Path file(final String name)
    {
        return path.resolve(name);
    }

    /**
     * Refuses to begin what would not fit.
     */
    void requireSpace(final long length)
    {
        final long usable;
        try
        {
            usable = freeSpace.usableBytes(path);
        }
        catch (final IOException ex)
        {
            throw unusable(path, ex.toString(), ex);
        }
        if (usable < length)
        {
            throw outOfSpace(length, usable, null);
        }
        requireMemory(length);
    }

    /**
     * Refuses to begin what this process may not have.
     */
    void requireMemory(final long length)
    {
        long usableMemory;
        try
        {
            usableMemory = freeMemory.usableBytes(path);
        }
        catch (final IOException ignore)
        {
            usableMemory = Long.MAX_VALUE; // no descriptors left to ask with: nothing is known to stop us
        }
        if (usableMemory < length)
        {
            throw new MeshException(ErrorCode.OUT_OF_SHARED_MEMORY, "need " + length + " bytes for a file in " + path +
                ", found " + usableMemory + " under the memory limit of this process's cgroup");
        }
    }

    MeshException outOfSpace(final long length, final long found, final IOException cause)
    {
        return new MeshException(ErrorCode.OUT_OF_SHARED_MEMORY,
            "need " + length + " bytes in " + path + ", found " + found, cause);
    }

    MeshException noSpaceAfter(final long length, final IOException cause)
    {
        long usable = 0;
        try
        {
            usable = freeSpace.usableBytes(path);
        }
        catch (final IOException ex)
        {
            cause.addSuppressed(ex);
        }
        return outOfSpace(length, usable, cause);
    }

    /**
     * Deletes what crashed processes left: files of links whose lock is free.
     */
    void sweep()
    {
        try
        {
            final Set<String> links = new TreeSet<>();
            for (final String suffix : new String[] {RING_SUFFIX, SOCKET_SUFFIX})
            {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*" + suffix))
                {
                    for (final Path file : files)
                    {
                        final String name = file.getFileName().toString();
                        final int dot = name.indexOf('.');
                        if (LinkId.isHex(name.substring(0, dot)))
                        {
                            links.add(name.substring(0, dot));
                        }
                    }
                }
            }
            for (final String link : links)
            {
                sweepIfFree(link);
            }
        }
        catch (final IOException ex)
        {
            throw unusable(path, ex.toString(), ex);
        }
    }

    private void sweepIfFree(final String link) throws IOException
    {
        try (LinkLock linkLock = LinkLock.open(this, link))
        {
            final FileLock lock = linkLock.tryLock();
            if (null != lock)
            {
                try
                {
                    deleteFilesOf(link);
                }
                finally
                {
                    lock.release();
                }
            }
        }
    }

    /**
     * Deletes the socket and the rings of a link. Only with its lock.
     */
    void deleteFilesOf(final String link) throws IOException
    {
        Files.deleteIfExists(file(link + SOCKET_SUFFIX));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, link + ".*" + RING_SUFFIX))
        {
            for (final Path file : files)
            {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public String toString()
    {
        return path.toString();
    }

    private static MeshException unusable(final Path path, final String why, final Exception cause)
    {
        return new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "directory " + path + ": " + why, cause);
    }
}
