package io.aeromesh.inproc;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.ring.LinkUri;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.EdgeUri;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A place that nodes of this JVM join by its name: {@code inproc:?listen=PLACE|join=OTHER,ANOTHER}.
 *
 * @param options  name and cost; a place has no single peer.
 * @param listen   name of the place, 1 to 20 characters of {@code A-Z a-z 0-9 _ -}.
 * @param join     places that are dialled at first.
 * @param edgesMax neighbours at most.
 */
public record InprocPlaceConfig(EdgeOptions options, String listen, List<String> join, int edgesMax)
    implements EdgeConfig
{
    /** URI parameter for {@link #listen()}. */
    static final String LISTEN_PARAM = "listen";

    private static final String JOIN_PARAM = "join";
    private static final String EDGES_MAX_PARAM = "edges-max";
    private static final String SEPARATOR = ",";
    private static final int EDGES_MAX_DEFAULT = 32;
    private static final int EDGES_MAX_LIMIT = 1024;
    private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9_-]{1,20}");

    /**
     * Validates.
     */
    public InprocPlaceConfig
    {
        join = List.copyOf(join);
        checkPlace(LISTEN_PARAM, listen);
        join.forEach(place -> checkPlace(JOIN_PARAM, place));
        if (edgesMax < 1 || edgesMax > EDGES_MAX_LIMIT)
        {
            throw new MeshException(ErrorCode.BAD_EDGE_CONFIG,
                EDGES_MAX_PARAM + " is " + edgesMax + ", allowed is from 1 to " + EDGES_MAX_LIMIT);
        }
        if (!options.peer().isEmpty())
        {
            throw new MeshException(ErrorCode.BAD_EDGE_CONFIG, EdgeOptions.PEER_PARAM + " is '" + options.peer() +
                "', allowed is none, as many may join a place");
        }
    }

    static void checkPlace(final String part, final String place)
    {
        if (!PLACE.matcher(place).matches())
        {
            throw new MeshException(ErrorCode.BAD_EDGE_CONFIG,
                part + " is '" + place + "', allowed is 1 to 20 characters of A-Z a-z 0-9 _ -");
        }
    }

    @Override
    public String scheme()
    {
        return InprocEdgeConfig.SCHEME;
    }

    @Override
    public String toUri()
    {
        return new LinkUri(InprocEdgeConfig.SCHEME, "", options).param(LISTEN_PARAM, listen, "")
            .param(JOIN_PARAM, String.join(SEPARATOR, join), "")
            .param(EDGES_MAX_PARAM, edgesMax, EDGES_MAX_DEFAULT).toString();
    }

    static InprocPlaceConfig from(final EdgeUri uri)
    {
        uri.allowOnly(Set.of(LISTEN_PARAM, JOIN_PARAM, EDGES_MAX_PARAM));
        if (!uri.path().isEmpty())
        {
            throw uri.bad("path", uri.path(), "none beside " + LISTEN_PARAM);
        }
        final List<String> join = uri.params().containsKey(JOIN_PARAM) ?
            List.of(uri.param(JOIN_PARAM, "").split(SEPARATOR, -1)) : List.of();
        return new InprocPlaceConfig(EdgeOptions.from(uri), uri.param(LISTEN_PARAM, ""), join,
            uri.intParam(EDGES_MAX_PARAM, EDGES_MAX_DEFAULT, 1, EDGES_MAX_LIMIT));
    }
}
