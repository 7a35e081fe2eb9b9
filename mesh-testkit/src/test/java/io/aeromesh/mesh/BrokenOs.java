package io.aeromesh.mesh;

import io.aeromesh.os.HostPresence;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.Parking;
import java.nio.file.Path;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * An OS whose presence fails on demand, as a defect inside the duty cycle would.
 */
record BrokenOs(MeshOs os, boolean[] broken) implements MeshOs
{
    @Override
    public NanoClock nanoClock()
    {
        return os.nanoClock();
    }

    @Override
    public EpochClock epochClock()
    {
        return os.epochClock();
    }

    @Override
    public long nextRandom()
    {
        return os.nextRandom();
    }

    @Override
    public Thread newThread(final String name, final Runnable task)
    {
        return os.newThread(name, task);
    }

    @Override
    public Parking newParking(final long boundNs)
    {
        return os.newParking(boundNs);
    }

    @Override
    public void park(final long timeoutNs)
    {
        os.park(timeoutNs);
    }

    @Override
    public HostPresence claimName(
        final Path baseDirectory,
        final String meshName,
        final String nodeName,
        final long instanceHigh,
        final long instanceLow)
    {
        return new HostPresence()
        {
            @Override
            public void watch(final String peerName, final long high, final long low)
            {
            }

            @Override
            public int doWork(final long nowNs, final DeathListener listener)
            {
                if (broken[0])
                {
                    throw new IllegalStateException("presence at fault");
                }
                return 0;
            }

            @Override
            public void close()
            {
            }
        };
    }
}
