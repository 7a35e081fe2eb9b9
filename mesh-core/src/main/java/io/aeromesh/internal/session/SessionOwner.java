package io.aeromesh.internal.session;

import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.SessionReport.Outcome;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.Waiter;
import io.aeromesh.protocol.codec.ChannelKind;

/**
 * The agent's side of a channel end, which owns one session (proxy) or one for each member (broadcast).
 */
interface SessionOwner
{
    String channelName();

    ChannelKind kind();

    long schemaFingerprint();

    int windowLength();

    /**
     * The end's thread, if it may wait for what this node's agent brings; or null.
     */
    Waiter waiter();

    /**
     * Session id under which the stream is broadcast; 0 for a proxy channel.
     */
    long streamId();

    /**
     * Whether the peer can be owed something from now on; else it is asked once more.
     */
    boolean admits(Session session);

    /**
     * The peer's end is known: makes the sending half, which fixes where this end's stream starts for it.
     *
     * @return null when there is no room for another peer.
     */
    Outbound newOutbound(Session session, boolean wantsRetained);

    /**
     * The peer's stream has a place to go.
     */
    void onReady(Session session);

    void onConnected(Session session);

    /**
     * The peer has consumed more.
     */
    void onConsumed(Session session);

    void onEnded(Session session, EndReason reason, Outcome outcome);

    void onRejected(Session session, MeshException error);
}
