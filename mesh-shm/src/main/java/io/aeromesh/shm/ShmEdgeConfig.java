package io.aeromesh.shm;

import io.aeromesh.ring.LinkUri;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.EdgeUri;
import java.nio.file.Path;
import java.util.Set;

/**
 * An edge between two processes of this host:
 * {@code shm:LINK?peer=gateway|data-length=1048576|control-length=65536|dir=/path}.
 *
 * @param options       common to all edges.
 * @param link          name that both ends use, 1 to 64 characters of {@code A-Z a-z 0-9 . _ -}.
 * @param directory     for the link's files, the same at both ends; null: the base directory of the node.
 * @param dataLength    of the ring for data, each way, in bytes; a power of two.
 * @param controlLength of the ring for control, each way, in bytes; a power of two.
 */
public record ShmEdgeConfig(EdgeOptions options, String link, Path directory, int dataLength, int controlLength)
    implements EdgeConfig
{
    /** URI scheme. */
    public static final String SCHEME = "shm";
    /** URI parameter for {@link #directory()}. */
    public static final String DIRECTORY_PARAM = "dir";
    /** Default of {@link #dataLength()}, in bytes. */
    public static final int DATA_LENGTH_DEFAULT = 1024 * 1024;
    /** Default of {@link #controlLength()}, in bytes. */
    public static final int CONTROL_LENGTH_DEFAULT = 64 * 1024;

    /**
     * Validates.
     */
    public ShmEdgeConfig
    {
        LinkUri.checkLink(link);
        LinkUri.checkLength("dataLength", dataLength);
        LinkUri.checkLength("controlLength", controlLength);
    }

    /**
     * With default options and lengths, in the base directory.
     */
    public static ShmEdgeConfig link(final String link)
    {
        return new ShmEdgeConfig(EdgeOptions.DEFAULT, link, null, DATA_LENGTH_DEFAULT, CONTROL_LENGTH_DEFAULT);
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
            .param(DIRECTORY_PARAM, null == directory ? "" : directory.toString(), "")
            .toString();
    }

    static ShmEdgeConfig from(final EdgeUri uri)
    {
        uri.allowOnly(Set.of(LinkUri.DATA_LENGTH_PARAM, LinkUri.CONTROL_LENGTH_PARAM, DIRECTORY_PARAM));
        final String directory = uri.params().get(DIRECTORY_PARAM);
        if (null != directory && (!directory.startsWith("/") || directory.indexOf('\0') >= 0))
        {
            throw uri.bad(DIRECTORY_PARAM, directory, "an absolute path");
        }
        return new ShmEdgeConfig(
            EdgeOptions.from(uri),
            LinkUri.link(uri),
            null == directory ? null : Path.of(directory),
            LinkUri.length(uri, LinkUri.DATA_LENGTH_PARAM, DATA_LENGTH_DEFAULT),
            LinkUri.length(uri, LinkUri.CONTROL_LENGTH_PARAM, CONTROL_LENGTH_DEFAULT));
    }
}
