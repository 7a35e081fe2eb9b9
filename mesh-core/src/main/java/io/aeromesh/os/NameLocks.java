package io.aeromesh.os;

import io.aeromesh.protocol.NodeIds;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.HashSet;
import java.util.Set;

/**
 * Which names of this host's nodes are held, by this process or by another.
 * <p>
 * The kernel drops a process's lock when the process closes <em>any</em> descriptor of that file. Therefore this table
 * knows the files whose lock this process has, by device and inode, and nobody here opens one of them a second time.
 * <p>
 * <b>Threading:</b> any thread; one lock for the process, taken at start, at close and when a death is looked into.
 */
public final class NameLocks
{
    private static final Set<Object> HELD_HERE = new HashSet<>();

    private NameLocks()
    {
    }

    /**
     * Whether a live process holds the name, as the kernel says. The caller's own process counts.
     *
     * @param baseDirectory for files that processes of this host share.
     * @param meshName      in which the name is unique.
     * @param nodeName      that is looked for.
     * @throws IOException when that can not be told.
     */
    public static boolean isHeld(final Path baseDirectory, final String meshName, final String nodeName)
        throws IOException
    {
        return isHeld(baseDirectory, fileName(meshName, nodeName));
    }

    /**
     * Whether a live process holds the name whose {@link #fileName} that is.
     *
     * @throws IOException when that can not be told.
     */
    public static boolean isHeld(final Path baseDirectory, final String fileName) throws IOException
    {
        return isLocked(directory(baseDirectory).resolve(fileName + ".lock"));
    }

    /**
     * Whether a live process has the lock of a file. The caller's own process counts.
     *
     * @param file that is empty and opened by nobody but through this class.
     * @throws IOException when that can not be told.
     */
    public static boolean isLocked(final Path file) throws IOException
    {
        synchronized (HELD_HERE)
        {
            final Object key;
            try
            {
                key = keyOf(file);
            }
            catch (final NoSuchFileException ignore)
            {
                return false;
            }
            if (HELD_HERE.contains(key))
            {
                return true;
            }
            // a shared lock, so that two who ask at the same time do not take each other for a holder
            try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true))
            {
                return null == lock;
            }
            catch (final OverlappingFileLockException ex)
            {
                throw new IllegalStateException("the lock of " + file + " was taken around this table", ex);
            }
        }
    }

    /**
     * Whether this process has the lock of a file.
     *
     * @throws IOException when that can not be told.
     */
    static boolean isHeldHere(final Path file) throws IOException
    {
        synchronized (HELD_HERE)
        {
            return HELD_HERE.contains(keyOf(file));
        }
    }

    /**
     * Takes the lock of a file for this process. Waits for who asks {@link #isLocked}, and so shares it for a moment.
     *
     * @param file that is empty and opened by nobody but through this class.
     * @return what lets it go.
     * @throws IOException when it can not be had.
     */
    public static AutoCloseable hold(final Path file) throws IOException
    {
        final NameLock lock = NameLock.takeOrNull(file);
        if (null == lock)
        {
            throw new IOException("another process has the lock of " + file);
        }
        return lock;
    }

    /**
     * What files of a node are named by: 16 hex digits, as the path of a socket is short.
     *
     * @throws io.aeromesh.error.MeshException BAD_CONFIG for a name that is not valid.
     */
    public static String fileName(final String meshName, final String nodeName)
    {
        return fileName(meshName, NodeIds.idOf(nodeName));
    }

    static String fileName(final String meshName, final long nodeId)
    {
        return String.format("%016x", NodeIds.idOf(meshName) * 31 + nodeId);
    }

    static Path directory(final Path baseDirectory)
    {
        return baseDirectory.toAbsolutePath().resolve("names");
    }

    static Path file(final Path directory, final String meshName, final String nodeName, final String extension)
    {
        return directory.resolve(fileName(meshName, nodeName) + extension);
    }

    /**
     * Takes the lock of a file for this process, making the file when it is absent.
     *
     * @return the lock, or null when it is held, here or elsewhere.
     */
    static NameLock take(final Path file, final FileAttribute<?> mode) throws IOException
    {
        synchronized (HELD_HERE)
        {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && HELD_HERE.contains(keyOf(file)))
            {
                return null;
            }
            final FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS), mode);
            NameLock lock = null;
            try
            {
                if (null != channel.tryLock())
                {
                    lock = new NameLock(file, keyOf(file), channel);
                    HELD_HERE.add(lock.key());
                }
            }
            finally
            {
                if (null == lock)
                {
                    channel.close();
                }
            }
            return lock;
        }
    }

    static void release(final Object key, final FileChannel channel) throws IOException
    {
        synchronized (HELD_HERE)
        {
            HELD_HERE.remove(key);
            channel.close();
        }
    }

    static Object keyOf(final Path file) throws IOException
    {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    }
}
