package io.aeromesh.sim;

import io.aeromesh.os.HostPresence;
import io.aeromesh.os.KeptFile;
import io.aeromesh.os.MeshOs;
import io.aeromesh.os.Parking;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * A virtual clock and seeded randomness for one node. Threads are refused: simulated nodes are invoked.
 * <p>
 * <b>Threading:</b> the simulation's one thread.
 */
public final class SimOs implements MeshOs
{
    private final SimClock clock;
    private final SplittableRandom random;
    private final SimSkew skew;
    /** Null: the node is alone, and nobody tells it of deaths. */
    private final SimHost host;

    /**
     * Of a node that is alone on its host.
     *
     * @param clock  of the simulation.
     * @param random of this node.
     */
    public SimOs(final SimClock clock, final SplittableRandom random)
    {
        this(clock, random, SimSkew.NONE, null);
    }

    /**
     * @param clock  of the simulation.
     * @param random of this node.
     * @param skew   of this node's clocks.
     * @param host   on which it lives.
     */
    public SimOs(final SimClock clock, final SplittableRandom random, final SimSkew skew, final SimHost host)
    {
        this.clock = clock;
        this.random = random;
        this.skew = skew;
        this.host = host;
    }

    @Override
    public NanoClock nanoClock()
    {
        return () -> skew.nanoTime(clock);
    }

    @Override
    public EpochClock epochClock()
    {
        return () -> clock.epochMs() + skew.wallMs();
    }

    @Override
    public long nextRandom()
    {
        return random.nextLong();
    }

    @Override
    public Thread newThread(final String name, final Runnable task)
    {
        throw new UnsupportedOperationException("a simulated node has no threads: " + name);
    }

    @Override
    public Parking newParking(final long boundNs)
    {
        throw new UnsupportedOperationException("a simulated node never parks");
    }

    @Override
    public void park(final long timeoutNs)
    {
        throw new UnsupportedOperationException("a simulated thread never parks");
    }

    @Override
    public HostPresence claimName(
        final Path baseDirectory,
        final String meshName,
        final String nodeName,
        final long instanceHigh,
        final long instanceLow)
    {
        return host == null ? HostPresence.NONE : host.claim(nodeName, instanceHigh, instanceLow);
    }

    @Override
    public KeptFile keep(final Path directory, final String name)
    {
        return KeptFile.NONE;
    }
}
