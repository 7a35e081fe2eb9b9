package io.aeromesh.aeron;

import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.EdgeUri;
import java.util.HashSet;
import java.util.Set;

/**
 * An edge over UDP to one neighbour: {@code aeron:udp?endpoint=hostA:40100|remote=hostB:40100|peer=B}. Immutable.
 * <p>
 * Host names are resolved by the media driver, again when a connection is lost. Where the node's own thread runs the
 * driver, a slow name service holds the node up: addresses are better there.
 *
 * @param endpoint     where this end receives, {@code host:port} of a local address.
 * @param remote       where the peer receives, {@code host:port}.
 * @param remoteStream stream at which the peer receives.
 * @param aeron        driver, stream at which this end receives, and lengths.
 * @param options      of every edge.
 */
public record AeronUdpEdgeConfig(
    String endpoint, String remote, int remoteStream, AeronOptions aeron, EdgeOptions options)
    implements AeronEdgeConfig
{
    static final String PATH = "udp";
    static final String ENDPOINT = "endpoint";
    private static final String REMOTE = "remote";
    private static final String REMOTE_STREAM = "remote-stream";

    /**
     * Validates.
     */
    public AeronUdpEdgeConfig
    {
        HostPort.parse(ENDPOINT, endpoint);
        HostPort.parse(REMOTE, remote);
        if (remoteStream < 1 || remoteStream > AeronOptions.STREAM_MAX)
        {
            throw AeronOptions.bad(REMOTE_STREAM, remoteStream, "an integer from 1 to " + AeronOptions.STREAM_MAX);
        }
    }

    static AeronUdpEdgeConfig from(final EdgeUri uri)
    {
        final Set<String> allowed = new HashSet<>(AeronOptions.PARAMS);
        allowed.add(ENDPOINT);
        allowed.add(REMOTE);
        allowed.add(REMOTE_STREAM);
        uri.allowOnly(allowed);
        final AeronOptions aeron = AeronOptions.from(uri, DriverMode.EMBEDDED);
        return new AeronUdpEdgeConfig(uri.param(ENDPOINT, ""), uri.param(REMOTE, ""),
            uri.intParam(REMOTE_STREAM, aeron.stream(), 1, AeronOptions.STREAM_MAX), aeron, EdgeOptions.from(uri));
    }

    @Override
    public String toUri()
    {
        final UriText uri = new UriText(SCHEME + ":" + PATH).param(ENDPOINT, endpoint).param(REMOTE, remote);
        aeron.appendTo(uri);
        if (remoteStream != aeron.stream())
        {
            uri.param(REMOTE_STREAM, Integer.toString(remoteStream));
        }
        return uri.options(options).toString();
    }
}
