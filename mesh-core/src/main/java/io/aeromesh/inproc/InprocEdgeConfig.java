package io.aeromesh.inproc;

import io.aeromesh.ring.LinkUri;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.EdgeUri;
import java.util.Set;

/**
 * An edge between two threads of this JVM: {@code inproc:LINK?peer=gateway|data-length=65536|control-length=16384}.
 *
 * @param options       common to all edges.
 * @param link          name that both ends use, 1 to 64 characters of {@code A-Z a-z 0-9 . _ -}.
 * @param dataLength    of the ring for data, each way, in bytes; a power of two.
 * @param controlLength of the ring for control, each way, in bytes; a power of two.
 */
public record InprocEdgeConfig(EdgeOptions options, String link, int dataLength, int controlLength)
    implements EdgeConfig
{
    /** URI scheme. */
    public static final String SCHEME = "inproc";
    /** Default of {@link #dataLength()}, in bytes. */
    public static final int DATA_LENGTH_DEFAULT = 64 * 1024;
    /** Default of {@link #controlLength()}, in bytes. */
    public static final int CONTROL_LENGTH_DEFAULT = 16 * 1024;

    /**
     * Validates.
     */
    public InprocEdgeConfig
    {
        LinkUri.checkLink(link);
        LinkUri.checkLength("dataLength", dataLength);
        LinkUri.checkLength("controlLength", controlLength);
    }

    /**
     * With default options and rings of default lengths.
     */
    public static InprocEdgeConfig link(final String link)
    {
        return new InprocEdgeConfig(EdgeOptions.DEFAULT, link, DATA_LENGTH_DEFAULT, CONTROL_LENGTH_DEFAULT);
    }

    @Override
    public String scheme()
    {
        return SCHEME;
    }

    @Override
    public String toUri()
    {
        return new LinkUri(SCHEME, link, options)
            .param(LinkUri.DATA_LENGTH_PARAM, dataLength, DATA_LENGTH_DEFAULT)
            .param(LinkUri.CONTROL_LENGTH_PARAM, controlLength, CONTROL_LENGTH_DEFAULT)
            .toString();
    }

    static InprocEdgeConfig from(final EdgeUri uri)
    {
        uri.allowOnly(Set.of(LinkUri.DATA_LENGTH_PARAM, LinkUri.CONTROL_LENGTH_PARAM));
        return new InprocEdgeConfig(
            EdgeOptions.from(uri),
            LinkUri.link(uri),
            LinkUri.length(uri, LinkUri.DATA_LENGTH_PARAM, DATA_LENGTH_DEFAULT),
            LinkUri.length(uri, LinkUri.CONTROL_LENGTH_PARAM, CONTROL_LENGTH_DEFAULT));
    }
}
