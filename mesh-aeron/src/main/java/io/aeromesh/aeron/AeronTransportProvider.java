package io.aeromesh.aeron;

import io.aeromesh.os.JvmFlags;
import io.aeromesh.spi.Capability;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.Transport;
import io.aeromesh.spi.TransportContext;
import io.aeromesh.spi.TransportProvider;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Edges over Aeron, scheme {@code aeron}: {@code aeron:ipc?...}, {@code aeron:udp?endpoint=...|remote=...} and
 * {@code aeron:udp?group=...}; a place that others join, {@code aeron:udp?listen=...|join=...}; with
 * {@code aeron:udp?direct=...} a place for direct streams. Immutable, any thread.
 */
public final class AeronTransportProvider implements TransportProvider
{
    private final DriverSettings settings;

    /**
     * With the settings that there are.
     */
    public AeronTransportProvider()
    {
        this(DriverSettings.DEFAULT);
    }

    AeronTransportProvider(final DriverSettings settings)
    {
        this.settings = settings;
    }

    @Override
    public String scheme()
    {
        return AeronEdgeConfig.SCHEME;
    }

    /**
     * Never {@link Capability#DEATH_NOTICE}: the media driver notices a dead peer by its silence, in 1 to 3 seconds.
     */
    @Override
    public Set<Capability> capabilities(final EdgeConfig config)
    {
        final Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        if (config instanceof AeronIpcEdgeConfig)
        {
            capabilities.add(Capability.SHARES_MEMORY);
        }
        else if (config instanceof AeronMulticastEdgeConfig || config instanceof AeronPlaceEdgeConfig)
        {
            capabilities.add(Capability.MANY_NEIGHBOURS);
        }
        return capabilities;
    }

    @Override
    public EdgeConfig parse(final EdgeUri uri)
    {
        if (!AeronEdgeConfig.SCHEME.equals(uri.scheme()))
        {
            throw uri.bad("scheme", uri.scheme(), AeronEdgeConfig.SCHEME);
        }

        return switch (uri.path())
        {
            case AeronIpcEdgeConfig.PATH -> AeronIpcEdgeConfig.from(uri);
            case AeronUdpEdgeConfig.PATH -> udp(uri);
            default -> throw uri.bad("path", uri.path(), "ipc or udp");
        };
    }

    private static EdgeConfig udp(final EdgeUri uri)
    {
        if (uri.params().containsKey(AeronMulticastEdgeConfig.GROUP))
        {
            return AeronMulticastEdgeConfig.from(uri);
        }
        if (uri.params().containsKey(AeronDirectEdgeConfig.DIRECT))
        {
            return AeronDirectEdgeConfig.from(uri);
        }
        return AeronPlaceEdgeConfig.isMeant(uri) ? AeronPlaceEdgeConfig.from(uri) : AeronUdpEdgeConfig.from(uri);
    }

    @Override
    public Transport open(final TransportContext context)
    {
        JvmFlags.requireOpen("Aeron", List.of("sun.nio.ch"));
        return new AeronTransport(context, settings);
    }
}
