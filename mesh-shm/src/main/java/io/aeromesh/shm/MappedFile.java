package io.aeromesh.shm;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import net.openhft.chronicle.core.OS;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A file of whole pages that two processes map.
 * <p>
 * It is filled by {@code write} before it is mapped, so that a full file system is an error and not a signal, and its
 * length never changes. Every page is touched at both ends before use. The mapping is Chronicle's, without a cleaner:
 * it is unmapped by {@link #close()} and by nothing else, at once, on the caller's thread.
 * <p>
 * <b>Threading:</b> any thread, one at a time.
 */
final class MappedFile implements AutoCloseable
{
    static final int PAGE_LENGTH = 4096;
    private static final int FILL_LENGTH = 64 * 1024;

    private final UnsafeBuffer buffer;
    private final long address;
    private final long length;
    private boolean isClosed;

    private MappedFile(final long address, final long length)
    {
        this.address = address;
        this.length = length;
        this.buffer = new UnsafeBuffer(address, (int)length);
    }

    /**
     * Bytes of the whole pages that hold so many.
     */
    static long pages(final long length)
    {
        return (length + PAGE_LENGTH - 1) & -PAGE_LENGTH;
    }

    /**
     * Makes, fills and maps a new file.
     *
     * @param length in bytes, whole pages, at most the largest int.
     * @throws io.aeromesh.error.MeshException with the bytes needed and found.
     */
    static MappedFile create(final ShmDirectory directory, final Path path, final long length) throws IOException
    {
        directory.requireSpace(length);
        try (FileChannel channel = FileChannel.open(path, Set.of(CREATE_NEW, READ, WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))))
        {
            try
            {
                fill(channel, length);
            }
            catch (final ClosedChannelException ex)
            {
                throw ex; // by an interrupt of the caller
            }
            catch (final IOException ex)
            {
                throw directory.noSpaceAfter(length, ex);
            }
            return map(channel, length);
        }
        catch (final IOException | RuntimeException ex)
        {
            Files.deleteIfExists(path);
            throw ex;
        }
    }

    /**
     * Maps the file that a peer made, if it is a file, this user's, and of that length.
     */
    static MappedFile attach(final ShmDirectory directory, final Path path, final long length) throws IOException
    {
        final PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS);
        if (!isOurs(attributes, directory))
        {
            throw new IOException(path + " is no regular file of " + directory.user().getName() + ": owner is " +
                attributes.owner().getName());
        }
        try (FileChannel channel = FileChannel.open(path, Set.of(READ, WRITE, NOFOLLOW_LINKS)))
        {
            if (channel.size() != length)
            {
                throw new IOException(path + " has " + channel.size() + " bytes, expected " + length);
            }
            return map(channel, length);
        }
    }

    /**
     * Whether there is a file that {@link #attach} would map.
     */
    static boolean isThere(final ShmDirectory directory, final Path path, final long length)
    {
        try
        {
            final PosixFileAttributes found =
                Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS);
            return isOurs(found, directory) && found.size() == length;
        }
        catch (final IOException ignore)
        {
            return false;
        }
    }

    private static boolean isOurs(final PosixFileAttributes file, final ShmDirectory directory)
    {
        return file.isRegularFile() && file.owner().equals(directory.user());
    }

    static void fill(final FileChannel channel, final long length) throws IOException
    {
        final ByteBuffer zeros = ByteBuffer.allocateDirect(FILL_LENGTH);
        long position = 0;
        while (position < length)
        {
            zeros.clear().limit((int)Math.min(FILL_LENGTH, length - position));
            position += channel.write(zeros, position);
        }
    }

    /**
     * Maps a file that is filled.
     */
    static MappedFile map(final FileChannel channel, final long length) throws IOException
    {
        return over(OS.map(channel, FileChannel.MapMode.READ_WRITE, 0, length, PAGE_LENGTH), length);
    }

    /**
     * Takes what is mapped at an address, which is unmapped with this.
     */
    static MappedFile over(final long address, final long length)
    {
        final MappedFile file = new MappedFile(address, length);
        file.prefault();
        return file;
    }

    /**
     * Touches each page for writing, without changing what a peer may have written already.
     */
    private void prefault()
    {
        for (int i = 0; i < length; i += PAGE_LENGTH)
        {
            buffer.getAndAddLong(i, 0L);
        }
    }

    /**
     * The whole mapping.
     */
    UnsafeBuffer buffer()
    {
        return buffer;
    }

    /**
     * Unmaps, once.
     */
    @Override
    public void close()
    {
        if (!isClosed)
        {
            isClosed = true;
            buffer.wrap(0, 0);
            try
            {
                OS.unmap(address, length, PAGE_LENGTH);
            }
            catch (final IOException ex)
            {
                throw new IllegalStateException("can not unmap address=" + address + ", length=" + length, ex);
            }
        }
    }
}
