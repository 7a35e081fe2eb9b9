package io.aeromesh.shm;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/**
 * What one end of a link says of itself, expects of the other, and answers when they differ.
 * <p>
 * <b>Threading:</b> any thread; immutable.
 */
final class LinkTerms
{
    private final String nodeName;
    private final ShmEdgeConfig config;
    private final ShmDirectory directory;
    private final PeerUsers peers;
    private final LinkId linkId;

    LinkTerms(
        final String nodeName, final ShmEdgeConfig config, final ShmDirectory directory, final PeerUsers peers)
    {
        this.peers = peers;
        this.nodeName = nodeName;
        this.config = config;
        this.directory = directory;
        this.linkId = LinkId.of(config.link());
    }

    String link()
    {
        return config.link();
    }

    int controlLength()
    {
        return config.controlLength();
    }

    int dataLength()
    {
        return config.dataLength();
    }

    /**
     * How many may be joined with the listening end at once.
     */
    int peersMax()
    {
        return config.peersMax();
    }

    /**
     * Whether this end listens for many.
     */
    boolean isForMany()
    {
        return config.side() == ShmEdgeConfig.Side.LISTEN;
    }

    /**
     * Who may be at the other end.
     */
    PeerUsers peers()
    {
        return peers;
    }

    /**
     * Bytes of the rings' memory.
     */
    long ringLength()
    {
        return RingFile.length(config.controlLength(), config.dataLength());
    }

    String fileName()
    {
        return linkId.fileName();
    }

    Path socketPath()
    {
        return directory.file(linkId.fileName() + ShmDirectory.SOCKET_SUFFIX);
    }

    Path ringPath(final long generation)
    {
        return directory.file(linkId.fileName() + "." + LinkId.hex(generation) + ShmDirectory.RING_SUFFIX);
    }

    HandshakeMessage message(final HandshakeMessage.Type type, final long generation, final String otherName)
    {
        return new HandshakeMessage(
            type, config.controlLength(), config.dataLength(), linkId, generation, nodeName, otherName);
    }

    /**
     * Whether the peer is configured as this end is.
     */
    boolean isMine(final HandshakeMessage peer)
    {
        return peer.linkId().equals(linkId) &&
            peer.controlLength() == config.controlLength() && peer.dataLength() == config.dataLength();
    }

    /**
     * The error for an answer that does not go on with the handshake.
     *
     * @param answer of the peer, or null when it was none.
     */
    MeshException refusal(final HandshakeMessage answer)
    {
        if (null == answer)
        {
            return violation("the peer");
        }

        switch (answer.type())
        {
            case REFUSE_TAKEN:
                return new MeshException(ErrorCode.LINK_TAKEN, place() + " joins '" + answer.name() + "' and '" +
                    answer.otherName() + "', so '" + nodeName + "' can not attach");

            case REFUSE_FULL:
                return new MeshException(ErrorCode.PLACE_FULL, place() + ": '" + answer.name() +
                    "' is joined with as many as it allows, " + ShmEdgeConfig.PEERS_MAX_PARAM);

            case REFUSE_MEMORY:
                return new MeshException(
                    ErrorCode.OUT_OF_SHARED_MEMORY,
                    place() + ": '" + answer.name() + "' could not make or map the rings");

            case REFUSE_USER:
                return new MeshException(ErrorCode.USER_REFUSED, place() + ": '" + answer.name() +
                    "' does not admit user '" + answer.otherName() + "', who runs this process");

            case REFUSE_CONFIG:
            case OFFER:
                return configRefusal(answer);

            default:
                return violation("'" + answer.name() + "', by an unexpected " + answer.type() + ",");
        }
    }

    /**
     * The error for a process of a user who is not admitted.
     */
    MeshException userRefusal(final UserPrincipal user)
    {
        return new MeshException(ErrorCode.USER_REFUSED, place() + ": the other end runs as user '" + user.getName() +
            "', admitted " + (peers.users().size() == 1 ? "is " : "are ") + peers);
    }

    /**
     * The error for a peer that is configured differently.
     */
    MeshException configRefusal(final HandshakeMessage peer)
    {
        return new MeshException(ErrorCode.EDGE_REFUSED, place() + ": '" +
            peer.name() + "' has dataLength=" + peer.dataLength() + ", controlLength=" + peer.controlLength() +
            ", link id=" + peer.linkId().fileName() + ", '" + nodeName + "' has dataLength=" +
            config.dataLength() + ", controlLength=" + config.controlLength() + ", link id=" + linkId.fileName());
    }

    /**
     * The error for bytes that are no message, or not one of now.
     */
    MeshException violation(final String who)
    {
        return new MeshException(ErrorCode.PROTOCOL_VIOLATION, place() + ": " + who + " speaks no known version");
    }

    private String place()
    {
        return "link '" + config.link() + "' in " + directory;
    }
}
