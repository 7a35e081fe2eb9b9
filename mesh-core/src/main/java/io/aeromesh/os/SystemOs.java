package io.aeromesh.os;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The machine itself.
 */
final class SystemOs implements MeshOs
{
    static final SystemOs INSTANCE = new SystemOs();

    private final SecureRandom random = new SecureRandom();

    private SystemOs()
    {
    }

    @Override
    public NanoClock nanoClock()
    {
        return SystemNanoClock.INSTANCE;
    }

    @Override
    public EpochClock epochClock()
    {
        return SystemEpochClock.INSTANCE;
    }

    @Override
    public long nextRandom()
    {
        return random.nextLong();
    }

    @Override
    public Thread newThread(final String name, final Runnable task)
    {
        return new Thread(task, name);
    }

    @Override
    public Parking newParking(final long boundNs)
    {
        return new SelectorParking(boundNs);
    }

    @Override
    public void park(final long timeoutNs)
    {
        LockSupport.parkNanos(this, timeoutNs);
    }

    @Override
    public HostPresence claimName(
        final Path baseDirectory,
        final String meshName,
        final String nodeName,
        final long instanceHigh,
        final long instanceLow)
    {
        return UnixPresence.claim(baseDirectory, meshName, nodeName, instanceHigh, instanceLow);
    }

    @Override
    public AutoCloseable claimHost(final Path baseDirectory, final String meshName, final String nodeName)
    {
        return HostRegister.claim(baseDirectory, meshName, nodeName);
    }

    @Override
    public void awaitNoHost(final Path baseDirectory, final String meshName) throws InterruptedException
    {
        HostRegister.awaitNone(baseDirectory, meshName);
    }

    @Override
    public String findHost(final Path baseDirectory, final String meshName)
    {
        return HostRegister.find(baseDirectory, meshName);
    }

    @Override
    public AutoCloseable announceHost(final Path baseDirectory, final String meshName, final String nodeName)
    {
        return GrantedDirectory.announce(baseDirectory, meshName, nodeName);
    }

    @Override
    public String findHostOf(final String user, final Path baseDirectory, final String meshName)
    {
        return GrantedDirectory.find(user, baseDirectory, meshName);
    }

    @Override
    public String userName()
    {
        try
        {
            return Users.self().getName();
        }
        catch (final IOException ex)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "can not tell which user runs this process: " + Reason.of(ex),
                ex);
        }
    }

    @Override
    public KeptFile keep(final Path directory, final String name)
    {
        return new DiskFile(this, directory, name);
    }
}
