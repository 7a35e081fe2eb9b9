package io.aeromesh.aeron;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeron.CncFileDescriptor;
import java.io.File;
import java.nio.MappedByteBuffer;
import java.util.Optional;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.SemanticVersion;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/**
 * Looks from outside whether a media driver runs in a directory. Any thread, one at a time.
 * <p>
 * A driver whose process is gone is dead at once, though its last heartbeat may be fresh. So a driver and its clients
 * must see each other's process ids: containers that share a driver need to share their process namespace.
 */
final class DriverProbe
{
    private final File cncFile;
    private final EpochClock clock;
    private final long timeoutMs;
    private ProcessHandle process;
    private long heartbeatMs;

    DriverProbe(final String dir, final EpochClock clock, final DriverSettings settings)
    {
        timeoutMs = settings.driverTimeoutMs();
        cncFile = new File(dir, CncFileDescriptor.CNC_FILE);
        this.clock = clock;
    }

    /**
     * Reads the driver's file anew: true if a driver of our version runs there now. Allocates.
     */
    boolean isPresent()
    {
        process = null;
        if (!cncFile.isFile() || cncFile.length() <= CncFileDescriptor.META_DATA_LENGTH)
        {
            return false;
        }

        final MappedByteBuffer mapped;
        try
        {
            mapped = IoUtil.mapExistingFile(cncFile, "driver file");
        }
        catch (final Exception ignore)
        {
            return false; // deleted since, or not to be opened: Agrona throws checked exceptions as if they were not
        }

        try
        {
            return isPresent(mapped);
        }
        finally
        {
            BufferUtil.free(mapped);
        }
    }

    /**
     * True while the process of the driver that was present lives. Does not allocate.
     */
    boolean isProcessAlive()
    {
        return process != null && process.isAlive();
    }

    /**
     * How long ago the driver said that it is alive, as of the last look, in milliseconds.
     */
    long heartbeatAgeMs()
    {
        return clock.time() - heartbeatMs;
    }

    private boolean isPresent(final MappedByteBuffer mapped)
    {
        final DirectBuffer metaData = CncFileDescriptor.createMetaDataBuffer(mapped);
        final int version = metaData.getInt(CncFileDescriptor.cncVersionOffset(0));
        if (version == 0 || !CncFileDescriptor.isCncFileLengthSufficient(metaData, mapped.capacity()))
        {
            return false;
        }

        if (SemanticVersion.major(version) != SemanticVersion.major(CncFileDescriptor.CNC_VERSION))
        {
            throw new MeshException(ErrorCode.DRIVER_EXISTS, "media driver in " + cncFile.getParent() +
                " has file version " + SemanticVersion.toString(version) + ", this node needs " +
                SemanticVersion.toString(CncFileDescriptor.CNC_VERSION));
        }
        final Optional<ProcessHandle> found = ProcessHandle.of(CncFileDescriptor.pid(metaData));
        if (found.isEmpty() || !found.get().isAlive())
        {
            return false;
        }

        heartbeatMs = new ManyToOneRingBuffer(
            CncFileDescriptor.createToDriverBuffer(mapped, metaData)).consumerHeartbeatTime();
        if (clock.time() - heartbeatMs > timeoutMs)
        {
            return false;
        }

        process = found.get();
        return true;
    }
}
