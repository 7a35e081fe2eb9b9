package io.aeromesh.internal.session;

import io.aeromesh.internal.link.Link;

/**
 * The direct stream to one other node, which all sessions with it share: made for the first that uses it, ended after
 * the last, once that one's goodbye has gone out.
 * <p>
 * <b>Threading:</b> agent thread only.
 */
final class PeerStream
{
    private final long peerId;
    private final String peer;
    private String ownAddress = "";
    private String joinedAddress = "";
    private int users;
    private Link link;

    PeerStream(final long peerId, final String peer)
    {
        this.peerId = peerId;
        this.peer = peer;
    }

    /**
     * Where the peer reaches this node, the same for as long as there is a place for it; empty: nowhere.
     */
    String ownAddress(final StreamJoiner joiner)
    {
        if (ownAddress.isEmpty())
        {
            ownAddress = joiner.newAddress();
        }
        return ownAddress;
    }

    /**
     * One more session uses the stream.
     *
     * @throws io.aeromesh.error.MeshException saying why it can not be made; the session does not use it then.
     */
    void acquire(final StreamJoiner joiner, final String peerAddress)
    {
        if (!peerAddress.equals(joinedAddress))
        {
            joinedAddress = ""; // the older stream ends also when the new one can not be
            joiner.join(peerId, peer, ownAddress(joiner), peerAddress);
            joinedAddress = peerAddress;
        }
        users++;
    }

    void release()
    {
        users--;
    }

    boolean isUnused()
    {
        return users == 0;
    }

    boolean isJoined()
    {
        return !joinedAddress.isEmpty();
    }

    void leave(final StreamJoiner joiner)
    {
        joinedAddress = "";
        joiner.leave(peerId); // which ends the link, and what was under way along it may be lost
    }

    /**
     * This node has another place where it is reached, or none: the stream has ended, and the address with it.
     */
    void onPlaceChanged()
    {
        ownAddress = "";
        joinedAddress = "";
        link = null;
    }

    /**
     * The stream while it is up, else null.
     */
    Link link()
    {
        return link;
    }

    void link(final Link newLink)
    {
        link = newLink;
    }
}
