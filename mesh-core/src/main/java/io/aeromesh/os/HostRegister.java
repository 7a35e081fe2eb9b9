package io.aeromesh.os;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.NodeIds;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Which node is the host of a base directory: it has the lock of one file, and its name is in another. The lock says
 * whether there is one; the name stays when it dies, and is not believed then.
 * <p>
 * <b>Threading:</b> any thread.
 */
final class HostRegister
{
    private HostRegister()
    {
    }

    /**
     * Makes a node the host.
     *
     * @throws MeshException HOST_EXISTS, or DIRECTORY_UNUSABLE.
     */
    static AutoCloseable claim(final Path baseDirectory, final String meshName, final String nodeName)
    {
        final Path directory = NameLocks.directory(baseDirectory);
        try
        {
            NameLock.privateDirectory(baseDirectory);
            NameLock.privateDirectory(directory);
            final NameLock lock = NameLock.takeOrNull(file(directory, meshName, ".host.lock"));
            if (lock == null)
            {
                final String host = find(baseDirectory, meshName);
                throw new MeshException(ErrorCode.HOST_EXISTS, "'" + (host == null ? "another node" : host) +
                    "' is the host of '" + baseDirectory + "' for mesh '" + meshName + "'");
            }
            try
            {
                final Path fresh = file(directory, meshName, ".host.new");
                Files.writeString(fresh, nodeName, StandardCharsets.UTF_8);
                Files.move(fresh, file(directory, meshName, ".host"), StandardCopyOption.ATOMIC_MOVE);
                GrantedDirectory.withdraw(baseDirectory, meshName);
            }
            catch (final IOException ex)
            {
                lock.close();
                throw ex;
            }
            return lock;
        }
        catch (final IOException ex)
        {
            throw Unusable.of(directory, ex);
        }
    }

    /**
     * Name of the host that lives, or null.
     *
     * @throws MeshException DIRECTORY_UNUSABLE, also where no host could start there: who is told that none runs is to
     *                       start one.
     */
    static String find(final Path baseDirectory, final String meshName)
    {
        final Path directory = NameLocks.directory(baseDirectory);
        try
        {
            Unusable.requireNoFileAbove(baseDirectory);
            if (Files.exists(baseDirectory, LinkOption.NOFOLLOW_LINKS))
            {
                NameLock.requirePrivate(baseDirectory);
            }
            if (!NameLocks.isLocked(file(directory, meshName, ".host.lock")))
            {
                return null;
            }
            final String host = read(directory, meshName);
            return NameLocks.isHeld(baseDirectory, meshName, host) ? host : null; // else the name of the one before
        }
        catch (final NoSuchFileException ex)
        {
            return null; // it has begun this moment
        }
        catch (final IOException ex)
        {
            throw Unusable.of(directory, ex);
        }
    }

    /**
     * Waits in the kernel for the lock, and lets it go.
     */
    static void awaitNone(final Path baseDirectory, final String meshName) throws InterruptedException
    {
        final Path file = file(NameLocks.directory(baseDirectory), meshName, ".host.lock");
        requireElsewhere(baseDirectory, file);
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
            FileLock lock = channel.lock())
        {
            lock.release();
        }
        catch (final FileLockInterruptionException ex)
        {
            throw new InterruptedException("while it waited for the end of the host of '" + baseDirectory + "'");
        }
        catch (final IOException ex)
        {
            throw Unusable.of(file, ex);
        }
    }

    /**
     * To open the file of a lock that this process has would lose the lock.
     */
    private static void requireElsewhere(final Path baseDirectory, final Path file)
    {
        try
        {
            if (NameLocks.isHeldHere(file))
            {
                throw new MeshException(
                    ErrorCode.HOST_EXISTS, "the host of '" + baseDirectory + "' is in this very process");
            }
        }
        catch (final IOException ex)
        {
            throw Unusable.of(file, ex);
        }
    }

    private static String read(final Path directory, final String meshName) throws IOException
    {
        return Files.readString(file(directory, meshName, ".host"), StandardCharsets.UTF_8);
    }

    private static Path file(final Path directory, final String meshName, final String extension)
    {
        return directory.resolve(NameLocks.fileName(meshName, NodeIds.NONE) + extension);
    }
}
