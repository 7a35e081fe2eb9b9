package io.aeromesh.aeron;

import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.EdgeUri;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A place that any node of the mesh may join by its address, over UDP, and that joins others:
 * {@code aeron:udp?listen=hostA:40300} and {@code aeron:udp?join=hostA:40300}. Immutable. Each neighbour has streams of
 * its own, of these lengths.
 *
 * @param listen   {@code host:port} of a local address at which others reach this node; it is told to them. Empty: the
 *                 local address from which the first of {@code join} is reached, and a free port.
 * @param join     {@code host:port} of places that are dialled at first; several are separated by commas in a URI.
 * @param edgesMax neighbours at most.
 * @param discover {@code address:port} of a multicast group in which places of one network announce themselves and hear
 *                 of each other; empty: they do not, and nothing is sent.
 * @param aeron    driver and lengths; its stream is that of the door, the same at all places of a mesh.
 * @param options  name and cost; a place has no single peer.
 */
public record AeronPlaceEdgeConfig(
    String listen, List<String> join, int edgesMax, String discover, AeronOptions aeron, EdgeOptions options)
    implements AeronEdgeConfig
{
    /** Neighbours of a place when no bound is given. */
    public static final int EDGES_MAX_DEFAULT = 32;
    /** Highest {@link #edgesMax()}. */
    public static final int EDGES_MAX_LIMIT = 1024;
    /** Most addresses in {@link #join()}. */
    public static final int JOIN_MAX = 16;

    static final String LISTEN = "listen";
    static final String JOIN = "join";
    static final String DISCOVER = "discover";
    private static final String EDGES_MAX = "edges-max";
    private static final String SEPARATOR = ",";

    /**
     * Validates.
     */
    public AeronPlaceEdgeConfig
    {
        join = List.copyOf(join);
        if (listen.isEmpty() && join.isEmpty())
        {
            throw AeronOptions.bad(LISTEN, listen, "host:port, or join=host:port, or both");
        }
        if (!listen.isEmpty() && HostPort.parse(LISTEN, listen).isWildcard())
        {
            throw AeronOptions.bad(LISTEN, listen, "an address that other nodes can reach");
        }
        if (join.size() > JOIN_MAX)
        {
            throw AeronOptions.bad(JOIN, join.size() + " addresses", "at most " + JOIN_MAX);
        }
        for (final String address : join)
        {
            if (HostPort.parse(JOIN, address).isWildcard())
            {
                throw AeronOptions.bad(JOIN, address, "the address of another node");
            }
        }
        if (edgesMax < 1 || edgesMax > EDGES_MAX_LIMIT)
        {
            throw AeronOptions.bad(EDGES_MAX, edgesMax, "an integer from 1 to " + EDGES_MAX_LIMIT);
        }
        if (!discover.isEmpty() && !HostPort.parse(DISCOVER, discover).isMulticast())
        {
            throw AeronOptions.bad(DISCOVER, discover, "a multicast address in numbers, and a port");
        }
        if (!options.peer().isEmpty())
        {
            throw AeronOptions.bad(EdgeOptions.PEER_PARAM, options.peer(), "none, as many may join a place");
        }
    }

    static boolean isMeant(final EdgeUri uri)
    {
        return uri.params().containsKey(LISTEN) || uri.params().containsKey(JOIN);
    }

    static AeronPlaceEdgeConfig from(final EdgeUri uri)
    {
        final Set<String> allowed = new HashSet<>(AeronOptions.PARAMS);
        allowed.addAll(List.of(LISTEN, JOIN, EDGES_MAX, DISCOVER));
        uri.allowOnly(allowed);
        final String listen = uri.param(LISTEN, "");
        if (listen.isEmpty() && uri.params().containsKey(LISTEN))
        {
            throw uri.bad(LISTEN, "", "host:port; leave it out for a free port");
        }
        final List<String> join = uri.params().containsKey(JOIN) ?
            List.of(uri.param(JOIN, "").split(SEPARATOR, -1)) : new ArrayList<>();
        return new AeronPlaceEdgeConfig(listen, join,
            uri.intParam(EDGES_MAX, EDGES_MAX_DEFAULT, 1, EDGES_MAX_LIMIT), uri.param(DISCOVER, ""),
            AeronOptions.from(uri, DriverMode.EMBEDDED), EdgeOptions.from(uri));
    }

    @Override
    public String toUri()
    {
        final UriText uri = new UriText(SCHEME + ":" + AeronUdpEdgeConfig.PATH).paramUnlessEmpty(LISTEN, listen)
            .paramUnlessEmpty(JOIN, String.join(SEPARATOR, join)).paramUnlessEmpty(DISCOVER, discover);
        aeron.appendTo(uri);
        if (edgesMax != EDGES_MAX_DEFAULT)
        {
            uri.param(EDGES_MAX, Integer.toString(edgesMax));
        }
        return uri.options(options).toString();
    }
}
