package io.aeromesh.inproc;

import io.aeromesh.spi.DirectMedium;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.TransportContext;
import java.util.regex.Pattern;

/**
 * Joins nodes of one JVM by links that are named by the two addresses.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Owns:</b> nothing.
 */
final class InprocDirectMedium implements DirectMedium
{
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9._-]{1,20}-[0-9a-f]{8}");

    private final InprocNetwork network;
    private final InprocDirectConfig config;
    private final TransportContext context;

    InprocDirectMedium(
        final InprocNetwork network, final InprocDirectConfig config, final TransportContext context)
    {
        this.network = network;
        this.config = config;
        this.context = context;
    }

    @Override
    public EdgeConfig config()
    {
        return config;
    }

    @Override
    public String newAddress()
    {
        return InprocEdgeConfig.SCHEME + ":?" + InprocDirectConfig.DIRECT_PARAM + "=" + config.place() +
            String.format("-%08x", (int)context.os().nextRandom());
    }

    @Override
    public Medium join(final String peer, final String ownAddress, final String peerAddress)
    {
        final String own = place(ownAddress);
        final String other = place(peerAddress);
        final String link = own.compareTo(other) < 0 ? own + "." + other : other + "." + own;
        final InprocEdgeConfig edge = new InprocEdgeConfig(new EdgeOptions("", peer, 0), link,
            InprocEdgeConfig.DATA_LENGTH_DEFAULT, InprocEdgeConfig.CONTROL_LENGTH_DEFAULT);
        return new InprocMedium(network.join(edge, context.nodeName(), context.parking()), edge);
    }

    private static String place(final String address)
    {
        final EdgeUri uri = EdgeUri.parse(address);
        final String place = uri.param(InprocDirectConfig.DIRECT_PARAM, "");
        if (!InprocEdgeConfig.SCHEME.equals(uri.scheme()) || !ADDRESS.matcher(place).matches())
        {
            throw uri.bad("address", address, "inproc:?direct=PLACE-number");
        }
        return place;
    }
}
