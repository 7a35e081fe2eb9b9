package io.aeromesh.shm;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.Users;
import io.aeromesh.ring.LinkUri;
import io.aeromesh.spi.EdgeConfig;
import io.aeromesh.spi.EdgeOptions;
import io.aeromesh.spi.EdgeUri;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * An edge between two processes of this host:
 * {@code shm:LINK?peer=gateway|data-length=1048576|control-length=65536|dir=/path}; or between one that listens and
 * many that connect: {@code shm:LINK?side=listen|peers-max=64} and {@code shm:LINK?side=connect}; between a node and
 * contexts that other users run: {@code shm:LINK?side=listen|users=bob,1005|dir=/path} and
 * {@code shm:LINK?side=connect|users=alice|dir=/path}.
 *
 * @param options       common to all edges.
 * @param link          name that both ends use, 1 to 64 characters of {@code A-Z a-z 0-9 . _ -}.
 * @param directory     for the link's files, the same at both ends; null: the base directory of the node.
 * @param dataLength    of the ring for data, each way, in bytes; a power of two.
 * @param controlLength of the ring for control, each way, in bytes; a power of two.
 * @param side          of this end.
 * @param peersMax      that may be joined with an end that listens, at once; else 1.
 * @param users         other users, by name or uid, of whom alone a process may be at the other end; none: this user.
 */
public record ShmEdgeConfig(
    EdgeOptions options,
    String link,
    Path directory,
    int dataLength,
    int controlLength,
    Side side,
    int peersMax,
    List<String> users)
    implements EdgeConfig
{
    /**
     * Who makes the rings.
     */
    public enum Side
    {
        /** Whichever end is first. */
        EITHER,
        /** This one, for as many as connect. */
        LISTEN,
        /** The other one. */
        CONNECT
    }

    /** URI parameter for {@link #side()}. */
    public static final String SIDE_PARAM = "side";
    /** URI parameter for {@link #peersMax()}. */
    public static final String PEERS_MAX_PARAM = "peers-max";
    /** URI parameter for {@link #users()}, separated by commas. */
    public static final String USERS_PARAM = "users";
    /** Most of {@link #peersMax()}. */
    public static final int PEERS_MAX_LIMIT = 4096;
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
        Objects.requireNonNull(side, "side");
        if (peersMax < 1 || peersMax > PEERS_MAX_LIMIT || side != Side.LISTEN && peersMax != 1)
        {
            throw new MeshException(ErrorCode.BAD_EDGE_CONFIG, "peersMax is " + peersMax + " with side " + side +
                ", allowed is 1 to " + PEERS_MAX_LIMIT + " with side LISTEN, else 1");
        }
        users = List.copyOf(users);
        users.forEach(Users::validate);
        if (!users.isEmpty() && (null == directory || side == Side.EITHER || side == Side.CONNECT && users.size() > 1))
        {
            throw new MeshException(ErrorCode.BAD_EDGE_CONFIG, "users are " + users + " with side " + side +
                " and directory " + directory + ", need a directory, and side LISTEN, or CONNECT to one user");
        }
    }

    /**
     * Between two, of whom whichever is first makes the rings.
     */
    public ShmEdgeConfig(
        final EdgeOptions options,
        final String link,
        final Path directory,
        final int dataLength,
        final int controlLength)
    {
        this(options, link, directory, dataLength, controlLength, Side.EITHER, 1, List.of());
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
            .param(SIDE_PARAM, text(side), text(Side.EITHER))
            .param(PEERS_MAX_PARAM, peersMax, 1)
            .param(USERS_PARAM, String.join(",", users), "")
            .param(DIRECTORY_PARAM, null == directory ? "" : directory.toString(), "")
            .toString();
    }

    static ShmEdgeConfig from(final EdgeUri uri)
    {
        uri.allowOnly(Set.of(LinkUri.DATA_LENGTH_PARAM, LinkUri.CONTROL_LENGTH_PARAM, DIRECTORY_PARAM, SIDE_PARAM,
            PEERS_MAX_PARAM, USERS_PARAM));
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
            LinkUri.length(uri, LinkUri.CONTROL_LENGTH_PARAM, CONTROL_LENGTH_DEFAULT),
            side(uri),
            uri.intParam(PEERS_MAX_PARAM, 1, 1, PEERS_MAX_LIMIT),
            uri.params().containsKey(USERS_PARAM) ? List.of(uri.params().get(USERS_PARAM).split(",", -1)) : List.of());
    }

    private static Side side(final EdgeUri uri)
    {
        final String text = uri.params().getOrDefault(SIDE_PARAM, text(Side.EITHER));
        for (final Side side : Side.values())
        {
            if (text(side).equals(text))
            {
                return side;
            }
        }
        throw uri.bad(SIDE_PARAM, text, "either, listen or connect");
    }

    private static String text(final Side side)
    {
        return side.name().toLowerCase(Locale.ROOT);
    }
}
