package io.aeromesh.shm;

import com.sun.jna.LastErrorException;
import io.aeromesh.error.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Memory that two processes of different users map. It has no name in any file system, so that nobody can open it but
 * who was given its descriptor; and neither end can change its length, which would be a fault in the other.
 * <p>
 * <b>Threading:</b> one thread. <b>Owns:</b> the descriptor; what was mapped stays when it is closed.
 */
final class SealedFile implements AutoCloseable
{
    private static final int SEALS = LibC.F_SEAL_SHRINK | LibC.F_SEAL_GROW;

    private final int descriptor;
    private final long length;

    private SealedFile(final int descriptor, final long length)
    {
        this.descriptor = descriptor;
        this.length = length;
    }

    /**
     * Makes memory that is zero and backed.
     *
     * @param length in bytes, whole pages.
     * @throws IOException when there is not as much.
     */
    static SealedFile create(final long length) throws IOException
    {
        final int descriptor;
        try
        {
            descriptor = LibC.memfd_create("aeromesh", LibC.MFD_CLOEXEC | LibC.MFD_ALLOW_SEALING);
        }
        catch (final LastErrorException ex)
        {
            throw new IOException("memfd_create: errno " + ex.getErrorCode(), ex);
        }
        try (FileChannel channel =
            FileChannel.open(Path.of("/proc/self/fd/" + descriptor), StandardOpenOption.WRITE))
        {
            MappedFile.fill(channel, length);
            LibC.fcntl(descriptor, LibC.F_ADD_SEALS, SEALS | LibC.F_SEAL_SEAL);
            return new SealedFile(descriptor, length);
        }
        catch (final IOException | LastErrorException ex)
        {
            LibC.close(descriptor);
            throw new IOException("can not make memory of " + length + " bytes: " + Reason.of(ex), ex);
        }
    }

    /**
     * Takes what a peer sent, if its length is that and can not change any more. It is never opened: who sent it may
     * hold a lease (F_SETLEASE), for which an open waits for 45 s.
     *
     * @param descriptor owned from now on.
     */
    static SealedFile of(final int descriptor, final long length) throws IOException
    {
        try
        {
            final int seals = LibC.fcntl(descriptor, LibC.F_GET_SEALS, 0);
            final long found = LibC.lseek(descriptor, 0, LibC.SEEK_END);
            if (found != length || (seals & SEALS) != SEALS)
            {
                throw new IOException("memory from the peer has " + found + " bytes and seals " + seals +
                    ", expected " + length + " and " + SEALS);
            }
            return new SealedFile(descriptor, length);
        }
        catch (final IOException | LastErrorException ex)
        {
            LibC.close(descriptor);
            throw new IOException("can not take the peer's memory: " + Reason.of(ex), ex);
        }
    }

    MappedFile map() throws IOException
    {
        try
        {
            return MappedFile.over(LibC.mmap(
                0, length, LibC.PROT_READ | LibC.PROT_WRITE, LibC.MAP_SHARED, descriptor, 0), length);
        }
        catch (final LastErrorException ex)
        {
            throw new IOException("mmap of " + length + " bytes: errno " + ex.getErrorCode(), ex);
        }
    }

    /**
     * For {@link DescriptorPassing}; closed with this.
     */
    int descriptor()
    {
        return descriptor;
    }

    @Override
    public void close()
    {
        LibC.close(descriptor);
    }
}
