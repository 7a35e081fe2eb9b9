package io.aeromesh.os;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;
import io.aeromesh.protocol.NodeIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;

/**
 * The directory by which processes of other users find a host: {@code BASE.granted}, beside the host's base directory,
 * which stays closed to them. It is the host's, of mode 0711, and has nothing in it that is secret:
 * <pre>
 *   MESH.host   name of the host, readable by all
 *   LINK.sock   where contexts of granted users attach; who connects is asked for its user
 * </pre>
 * <b>Threading:</b> any thread; stateless.
 */
public final class GrantedDirectory
{
    /** What others may: go through it to a name that they know, and not list or change it. */
    public static final String MODE = "rwx--x--x";

    private static final String SUFFIX = ".granted";
    /** Of the file that has a name of a node in it, in bytes. */
    private static final int NAME_LENGTH_MAX = 4096;
    private static final String PRIVATE_MODE = "rwx------";
    private static final String READABLE_MODE = "rw-r--r--";

    private GrantedDirectory()
    {
    }

    /**
     * Where it is.
     */
    public static Path of(final Path baseDirectory)
    {
        final Path base = baseDirectory.toAbsolutePath().normalize();
        return base.resolveSibling(base.getFileName() + SUFFIX);
    }

    /**
     * Makes it when it is absent. Whoever is to use it checks it.
     */
    public static void create(final Path directory) throws IOException
    {
        try
        {
            Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE_MODE)));
        }
        catch (final FileAlreadyExistsException ignore)
        {
            // of an earlier start, which may have been killed before the next line
        }
        if (Files.isDirectory(directory, NOFOLLOW_LINKS) &&
            Files.getOwner(directory, NOFOLLOW_LINKS).equals(Users.self()))
        {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(MODE)); // whatever the umask
        }
    }

    /**
     * Tells other users who the host is.
     *
     * @return what takes that back.
     * @throws MeshException DIRECTORY_UNUSABLE.
     */
    static AutoCloseable announce(final Path baseDirectory, final String meshName, final String nodeName)
    {
        final Path directory = of(baseDirectory);
        try
        {
            create(directory);
            requireOwner(directory, Users.self());
            final Path file = file(directory, meshName);
            final Path fresh = directory.resolve(file.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, NameLock.fileMode());
            Files.writeString(fresh, nodeName, StandardCharsets.UTF_8);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(READABLE_MODE));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            return () -> Files.deleteIfExists(file);
        }
        catch (final IOException ex)
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE,
                "can not use '" + directory + "', where users that are granted find the host: " + Reason.of(ex), ex);
        }
    }

    /**
     * Takes back what an earlier host has left that has died. What is not this user's is let be: who grants nobody is
     * not to be stopped by it.
     */
    static void withdraw(final Path baseDirectory, final String meshName) throws IOException
    {
        final Path directory = of(baseDirectory);
        if (Files.isDirectory(directory, NOFOLLOW_LINKS) &&
            Files.getOwner(directory, NOFOLLOW_LINKS).equals(Users.self()))
        {
            Files.deleteIfExists(file(directory, meshName));
        }
    }

    /**
     * Name of the host that another user runs.
     *
     * @return null when none is announced.
     * @throws MeshException DIRECTORY_UNUSABLE, when the directory is not that user's, or not to be entered.
     */
    static String find(final String user, final Path baseDirectory, final String meshName)
    {
        final Path directory = of(baseDirectory);
        final Path file = file(directory, meshName);
        try
        {
            final UserPrincipal owner = Users.find(user);
            requireOwner(directory, owner);
            requireOwner(file, owner);
            if (!Files.isRegularFile(file, NOFOLLOW_LINKS) || Files.size(file) > NAME_LENGTH_MAX)
            {
                throw new IOException("'" + file + "' is no file of at most " + NAME_LENGTH_MAX + " bytes");
            }
            final String name = Files.readString(file, StandardCharsets.UTF_8);
            NodeIds.validateNode(name);
            return name;
        }
        catch (final NoSuchFileException ex)
        {
            return null;
        }
        catch (final AccessDeniedException ex)
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE,
                "this user may not enter '" + directory + "', where user '" + user + "' was to be found", ex);
        }
        catch (final IOException ex)
        {
            throw Unusable.of(directory, ex);
        }
    }

    /**
     * In a directory such as /dev/shm anybody could have made it first.
     */
    private static void requireOwner(final Path path, final UserPrincipal owner) throws IOException
    {
        final PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink() || !attributes.owner().equals(owner))
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "'" + path + "' " +
                (attributes.isSymbolicLink() ? "is a symbolic link" : "has owner '" + attributes.owner().getName() +
                    "'") +
                ", need one of user '" + owner.getName() + "'");
        }
    }

    private static Path file(final Path directory, final String meshName)
    {
        return directory.resolve(NameLocks.fileName(meshName, NodeIds.NONE) + ".host");
    }
}
