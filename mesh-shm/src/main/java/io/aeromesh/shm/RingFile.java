package io.aeromesh.shm;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.aeromesh.ring.RingConsumer;
import io.aeromesh.ring.RingDescriptor;
import io.aeromesh.ring.RingEdge;
import io.aeromesh.ring.RingLane;
import io.aeromesh.ring.RingProducer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import net.openhft.chronicle.core.OS;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The mapped file of one generation, in order: control from the creator, control to it, data from it, data to it.
 * <p>
 * The file is filled by {@code write} before it is mapped, so that a full file system is an error and not a signal,
 * and its length never changes. Every page is touched at both ends before use. The mapping is Chronicle's, without a
 * cleaner: it is unmapped by {@link #close()} and by nothing else, at once, on the caller's thread.
 * <p>
 * <b>Threading:</b> one thread.
 */
final class RingFile implements AutoCloseable
{
    /** Which end a process is. */
    enum Role
    {
        CREATOR, ATTACHER
    }

    static final int PAGE_LENGTH = 4096;
    private static final int FILL_LENGTH = 64 * 1024;

    private final UnsafeBuffer buffer;
    private final long address;
    private final long length;
    private final int controlLength;
    private final int dataLength;
    private boolean isClosed;

    private RingFile(final long address, final long length, final int controlLength, final int dataLength)
    {
        this.address = address;
        this.length = length;
        this.controlLength = controlLength;
        this.dataLength = dataLength;
        this.buffer = new UnsafeBuffer(address, (int)length);
    }

    /**
     * Bytes of a file with four rings of these lengths, in whole pages.
     */
    static long length(final int controlLength, final int dataLength)
    {
        final long rings =
            2L * RingDescriptor.regionLength(controlLength) + 2L * RingDescriptor.regionLength(dataLength);
        return (rings + PAGE_LENGTH - 1) & -PAGE_LENGTH;
    }

    /**
     * Makes, fills and maps a new file.
     *
     * @throws io.aeromesh.error.MeshException with the bytes needed and found.
     */
    static RingFile create(
        final ShmDirectory directory, final Path path, final int controlLength, final int dataLength)
        throws IOException
    {
        final long length = length(controlLength, dataLength);
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
                throw ex; // by an interrupt of the agent
            }
            catch (final IOException ex)
            {
                throw directory.noSpaceAfter(length, ex);
            }
            return map(channel, length, controlLength, dataLength);
        }
        catch (final IOException | RuntimeException ex)
        {
            Files.deleteIfExists(path);
            throw ex;
        }
    }

    /**
     * Maps the file that the peer made.
     */
    static RingFile attach(final Path path, final int controlLength, final int dataLength) throws IOException
    {
        final long length = length(controlLength, dataLength);
        try (FileChannel channel = FileChannel.open(path, Set.of(READ, WRITE, NOFOLLOW_LINKS)))
        {
            if (channel.size() != length)
            {
                throw new IOException(path + " has " + channel.size() + " bytes, expected " + length);
            }
            return map(channel, length, controlLength, dataLength);
        }
    }

    private static void fill(final FileChannel channel, final long length) throws IOException
    {
        final ByteBuffer zeros = ByteBuffer.allocateDirect(FILL_LENGTH);
        long position = 0;
        while (position < length)
        {
            zeros.clear().limit((int)Math.min(FILL_LENGTH, length - position));
            position += channel.write(zeros, position);
        }
    }

    private static RingFile map(
        final FileChannel channel, final long length, final int controlLength, final int dataLength)
        throws IOException
    {
        final long address = OS.map(channel, FileChannel.MapMode.READ_WRITE, 0, length, PAGE_LENGTH);
        final RingFile file = new RingFile(address, length, controlLength, dataLength);
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

    RingEdge newEdge(final Role role, final String peerAddress, final RingEdge.Owner owner)
    {
        final int controlRegion = RingDescriptor.regionLength(controlLength);
        final int dataRegion = RingDescriptor.regionLength(dataLength);
        final int dataOffset = 2 * controlRegion;
        return new RingEdge(
            newLane(role, 0, controlRegion),
            newLane(role, dataOffset, dataRegion),
            peerAddress,
            owner);
    }

    private RingLane newLane(final Role role, final int offset, final int regionLength)
    {
        final UnsafeBuffer fromCreator = new UnsafeBuffer(buffer, offset, regionLength);
        final UnsafeBuffer toCreator = new UnsafeBuffer(buffer, offset + regionLength, regionLength);
        return Role.CREATOR == role ?
            new RingLane(new RingProducer(fromCreator), new RingConsumer(toCreator)) :
            new RingLane(new RingProducer(toCreator), new RingConsumer(fromCreator));
    }

    /**
     * The whole mapping. For tests.
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
