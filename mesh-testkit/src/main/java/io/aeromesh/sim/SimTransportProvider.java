package io.aeromesh.sim;

import io.aeromesh.inproc.InprocEdgeConfig;
import io.aeromesh.inproc.InprocMedium;
import io.aeromesh.inproc.InprocPlaceConfig;
import io.aeromesh.inproc.InprocPlaceMedium;
import io.aeromesh.inproc.InprocTransportProvider;
import io.aeromesh.spi.Capability;
import io.aeromesh.spi.DirectMedium;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.Transport;
import io.aeromesh.spi.TransportContext;
import io.aeromesh.spi.TransportProvider;
import java.util.Set;

/**
 * In-process edges of which the simulation keeps hold.
 *
 * @param inner   that makes the edges.
 * @param network of the simulation.
 */
record SimTransportProvider(InprocTransportProvider inner, SimNetwork network) implements TransportProvider
{
    SimTransportProvider(final SimNetwork network)
    {
        this(new InprocTransportProvider(network.links()), network);
    }

    @Override
    public String scheme()
    {
        return inner.scheme();
    }

    @Override
    public Set<Capability> capabilities(final EdgeConfig config)
    {
        return inner.capabilities(config);
    }

    @Override
    public EdgeConfig parse(final EdgeUri uri)
    {
        return inner.parse(uri);
    }

    @Override
    public Transport open(final TransportContext context)
    {
        return new SimTransport(context.nodeName(), inner.open(context), network);
    }

    private record SimTransport(String nodeName, Transport inner, SimNetwork network) implements Transport
    {
        @Override
        public Medium attach(final EdgeConfig config)
        {
            if (config instanceof InprocPlaceConfig place)
            {
                return new InprocPlaceMedium(network.links(), place, this::link);
            }
            final Medium attached = inner.attach(config);
            if (attached instanceof DirectMedium place)
            {
                return new SimPlace(nodeName, place, network);
            }
            return hold(attached);
        }

        private Medium link(final InprocEdgeConfig config)
        {
            return hold(inner.attach(config));
        }

        private Medium hold(final Medium attached)
        {
            final SimMedium medium = new SimMedium(nodeName, (InprocMedium)attached, network);
            network.add(medium);
            return medium;
        }

        @Override
        public int doWork(final long nowNs)
        {
            return inner.doWork(nowNs);
        }

        @Override
        public void close()
        {
            inner.close();
        }
    }
}
