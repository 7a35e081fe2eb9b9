package io.aeromesh.aeron;

import io.aeromesh.spi.DirectMedium;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.EdgeUri;
import io.aeromesh.spi.Medium;
import io.aeromesh.spi.TransportContext;
import java.util.Set;

/**
 * Makes edges over UDP for single peers, all received at one endpoint. An address is that endpoint with a stream id of
 * its own, so that no two peers meet there, and one who was not told the id meets nobody.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Owns:</b> nothing; the connection belongs to the transport.
 */
final class AeronDirectMedium implements DirectMedium
{
    /** Drawn ids are even, as a medium uses the next one too, and above those that people choose. */
    private static final int DRAWN_STREAM_MIN = 1 << 16;
    private static final String ADDRESS_FORM = "aeron:udp?direct=HOST:PORT|stream=NUMBER";

    private final AeronDirectEdgeConfig config;
    private final DriverConnection connection;
    private final TransportContext context;
    private int lastStream;

    AeronDirectMedium(
        final AeronDirectEdgeConfig config, final DriverConnection connection, final TransportContext context)
    {
        this.config = config;
        this.connection = connection;
        this.context = context;
        lastStream = (int)context.os().nextRandom() & AeronOptions.STREAM_MAX;
    }

    @Override
    public EdgeConfig config()
    {
        return config;
    }

    @Override
    public String newAddress()
    {
        lastStream = Math.max(DRAWN_STREAM_MIN, lastStream + 2 & AeronOptions.STREAM_MAX);
        return new UriText(AeronEdgeConfig.SCHEME + ":" + AeronUdpEdgeConfig.PATH)
            .param(AeronDirectEdgeConfig.DIRECT, config.direct())
            .param(AeronOptions.STREAM, Integer.toString(lastStream)).toString();
    }

    @Override
    public Medium join(final String peer, final String ownAddress, final String peerAddress)
    {
        final EdgeUri other = address(peerAddress);
        final AeronOptions own = config.aeron();
        final AeronUdpEdgeConfig edge = new AeronUdpEdgeConfig(
            config.direct(),
            other.param(AeronDirectEdgeConfig.DIRECT, ""),
            stream(other),
            new AeronOptions(own.driver(), own.dir(), stream(address(ownAddress)), own.termLength(), own.mtu()),
            new EdgeOptions("", peer, 0));
        DriverDirectories.checkSpace(
            connection.dir(), AeronTransport.lengthOf(edge), "direct stream to '" + peer + "'");
        return new AeronMedium(edge, connection, context);
    }

    private static EdgeUri address(final String text)
    {
        final EdgeUri uri = EdgeUri.parse(text);
        if (!AeronEdgeConfig.SCHEME.equals(uri.scheme()) || !AeronUdpEdgeConfig.PATH.equals(uri.path()) ||
            !Set.of(AeronDirectEdgeConfig.DIRECT, AeronOptions.STREAM).equals(uri.params().keySet()))
        {
            throw uri.bad("address", text, ADDRESS_FORM);
        }
        return uri;
    }

    private static int stream(final EdgeUri address)
    {
        return address.intParam(AeronOptions.STREAM, 0, 1, AeronOptions.STREAM_MAX);
    }
}
