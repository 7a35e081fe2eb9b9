package io.aeromesh.internal.session;

import io.aeromesh.internal.link.NodeSelf;
import io.aeromesh.protocol.codec.CloseReason;
import io.aeromesh.status.NodeCounters;

/**
 * What a session needs of its node.
 */
interface SessionNode
{
    NodeSelf self();

    int hopLimit();

    SessionPackets packets();

    NodeCounters counters();

    /**
     * The session has learnt its peer's end, by which notices name it.
     */
    void onPeerEnd(Session session);

    /**
     * The session has to learn its peer's end anew.
     */
    void onPeerEndGone(Session session);

    /**
     * The session takes no more packets.
     */
    void onEnded(Session session);

    /**
     * Starts a session with a fresh end.
     */
    Session newSession(SessionOwner owner, Destination peer, boolean wantsRetained);

    /**
     * Tells the peer that an ended session is over, until it has understood.
     */
    void closeLater(Session session, CloseReason reason);

    /**
     * Tells the peer that the channel takes no more members.
     */
    void rejectFull(Session session, long peerEnd);

    /**
     * A channel end has no more to do with a node that the mesh has forgotten.
     */
    void onForgotten(Destination peer);
}
