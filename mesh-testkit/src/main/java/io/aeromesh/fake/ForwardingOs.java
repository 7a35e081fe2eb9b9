package io.aeromesh.fake;

import io.aeromesh.os.HostPresence;
import io.aeromesh.os.KeptFile;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.Parking;
import java.nio.file.Path;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * A machine that is another.
 * <p>
 * <b>Threading:</b> as the other.
 */
public class ForwardingOs implements MeshOs
{
    private final MeshOs inner;

    /**
     * @param inner machine that does everything.
     */
    public ForwardingOs(final MeshOs inner)
    {
        this.inner = inner;
    }

    @Override
    public NanoClock nanoClock()
    {
        return inner.nanoClock();
    }

    @Override
    public EpochClock epochClock()
    {
        return inner.epochClock();
    }

    @Override
    public long nextRandom()
    {
        return inner.nextRandom();
    }

    @Override
    public Thread newThread(final String name, final Runnable task)
    {
        return inner.newThread(name, task);
    }

    @Override
    public Parking newParking(final long boundNs)
    {
        return inner.newParking(boundNs);
    }

    @Override
    public void park(final long timeoutNs)
    {
        inner.park(timeoutNs);
    }

    @Override
    public HostPresence claimName(
        final Path baseDirectory,
        final String meshName,
        final String nodeName,
        final long instanceHigh,
        final long instanceLow)
    {
        return inner.claimName(baseDirectory, meshName, nodeName, instanceHigh, instanceLow);
    }

    @Override
    public AutoCloseable claimHost(final Path baseDirectory, final String meshName, final String nodeName)
    {
        return inner.claimHost(baseDirectory, meshName, nodeName);
    }

    @Override
    public String findHost(final Path baseDirectory, final String meshName)
    {
        return inner.findHost(baseDirectory, meshName);
    }

    @Override
    public void awaitNoHost(final Path baseDirectory, final String meshName) throws InterruptedException
    {
        inner.awaitNoHost(baseDirectory, meshName);
    }

    @Override
    public AutoCloseable announceHost(final Path baseDirectory, final String meshName, final String nodeName)
    {
        return inner.announceHost(baseDirectory, meshName, nodeName);
    }

    @Override
    public String findHostOf(final String user, final Path baseDirectory, final String meshName)
    {
        return inner.findHostOf(user, baseDirectory, meshName);
    }

    @Override
    public String userName()
    {
        return inner.userName();
    }

    @Override
    public KeptFile keep(final Path directory, final String name)
    {
        return inner.keep(directory, name);
    }
}
