package io.aeromesh.shm;

import io.aeromesh.os.ParkWord;
import io.aeromesh.ring.RingConsumer;
import io.aeromesh.ring.RingDescriptor;
import io.aeromesh.ring.RingEdge;
import io.aeromesh.ring.RingLane;
import io.aeromesh.ring.RingProducer;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The mapped file of one generation, in order: control from the creator, control to it, data from it, data to it, then
 * for the creator and for the attacher 128 bytes each: its {@link ParkWord}, and 1 if it ever parks (64 bits), which it
 * writes before it tells the other that it has the file.
 * <p>
 * <b>Threading:</b> one thread.
 */
final class RingFile implements AutoCloseable
{
    /** Which end a process is. */
    enum Role
    {
        CREATOR, ATTACHER;

        Role other()
        {
            return CREATOR == this ? ATTACHER : CREATOR;
        }
    }

    private static final int PARK_LENGTH = 128;

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
        return MappedFile.pages(ringsLength(controlLength, dataLength) + 2L * PARK_LENGTH);
    }

    private static long ringsLength(final int controlLength, final int dataLength)
    {
        return 2L * RingDescriptor.regionLength(controlLength) + 2L * RingDescriptor.regionLength(dataLength);
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

    /**
     * Lays rings over memory of {@link #length}.
     */
    static RingFile over(final MappedFile memory, final int controlLength, final int dataLength)
    {
        return new RingFile(memory, controlLength, dataLength);
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

    private int parkOffset(final Role sleeper)
    {
        return (int)ringsLength(controlLength, dataLength) + (Role.CREATOR == sleeper ? 0 : PARK_LENGTH);
    }

    /**
     * The end says that it parks. Before the other end knows that it has the file.
     */
    void announceParkable(final Role sleeper)
    {
        file.buffer().putLongRelease(parkOffset(sleeper) + ParkWord.LENGTH, 1);
    }

    /**
     * Whether the end parks. After it has said that it has the file.
     */
    boolean isParkable(final Role sleeper)
    {
        return file.buffer().getLongAcquire(parkOffset(sleeper) + ParkWord.LENGTH) == 1;
    }

    ParkWord parkWord(final Role sleeper)
    {
        return new ParkWord(file.buffer(), parkOffset(sleeper));
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
