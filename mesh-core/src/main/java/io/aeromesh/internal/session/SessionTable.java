package io.aeromesh.internal.session;

import io.aeromesh.protocol.NodeIds;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Sessions by the ids under which packets name them. Agent thread; no allocation in look-ups.
 */
final class SessionTable
{
    private final Long2ObjectHashMap<Session> byLocalEnd = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<Session> byPeerEnd = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<Session> byPeerStream = new Long2ObjectHashMap<>();

    void add(final Session session)
    {
        session.peer().sessions().add(session);
        byLocalEnd.put(session.localEnd(), session);
    }

    /**
     * Makes a session one with a context of its peer.
     */
    void move(final Session session, final Destination context)
    {
        session.peer().sessions().remove(session);
        session.peer(context);
        context.sessions().add(session);
    }

    void addPeerEnd(final Session session)
    {
        byPeerEnd.put(session.peerEnd(), session);
        final long streamId = session.peerStreamId();
        final Session known = byPeerStream.get(streamId);
        if (streamId != 0 && (known == null || known.peer().id() == session.peer().id()))
        {
            byPeerStream.put(streamId, session); // ids are random: one that another has is not chosen in good faith
        }
    }

    void remove(final Session session)
    {
        session.peer().sessions().remove(session);
        byLocalEnd.remove(session.localEnd());
        removePeerEnd(session);
    }

    private void removePeerEnd(final Session session)
    {
        // another peer may have claimed the same id since: that entry is not this session's
        if (byPeerEnd.get(session.peerEnd()) == session)
        {
            byPeerEnd.remove(session.peerEnd());
        }
        if (byPeerStream.get(session.peerStreamId()) == session)
        {
            byPeerStream.remove(session.peerStreamId());
        }
    }

    /**
     * The session of this end, if it is with that source.
     */
    Session local(final long localEnd, final long sourceId)
    {
        final Session session = byLocalEnd.get(localEnd);
        return session != null && session.peer().id() == sourceId ? session : null;
    }

    /**
     * Whether this end is there, with that source, its node or another context of it.
     */
    boolean isOfNode(final long localEnd, final long sourceId)
    {
        final Session session = byLocalEnd.get(localEnd);
        return session != null && NodeIds.nodeOf(session.peer().id()) == NodeIds.nodeOf(sourceId);
    }

    /**
     * The session whose peer has that end.
     */
    Session peer(final long peerEnd)
    {
        return byPeerEnd.get(peerEnd);
    }

    /**
     * The session with the member that broadcasts under that id, if it is that source.
     */
    Session stream(final long streamId, final long sourceId)
    {
        final Session session = byPeerStream.get(streamId);
        return session != null && session.peer().id() == sourceId ? session : null;
    }
}
