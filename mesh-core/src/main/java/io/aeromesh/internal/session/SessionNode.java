package io.aeromesh.internal.session;

import io.aeromesh.error.MeshException;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.internal.link.NodeSelf;
import io.aeromesh.protocol.codec.CloseReason;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.status.NodeCounters;
import io.aeromesh.status.NodeStatus;
import java.util.List;

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
     * What is told to those who watch the node.
     */
    NodeStatus status();

    /**
     * The session has learnt its peer's end, by which notices name it.
     */
    void onPeerEnd(Session session);

    /**
     * The session has to learn its peer's end anew, and gets a fresh one itself.
     */
    void renew(Session session);

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
     * Memories of this node that it may share with others.
     */
    List<SharedMemory> memories();

    /**
     * What makes direct streams.
     */
    StreamJoiner streams();

    /**
     * The session's peer is on this host: its death is to be told.
     */
    void watch(Session session);

    /**
     * What wakes the agent of a watched peer, for one thread at a time; null when it can not be reached.
     */
    Runnable bell(Session session);

    /**
     * That node may hold memory of this one, or this one of it: its death is to be told, where it is on this host.
     */
    void watch(String name, long instanceHigh, long instanceLow);

    /**
     * Leases of this node.
     */
    NodeLeases leases();

    /**
     * Notes an error.
     */
    void report(MeshException error);

    /**
     * The thread that closes the node, or null.
     */
    Thread closer();

    /**
     * A closed end's shared memory is freed once its thread has let go.
     *
     * @param last session of it.
     */
    void letGo(PeerChannel channel, Session last);

    /**
     * No session uses the stream to a node now.
     */
    void onStreamUnused(Destination peer);

    /**
     * A channel end has no more to do with a node that the mesh has forgotten.
     */
    void onForgotten(Destination peer);
}
