package io.aeromesh.os;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * Holds a name by a lock on an empty file, which the kernel releases when the process dies. The file is never read and
 * never unlinked: both would break the lock for others.
 */
final class NameLock implements AutoCloseable
{
    private static final String DIRECTORY_MODE = "rwx------";
    private static final Path SELF = Path.of("/proc/self");
    private static final String FILE_MODE = "rw-------";

    private final FileChannel channel;

    private NameLock(final FileChannel channel)
    {
        this.channel = channel;
    }

    static NameLock take(final Path file, final String meshName, final String nodeName) throws IOException
    {
        final FileChannel channel = FileChannel.open(file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(FILE_MODE)));
        if (!lock(channel))
        {
            channel.close();
            throw new MeshException(ErrorCode.NAME_TAKEN, "name '" + nodeName + "' of mesh '" + meshName +
                "' is taken by a live process on this host, which holds " + file);
        }
        return new NameLock(channel);
    }

    private static boolean lock(final FileChannel channel) throws IOException
    {
        try
        {
            return channel.tryLock() != null;
        }
        catch (final OverlappingFileLockException heldByThisProcess)
        {
            return false;
        }
    }

    /**
     * Makes a directory of mode 0700, or checks that it is one of this user's.
     */
    static void privateDirectory(final Path directory) throws IOException
    {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS))
        {
            Files.createDirectories(directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(DIRECTORY_MODE)));
        }
        final String mode = PosixFilePermissions.toString(
            Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS));
        final UserPrincipal owner = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS);
        final UserPrincipal user = Files.getOwner(SELF); // a name may be missing in a container, an owner never is
        if (!mode.equals(DIRECTORY_MODE) || !owner.equals(user))
        {
            throw new MeshException(ErrorCode.DIRECTORY_UNUSABLE, "directory '" + directory + "' has mode " + mode +
                " and owner '" + owner.getName() + "', need mode " + DIRECTORY_MODE + " and owner '" + user.getName() +
                "'");
        }
    }

    @Override
    public void close() throws IOException
    {
        channel.close();
    }
}
