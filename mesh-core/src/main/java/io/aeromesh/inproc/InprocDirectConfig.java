package io.aeromesh.inproc;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.ring.LinkUri;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.EdgeUri;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where nodes of this JVM reach a node that is not their neighbour: {@code inproc:?direct=PLACE}. Nodes of one JVM
 * share memory, which is better; this is for those that are told not to, and for simulations.
 *
 * @param options name alone: the place has no peer and no cost.
 * @param place   for people, 1 to 20 characters of {@code A-Z a-z 0-9 . _ -}.
 */
public record InprocDirectConfig(EdgeOptions options, String place) implements EdgeConfig
{
    /** URI parameter for {@link #place()}. */
    static final String DIRECT_PARAM = "direct";

    private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9._-]{1,20}");

    /**
     * Validates.
     */
    public InprocDirectConfig
    {
        if (!PLACE.matcher(place).matches())
        {
            throw new MeshException(ErrorCode.BAD_EDGE_CONFIG,
                DIRECT_PARAM + " is '" + place + "', allowed are 1 to 20 characters of A-Z a-z 0-9 . _ -");
        }
        options.requireNameAlone();
    }

    @Override
    public String scheme()
    {
        return InprocEdgeConfig.SCHEME;
    }

    @Override
    public String toUri()
    {
        return new LinkUri(InprocEdgeConfig.SCHEME, "", options).param(DIRECT_PARAM, place, "").toString();
    }

    static InprocDirectConfig from(final EdgeUri uri)
    {
        uri.allowOnly(Set.of(DIRECT_PARAM));
        if (!uri.path().isEmpty())
        {
            throw uri.bad("path", uri.path(), "none beside " + DIRECT_PARAM);
        }
        return new InprocDirectConfig(EdgeOptions.from(uri), uri.param(DIRECT_PARAM, ""));
    }
}
