package io.aeromesh.inproc;

import io.aeromesh.spi.Capability;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.Transport;
import io.aeromesh.spi.TransportContext;
import io.aeromesh.spi.TransportProvider;
import java.util.EnumSet;
import java.util.Set;

/**
 * Makes transports between threads of this JVM.
 * <p>
 * <b>Threading:</b> any thread; it has no state but its network, which is shared.
 */
public final class InprocTransportProvider implements TransportProvider
{
    private static final InprocNetwork PROCESS_WIDE = new InprocNetwork();

    private final InprocNetwork network;

    /**
     * On the one network of this process; for {@link java.util.ServiceLoader}.
     */
    public InprocTransportProvider()
    {
        this(PROCESS_WIDE);
    }

    /**
     * On a network of its own.
     *
     * @param network whose links the edges join.
     */
    public InprocTransportProvider(final InprocNetwork network)
    {
        this.network = network;
    }

    @Override
    public String scheme()
    {
        return InprocEdgeConfig.SCHEME;
    }

    @Override
    public Set<Capability> capabilities(final EdgeConfig config)
    {
        final Set<Capability> capabilities =
            EnumSet.of(Capability.SHARES_MEMORY, Capability.SAME_PROCESS, Capability.DEATH_NOTICE);
        if (config instanceof InprocPlaceConfig)
        {
            capabilities.add(Capability.MANY_NEIGHBOURS);
        }
        return capabilities;
    }

    @Override
    public EdgeConfig parse(final EdgeUri uri)
    {
        if (uri.params().containsKey(InprocPlaceConfig.LISTEN_PARAM))
        {
            return InprocPlaceConfig.from(uri);
        }
        return uri.params().containsKey(InprocDirectConfig.DIRECT_PARAM) ?
            InprocDirectConfig.from(uri) : InprocEdgeConfig.from(uri);
    }

    @Override
    public Transport open(final TransportContext context)
    {
        return new InprocTransport(network, context);
    }

    private record InprocTransport(InprocNetwork network, TransportContext context) implements Transport
    {
        @Override
        public Medium attach(final EdgeConfig config)
        {
            if (config instanceof InprocDirectConfig directConfig)
            {
                return new InprocDirectMedium(network, directConfig, context);
            }
            if (config instanceof InprocPlaceConfig placeConfig)
            {
                return new InprocPlaceMedium(network, placeConfig, this::link);
            }
            return link((InprocEdgeConfig)config);
        }

        private Medium link(final InprocEdgeConfig config)
        {
            return new InprocMedium(network.join(config, context.nodeName(), context.parking()), config);
        }

        @Override
        public int doWork(final long nowNs)
        {
            return 0;
        }

        @Override
        public void close()
        {
            // media own all there is
        }
    }
}
