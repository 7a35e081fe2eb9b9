package io.aeromesh.sim;

import io.aeromesh.inproc.InprocMedium;
import io.aeromesh.spi.DirectMedium;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.Medium;

/**
 * Where a simulated node is reached directly, by streams of which the simulation keeps hold.
 *
 * @param nodeName of the node.
 * @param inner    that makes the streams.
 * @param network  of the simulation.
 */
record SimPlace(String nodeName, DirectMedium inner, SimNetwork network) implements DirectMedium
{
    @Override
    public EdgeConfig config()
    {
        return inner.config();
    }

    @Override
    public int doWork(final long nowNs, final EdgeListener listener)
    {
        return inner.doWork(nowNs, listener);
    }

    @Override
    public String newAddress()
    {
        return inner.newAddress();
    }

    @Override
    public Medium join(final String peer, final String ownAddress, final String peerAddress)
    {
        final SimMedium medium =
            new SimMedium(nodeName, (InprocMedium)inner.join(peer, ownAddress, peerAddress), network);
        network.add(medium);
        return medium;
    }

    @Override
    public void close()
    {
        inner.close();
    }
}
