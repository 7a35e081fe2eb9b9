package io.aeromesh.internal.node;

import io.aeromesh.internal.routing.RoutingTable;
import io.aeromesh.internal.session.ProxyReplies;
import io.aeromesh.os.HostPresence;
import io.aeromesh.protocol.codec.AckDecoder;
import io.aeromesh.protocol.codec.ArenaDecoder;
import io.aeromesh.protocol.codec.CloseDecoder;
import io.aeromesh.protocol.codec.DirectDecoder;
import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.protocol.codec.OpenDecoder;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;

/**
 * What a node does in the name of its contexts that are not there. Whoever sends to one that has died is told so; one
 * that lives and has no link, as just after this node has started, is waited for: when its link comes up, or the kernel
 * says that it is dead, this node's path is renewed, so that all who talk to its contexts ask again.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> for packets to contexts that are not there.
 */
final class AbsentContexts
{
    /** Nothing tells of the death of one that was never linked with this node. */
    private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int CONTEXTS_MAX = 1024;

    private final RoutingTable routes;
    private final HostPresence presence;
    private final ProxyReplies replies;
    private final LongHashSet dead = new LongHashSet();
    private final LongHashSet awaited = new LongHashSet();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OpenDecoder open = new OpenDecoder();
    private final CloseDecoder close = new CloseDecoder();
    private long nextLookNs;

    AbsentContexts(final RoutingTable routes, final HostPresence presence, final ProxyReplies replies)
    {
        this.routes = routes;
        this.presence = presence;
        this.replies = replies;
    }

    /**
     * A context has a link to this node.
     */
    void onUp(final long contextId)
    {
        dead.remove(contextId);
        awaited.remove(contextId);
    }

    /**
     * Takes DATA for one.
     */
    void onData(final long contextId, final long sourceId, final long sessionId)
    {
        if (isDead(contextId))
        {
            replies.reset(contextId, sourceId, sessionId);
        }
    }

    /**
     * Takes a message for one, whose shape was checked. An Open that answers none of its ends is not answered: it comes
     * again when the path is renewed.
     */
    void onMessage(
        final long contextId,
        final long sourceId,
        final long sessionId,
        final DirectBuffer buffer,
        final int offset,
        final int templateId)
    {
        switch (templateId)
        {
            case AckDecoder.TEMPLATE_ID, DirectDecoder.TEMPLATE_ID, ArenaDecoder.TEMPLATE_ID ->
                onData(contextId, sourceId, sessionId);
            case CloseDecoder.TEMPLATE_ID ->
            {
                if (isDead(contextId))
                {
                    final long closedEnd = close.wrapAndApplyHeader(buffer, offset, header).endId();
                    replies.closeAck(contextId, sourceId, closedEnd, sessionId);
                }
            }
            case OpenDecoder.TEMPLATE_ID ->
            {
                final long deadEnd = open.wrapAndApplyHeader(buffer, offset, header).peerEndId();
                if (deadEnd != 0)
                {
                    onData(contextId, sourceId, deadEnd);
                }
            }
            default ->
                {
                }
        }
    }

    private boolean isDead(final long contextId)
    {
        if (dead.contains(contextId))
        {
            return true;
        }
        if (awaited.contains(contextId) || isLinked(contextId))
        {
            return false; // asked lately; or silent, which is no death
        }
        if (dead.size() + awaited.size() >= CONTEXTS_MAX)
        {
            dead.clear(); // asked again when a packet comes
        }
        if (presence.isAlive(contextId))
        {
            awaited.add(contextId);
            return false;
        }
        dead.add(contextId);
        return true;
    }

    private boolean isLinked(final long contextId)
    {
        return routes.neighbours().stream().anyMatch(neighbour -> neighbour.nodeId() == contextId);
    }

    /**
     * Whether it looks from time to time whether somebody is dead.
     */
    boolean isWaiting()
    {
        return !awaited.isEmpty() || replies.isWaiting();
    }

    int doWork(final long nowNs)
    {
        int work = replies.doWork(routes);
        if (replies.takeOverflow())
        {
            routes.renewPath();
        }
        if (!awaited.isEmpty() && nowNs - nextLookNs >= 0)
        {
            nextLookNs = nowNs + LOOK_INTERVAL_NS;
            final int before = awaited.size();
            awaited.removeIf(id -> !presence.isAlive(id));
            if (awaited.size() < before)
            {
                routes.renewPath();
                work++;
            }
        }
        return work;
    }
}
