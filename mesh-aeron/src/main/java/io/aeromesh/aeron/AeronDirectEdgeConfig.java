package io.aeromesh.aeron;

import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.EdgeUri;
import java.util.HashSet;
import java.util.Set;

/**
 * Where nodes that are not neighbours reach this one over UDP: {@code aeron:udp?direct=hostA:40200}. Immutable. Each
 * peer gets a stream of its own there, of these lengths.
 *
 * @param direct  {@code host:port} of a local address at which the peers reach this node; it is told to them.
 * @param aeron   driver and lengths; stream ids are drawn.
 * @param options name alone: the place has no peer and no cost.
 */
public record AeronDirectEdgeConfig(String direct, AeronOptions aeron, EdgeOptions options) implements AeronEdgeConfig
{
    /** Longest {@link #direct()}, in characters: it is told in a control packet. */
    public static final int DIRECT_LENGTH_MAX = 200;

    static final String DIRECT = "direct";

    /**
     * Validates.
     */
    public AeronDirectEdgeConfig
    {
        if (HostPort.parse(DIRECT, direct).isWildcard() || direct.length() > DIRECT_LENGTH_MAX)
        {
            throw AeronOptions.bad(DIRECT, direct,
                "an address that peers can reach, of at most " + DIRECT_LENGTH_MAX + " characters");
        }
        if (aeron.stream() != AeronOptions.STREAM_DEFAULT)
        {
            throw AeronOptions.bad(AeronOptions.STREAM, aeron.stream(), "none: one is drawn for each peer");
        }
        options.requireNameAlone();
    }

    static AeronDirectEdgeConfig from(final EdgeUri uri)
    {
        final Set<String> allowed = new HashSet<>(AeronOptions.PARAMS);
        allowed.add(DIRECT);
        uri.allowOnly(allowed);
        return new AeronDirectEdgeConfig(
            uri.param(DIRECT, ""), AeronOptions.from(uri, DriverMode.EMBEDDED), EdgeOptions.from(uri));
    }

    @Override
    public String toUri()
    {
        final UriText uri = new UriText(SCHEME + ":" + AeronUdpEdgeConfig.PATH).param(DIRECT, direct);
        aeron.appendTo(uri);
        return uri.options(options).toString();
    }
}
