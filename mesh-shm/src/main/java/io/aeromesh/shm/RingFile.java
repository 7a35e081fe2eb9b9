package io.aeromesh.shm;

import io.aeromesh.ring.RingConsumer;
import io.aeromesh.ring.RingDescriptor;
import io.aeromesh.ring.RingEdge;
import io.aeromesh.ring.RingLane;
import io.aeromesh.ring.RingProducer;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The mapped file of one generation, in order: control from the creator, control to it, data from it, data to it.
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

    private final MappedFile file;
    private final int controlLength;
    private final int dataLength;

    private RingFile(final MappedFile file, final int controlLength, final int dataLength)
    {
        this.file = file;
        this.controlLength = controlLength;
        this.dataLength = dataLength;
    }

    /**
     * Bytes of a file with four rings of these lengths, in whole pages.
     */
    static long length(final int controlLength, final int dataLength)
    {
        final long rings =
            2L * RingDescriptor.regionLength(controlLength) + 2L * RingDescriptor.regionLength(dataLength);
        return MappedFile.pages(rings);
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
        return new RingFile(
            MappedFile.create(directory, path, length(controlLength, dataLength)), controlLength, dataLength);
    }

    /**
     * Maps the file that the peer made.
     */
    static RingFile attach(
        final ShmDirectory directory, final Path path, final int controlLength, final int dataLength)
        throws IOException
    {
        return new RingFile(
            MappedFile.attach(directory, path, length(controlLength, dataLength)), controlLength, dataLength);
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
        final UnsafeBuffer fromCreator = new UnsafeBuffer(file.buffer(), offset, regionLength);
        final UnsafeBuffer toCreator = new UnsafeBuffer(file.buffer(), offset + regionLength, regionLength);
        return Role.CREATOR == role ?
            new RingLane(new RingProducer(fromCreator), new RingConsumer(toCreator)) :
            new RingLane(new RingProducer(toCreator), new RingConsumer(fromCreator));
    }

    /**
     * The whole mapping. For tests.
     */
    UnsafeBuffer buffer()
    {
        return file.buffer();
    }

    /**
     * Unmaps, once.
     */
    @Override
    public void close()
    {
        file.close();
    }
}
