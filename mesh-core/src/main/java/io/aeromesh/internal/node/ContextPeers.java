package io.aeromesh.internal.node;

import io.aeromesh.protocol.NodeIds;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongLongConsumer;

/**
 * Who has a session with a context of this node, by the control packets that were passed on to it: they are told at
 * once when it is dead. Whom it does not know asks when the path is renewed.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> for a context and a session that are new.
 */
final class ContextPeers
{
    /** Of one context. */
    private static final int SESSIONS_MAX = 256;
    private static final int CONTEXTS_MAX = 4096;

    private final Long2ObjectHashMap<Long2LongHashMap> peersByContext = new Long2ObjectHashMap<>();

    /**
     * A packet was passed on to a context.
     *
     * @param sourceId  who has sent it.
     * @param sessionId the context's end that it is for; 0: the sender does not know it yet.
     */
    void note(final long contextId, final long sourceId, final long sessionId)
    {
        if (sessionId == 0 || sourceId == NodeIds.NONE)
        {
            return;
        }
        Long2LongHashMap peers = peersByContext.get(contextId);
        if (peers == null)
        {
            if (peersByContext.size() >= CONTEXTS_MAX)
            {
                peersByContext.clear();
            }
            peers = new Long2LongHashMap(NodeIds.NONE);
            peersByContext.put(contextId, peers);
        }
        if (peers.get(sessionId) != sourceId)
        {
            if (peers.size() >= SESSIONS_MAX)
            {
                peers.clear(); // those of them that are not over come again with their next packet
            }
            peers.put(sessionId, sourceId);
        }
    }

    /**
     * That session is over.
     */
    void forget(final long contextId, final long sessionId)
    {
        final Long2LongHashMap peers = peersByContext.get(contextId);
        if (peers != null)
        {
            peers.remove(sessionId);
        }
    }

    /**
     * A context is dead: names each of its ends, with who is at the other one, and forgets them.
     */
    void takeAll(final long contextId, final LongLongConsumer endAndPeer)
    {
        final Long2LongHashMap peers = peersByContext.remove(contextId);
        if (peers != null)
        {
            peers.forEachLong(endAndPeer);
        }
    }
}
