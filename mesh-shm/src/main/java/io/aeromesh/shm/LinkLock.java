package io.aeromesh.shm;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * One user's hold on the lock file of a link.
 * <p>
 * The kernel drops a process's lock when the process closes <em>any</em> descriptor of that file. Therefore a process
 * has one descriptor for each lock file, shared and counted here, and never opens the file otherwise. The file stays
 * empty, is never read and never deleted.
 * <p>
 * <b>Threading:</b> any thread; the table of the process is guarded by its own lock, taken only to attach, to close
 * and to look whether a lock is free.
 */
final class LinkLock implements AutoCloseable
{
    private static final Map<Path, Shared> OPEN = new HashMap<>();

    private final Path path;
    private final Shared shared;
    private boolean isClosed;

    private LinkLock(final Path path, final Shared shared)
    {
        this.path = path;
        this.shared = shared;
    }

    static LinkLock open(final ShmDirectory directory, final String link) throws IOException
    {
        synchronized (OPEN)
        {
            final Path path = directory.file("").toRealPath().resolve(link + ".lock");
            Shared shared = OPEN.get(path);
            if (null == shared)
            {
                shared = new Shared(FileChannel.open(path, Set.of(CREATE, WRITE, NOFOLLOW_LINKS),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
                OPEN.put(path, shared);
            }
            shared.userCount++;
            return new LinkLock(path, shared);
        }
    }

    /**
     * Takes the link's lock if no one has it: neither another process nor another node of this one.
     *
     * @return the lock, or null.
     */
    FileLock tryLock() throws IOException
    {
        try
        {
            return shared.channel.tryLock();
        }
        catch (final OverlappingFileLockException ignore)
        {
            return null;
        }
    }

    @Override
    public void close()
    {
        synchronized (OPEN)
        {
            if (isClosed)
            {
                return;
            }
            isClosed = true;
            shared.userCount--;
            if (0 == shared.userCount)
            {
                OPEN.remove(path);
                Closing.quietly(shared.channel);
            }
        }
    }

    private static final class Shared
    {
        private final FileChannel channel;
        private int userCount;

        Shared(final FileChannel channel)
        {
            this.channel = channel;
        }
    }
}
