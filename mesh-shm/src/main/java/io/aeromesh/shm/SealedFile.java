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
    private final FileChannel channel;
    private final long length;

    private SealedFile(final int descriptor, final FileChannel channel, final long length)
    {
        this.descriptor = descriptor;
        this.channel = channel;
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
        final SealedFile file = open(descriptor, length);
        try
        {
            MappedFile.fill(file.channel, length);
            LibC.fcntl(descriptor, LibC.F_ADD_SEALS, SEALS | LibC.F_SEAL_SEAL);
            return file;
        }
        catch (final IOException | LastErrorException ex)
        {
            file.close();
            throw new IOException("can not make memory of " + length + " bytes: " + Reason.of(ex), ex);
        }
    }

    /**
     * Takes what a peer sent, if its length is that and can not change any more.
     *
     * @param descriptor owned from now on.
     */
    static SealedFile of(final int descriptor, final long length) throws IOException
    {
        final SealedFile file = open(descriptor, length);
        try
        {
            final long found = file.channel.size();
            final int seals = LibC.fcntl(descriptor, LibC.F_GET_SEALS, 0);
            if (found != length || (seals & SEALS) != SEALS)
            {
                throw new IOException("memory from the peer has " + found + " bytes and seals " + seals +
                    ", expected " + length + " and " + SEALS);
            }
            return file;
        }
        catch (final IOException | LastErrorException ex)
        {
            file.close();
            throw new IOException("can not take the peer's memory: " + Reason.of(ex), ex);
        }
    }

    private static SealedFile open(final int descriptor, final long length) throws IOException
    {
        try
        {
            return new SealedFile(descriptor, FileChannel.open(
                Path.of("/proc/self/fd/" + descriptor), StandardOpenOption.READ, StandardOpenOption.WRITE), length);
        }
        catch (final IOException ex)
        {
            LibC.close(descriptor);
            throw ex;
        }
    }

    MappedFile map() throws IOException
    {
        return MappedFile.map(channel, length);
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
        Closing.quietly(channel);
        LibC.close(descriptor);
    }
}
