package io.aeromesh.mesh;

import io.aeromesh.fake.ForwardingOs;
import io.aeromesh.os.HostPresence;
import io.aeromesh.os.MeshOs;
import java.nio.file.Path;

/**
 * An OS whose presence fails on demand, as a defect inside the duty cycle would.
 */
final class BrokenOs extends ForwardingOs
{
    private final boolean[] broken;

    BrokenOs(final MeshOs os, final boolean[] broken)
    {
        super(os);
        this.broken = broken;
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
