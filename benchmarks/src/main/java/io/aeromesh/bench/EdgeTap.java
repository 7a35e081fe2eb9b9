package io.aeromesh.bench;

import io.aeromesh.spi.Capability;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeListener;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.Transport;
import io.aeromesh.spi.TransportContext;
import io.aeromesh.spi.TransportProvider;
import java.util.Set;

/**
 * Another provider, whose latest edge it shows: so a benchmark fills and drains the lanes of a node that it does not
 * run, after that node has greeted its neighbour and exchanged routes with it.
 * <p>
 * <b>Threading:</b> one thread, which runs the node.
 */
final class EdgeTap implements TransportProvider
{
    private final TransportProvider provider;
    private Edge edge;

    EdgeTap(final TransportProvider provider)
    {
        this.provider = provider;
    }

    Edge edge()
    {
        return edge;
    }

    @Override
    public String scheme()
    {
        return provider.scheme();
    }

    @Override
    public Set<Capability> capabilities(final EdgeConfig config)
    {
        return provider.capabilities(config);
    }

    @Override
    public EdgeConfig parse(final EdgeUri uri)
    {
        return provider.parse(uri);
    }

    @Override
    public Transport open(final TransportContext context)
    {
        final Transport transport = provider.open(context);
        return new Transport()
        {
            @Override
            public Medium attach(final EdgeConfig config)
            {
                return new TappedMedium(transport.attach(config));
            }

            @Override
            public int doWork(final long nowNs)
            {
                return transport.doWork(nowNs);
            }

            @Override
            public void close()
            {
                transport.close();
            }
        };
    }

    /** Passes its own self on as the medium, by which the node finds the edge again. */
    private final class TappedMedium implements Medium, EdgeListener
    {
        private final Medium medium;
        private EdgeListener listener;

        TappedMedium(final Medium medium)
        {
            this.medium = medium;
        }

        @Override
        public EdgeConfig config()
        {
            return medium.config();
        }

        @Override
        public int doWork(final long nowNs, final EdgeListener newListener)
        {
            listener = newListener;
            return medium.doWork(nowNs, this);
        }

        @Override
        public void close()
        {
            medium.close();
        }

        @Override
        public void onEdgeUp(final Medium from, final Edge newEdge)
        {
            edge = newEdge;
            listener.onEdgeUp(this, newEdge);
        }

        @Override
        public void onEdgeDown(final Medium from, final Edge oldEdge, final String reason)
        {
            listener.onEdgeDown(this, oldEdge, reason);
        }

        @Override
        public void onMediumError(final Medium from, final Throwable error)
        {
            listener.onMediumError(this, error);
        }
    }
}
