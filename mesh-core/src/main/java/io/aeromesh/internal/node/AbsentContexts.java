package io.aeromesh.internal.node;

import io.aeromesh.NodeConfig;
import io.aeromesh.internal.routing.RoutingTable;
import io.aeromesh.internal.session.ProxyReplies;
import io.aeromesh.os.HostPresence;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.codec.AckDecoder;
import io.aeromesh.protocol.codec.ArenaDecoder;
import io.aeromesh.protocol.codec.ChannelKind;
import io.aeromesh.protocol.codec.CloseAckDecoder;
import io.aeromesh.protocol.codec.CloseDecoder;
import io.aeromesh.protocol.codec.DirectDecoder;
import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.protocol.codec.OpenDecoder;
import io.aeromesh.protocol.codec.ResetDecoder;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;

/**
 * What a node does in the name of its contexts that are not there. When the kernel says that one is dead, those who had
 * sessions with it are told, and whoever still sends to it is told so; one that lives and has no link, as just after
 * this node has started, is waited for. When its link comes up, and a while after a death, this node's path is renewed,
 * so that all who talk to its contexts ask again: who was not known, or to whom the word was lost. That wakes all of
 * them, of all contexts, so it comes last, and once for those that die together.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> for packets to contexts that are not there.
 */
final class AbsentContexts
{
    /** Nothing tells of the death of one that was never linked with this node. */
    private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long RENEWAL_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int DEAD_MAX = 1024;
    /** As many as may be linked: none of those whose links end together is forgotten before it is known to be dead. */
    private static final int LINKED_MAX = NodeConfig.CONTEXTS_LIMIT;

    private final RoutingTable routes;
    private final HostPresence presence;
    private final ProxyReplies replies;
    private final LongConsumer onDied;
    private final ContextPeers peers = new ContextPeers();
    private final LongHashSet dead = new LongHashSet();
    private final LongHashSet awaited = new LongHashSet();
    /** Whom another user ran, oldest first: no lock of theirs is seen here, and their links tell but once. */
    private final Set<Long> ended = new LinkedHashSet<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OpenDecoder open = new OpenDecoder();
    private final CloseDecoder close = new CloseDecoder();
    private long nextLookNs;
    private boolean isLookDue;
    private long renewalNs;
    private boolean isRenewalDue;

    /**
     * @param onDied told of each that the kernel says is dead.
     */
    AbsentContexts(
        final RoutingTable routes,
        final HostPresence presence,
        final ProxyReplies replies,
        final LongConsumer onDied)
    {
        this.onDied = onDied;
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
        ended.remove(contextId);
    }

    /**
     * A link of a node is down. Whether it is a context that has died is asked soon, unless it has another: one that
     * was restarted while this node was stopped may be there before the end of its former link is found.
     *
     * @param hasEnded whether it is one of another user, and the link ended with its process.
     */
    void onDown(final long nodeId, final boolean hasEnded)
    {
        if (NodeIds.isContext(nodeId) && !isLinked(nodeId))
        {
            await(nodeId);
            isLookDue = true;
            if (hasEnded)
            {
                remember(nodeId);
            }
        }
    }

    private void remember(final long contextId)
    {
        if (ended.size() >= LINKED_MAX)
        {
            ended.remove(ended.iterator().next());
        }
        ended.add(contextId);
    }

    private void await(final long contextId)
    {
        if (awaited.size() < LINKED_MAX)
        {
            awaited.add(contextId);
        }
    }

    /**
     * A control packet was passed on to one that is there.
     *
     * @param templateId of its message.
     */
    void onPassedOn(final long contextId, final long sourceId, final long sessionId, final int templateId)
    {
        switch (templateId)
        {
            case CloseDecoder.TEMPLATE_ID, CloseAckDecoder.TEMPLATE_ID, ResetDecoder.TEMPLATE_ID ->
                peers.forget(contextId, sessionId);
            default -> peers.note(contextId, sourceId, sessionId);
        }
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
                open.wrapAndApplyHeader(buffer, offset, header);
                if (open.peerEndId() != 0)
                {
                    onData(contextId, sourceId, open.peerEndId());
                }
                else if (open.kind() == ChannelKind.BROADCAST)
                {
                    onData(contextId, sourceId, open.endId()); // it opens the channel anew when it comes back
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
        if (!hasDied(contextId))
        {
            await(contextId);
            return false;
        }
        return true;
    }

    private boolean isAlive(final long contextId)
    {
        return !ended.contains(contextId) && presence.isAlive(contextId);
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
        return !awaited.isEmpty() || isRenewalDue || replies.isWaiting();
    }

    int doWork(final long nowNs)
    {
        return isWaiting() ? settle(nowNs) : 0;
    }

    private int settle(final long nowNs)
    {
        if (!awaited.isEmpty() && (isLookDue || nowNs - nextLookNs >= 0))
        {
            isLookDue = false;
            nextLookNs = nowNs + LOOK_INTERVAL_NS;
            if (awaited.removeIf(this::hasDied) && !isRenewalDue)
            {
                isRenewalDue = true;
                renewalNs = nowNs + RENEWAL_NS;
            }
        }
        final int work = replies.doWork(routes);
        final boolean isTime = isRenewalDue && nowNs - renewalNs >= 0;
        if (isTime || replies.takeOverflow())
        {
            isRenewalDue &= !isTime;
            routes.renewPath();
        }
        return work;
    }

    private boolean hasDied(final long contextId)
    {
        final boolean isOver = !isAlive(contextId);
        if (isOver)
        {
            if (dead.size() >= DEAD_MAX)
            {
                dead.clear(); // asked again when a packet comes
            }
            dead.add(contextId);
            peers.takeAll(contextId, (end, peerId) -> replies.reset(contextId, peerId, end));
            onDied.accept(contextId);
        }
        return isOver;
    }
}
