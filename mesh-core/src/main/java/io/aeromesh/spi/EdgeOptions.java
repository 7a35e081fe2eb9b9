package io.aeromesh.spi;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.NodeIds;
import java.util.List;

/**
 * What all edges have, whatever their transport.
 *
 * @param name of the edge, unique in its node; empty: the URI is.
 * @param peer name of the only node that may be at the other end; empty: any.
 * @param cost of the edge for routing, at least 1; 0: half the measured round trip.
 */
public record EdgeOptions(String name, String peer, int cost)
{
    /** URI parameter for {@link #name()}. */
    public static final String NAME_PARAM = "name";
    /** URI parameter for {@link #peer()}. */
    public static final String PEER_PARAM = "peer";
    /** URI parameter for {@link #cost()}. */
    public static final String COST_PARAM = "cost";
    /** Highest {@link #cost()}. */
    public static final int COST_MAX = 1_000_000;
    /** Any peer, measured cost, name from the URI. */
    public static final EdgeOptions DEFAULT = new EdgeOptions("", "", 0);

    /**
     * Validates.
     */
    public EdgeOptions
    {
        if (cost < 0 || cost > COST_MAX)
        {
            throw new MeshException(ErrorCode.BAD_EDGE_CONFIG, "need 0 <= cost <= " + COST_MAX + ": cost=" + cost);
        }
        if (!peer.isEmpty())
        {
            NodeIds.validateNode(peer);
        }
    }

    /**
     * Refuses a peer and a cost: for a {@link DirectMedium}, which has neither.
     */
    public void requireNameAlone()
    {
        if (!peer.isEmpty() || cost != 0)
        {
            throw new MeshException(ErrorCode.BAD_EDGE_CONFIG, (peer.isEmpty() ? COST_PARAM + " is '" + cost :
                PEER_PARAM + " is '" + peer) + "', allowed is none where nodes are reached directly");
        }
    }

    /**
     * Takes the common parameters of a URI.
     */
    public static EdgeOptions from(final EdgeUri uri)
    {
        for (final String param : List.of(NAME_PARAM, PEER_PARAM))
        {
            if (uri.params().containsKey(param) && uri.param(param, "").isEmpty())
            {
                throw uri.bad(param, "", "a name; leave it out for the default");
            }
        }
        return new EdgeOptions(
            uri.param(NAME_PARAM, ""), uri.param(PEER_PARAM, ""), uri.intParam(COST_PARAM, 0, 0, COST_MAX));
    }
}
