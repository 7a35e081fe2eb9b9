package io.aeromesh.os;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Status memory in a mapped file, one for the holder of a name; see {@link StatusFiles} for what lies where.
 * <p>
 * The mapping goes with the last buffer over it, by the garbage collector, since who was given counters may read them
 * for ever. The memory behind it does not wait for that: closing takes it from the file, and what is read later is
 * zero.
 */
final class StatusFile implements StatusMemory
{
    private static final int FILL_LENGTH = 64 * 1024;

    private final Path directory;
    private final String name;
    private final MappedByteBuffer mapping;
    private final UnsafeBuffer buffer;
    private Path path;
    private boolean isKept;
    private boolean isClosed;

    private StatusFile(final Path directory, final String name, final Path path, final MappedByteBuffer mapping)
    {
        this.directory = directory;
        this.name = name;
        this.path = path;
        this.mapping = mapping;
        buffer = new UnsafeBuffer(mapping);
    }

    /**
     * Only with the lock of the name.
     *
     * @param name   as {@link NameLocks#fileName} gives it.
     * @param length in bytes.
     * @throws MeshException with the bytes needed and found, or DIRECTORY_UNUSABLE.
     */
    static StatusFile create(final Path baseDirectory, final String name, final int length)
    {
        final Path directory = StatusFiles.directory(baseDirectory);
        final Path fresh = directory.resolve(name + StatusFiles.FRESH);
        try
        {
            NameLock.privateDirectory(directory);
            putAside(directory, name);
            StatusFiles.sweep(baseDirectory, name);
            Files.deleteIfExists(fresh); // left half-made by a process that died
            try (FileChannel channel = FileChannel.open(fresh, Set.of(CREATE_NEW, READ, WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))))
            {
                fill(channel, directory, length);
                return new StatusFile(directory, name, fresh, channel.map(MapMode.READ_WRITE, 0, length));
            }
            catch (final IOException | RuntimeException ex)
            {
                Files.deleteIfExists(fresh);
                throw ex;
            }
        }
        catch (final IOException ex)
        {
            throw Unusable.of(directory, ex);
        }
    }

    /**
     * What the last holder of the name left by a crash is not of this one.
     */
    private static void putAside(final Path directory, final String name) throws IOException
    {
        final Path left = directory.resolve(name + StatusFiles.CURRENT);
        if (Files.exists(left, NOFOLLOW_LINKS))
        {
            Files.move(left, directory.resolve(name + StatusFiles.CRASHED),
                StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * By write, so that a full file system is an error and not a signal at some later touch.
     */
    private static void fill(final FileChannel channel, final Path directory, final int length) throws IOException
    {
        final ByteBuffer zeros = ByteBuffer.allocate(FILL_LENGTH);
        int position = 0;
        while (position < length)
        {
            zeros.clear().limit(Math.min(FILL_LENGTH, length - position));
            try
            {
                position += channel.write(zeros, position);
            }
            catch (final IOException ex)
            {
                final long found = Files.getFileStore(directory).getUsableSpace() + position;
                if (channel.isOpen() && found < length)
                {
                    throw new MeshException(ErrorCode.OUT_OF_SHARED_MEMORY, "need " + length +
                        " bytes for the node's status in " + directory + ", found " + found, ex);
                }
                throw ex;
            }
        }
    }

    @Override
    public UnsafeBuffer buffer()
    {
        return buffer;
    }

    @Override
    public void publish()
    {
        final Path published = directory.resolve(name + StatusFiles.CURRENT);
        try
        {
            Files.move(path, published, StandardCopyOption.ATOMIC_MOVE);
            path = published;
        }
        catch (final IOException ex)
        {
            throw Unusable.of(directory, ex);
        }
    }

    @Override
    public void keep()
    {
        isKept = true;
    }

    @Override
    public void close()
    {
        if (isClosed)
        {
            return;
        }
        isClosed = true;
        if (isKept)
        {
            mapping.force(); // to a disk, where it is on one
            return;
        }
        try (FileChannel channel = FileChannel.open(path, Set.of(WRITE, NOFOLLOW_LINKS)))
        {
            Files.deleteIfExists(path);
            channel.truncate(0);
            channel.write(ByteBuffer.allocate(1), buffer.capacity() - 1L); // sparse: a late look finds zeros
        }
        catch (final IOException ignore)
        {
            // somebody has deleted it, or the next holder of the name takes it for left by a crash
        }
    }
}
