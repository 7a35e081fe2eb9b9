package io.aeromesh.internal.session;

import io.aeromesh.internal.link.Link;
import io.aeromesh.internal.routing.Route;
import io.aeromesh.internal.routing.RoutingTable;
import io.aeromesh.protocol.codec.CloseAckEncoder;
import io.aeromesh.protocol.codec.ResetEncoder;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Answers of a node in the name of contexts that have died: what a reset and an acknowledged close would be from them.
 * Bounded; what finds no room is asked again when the path is renewed. Agent thread.
 */
public final class ProxyReplies
{
    private static final int LIMIT = 256;
    private static final long NO_CLOSE = 0;

    private final ControlSender sender;
    private final LongConsumer onNoWay;
    private final LongConsumer onTold;
    private final ResetEncoder reset = new ResetEncoder();
    private final CloseAckEncoder closeAck = new CloseAckEncoder();
    private final Set<Reply> replies = new LinkedHashSet<>();
    private boolean overflowed;

    /**
     * @param contextId in whose name.
     * @param sourceId  who is told.
     * @param closedEnd end of the one who is told, whose close is acknowledged; 0: a reset.
     * @param deadEnd   of the context.
     */
    private record Reply(long contextId, long sourceId, long closedEnd, long deadEnd)
    {
    }

    /**
     * @param sender  of control packets.
     * @param onNoWay told of those who can not be answered now.
     * @param onTold  told of those to whom a reset was sent, which may be lost with its way.
     */
    public ProxyReplies(final ControlSender sender, final LongConsumer onNoWay, final LongConsumer onTold)
    {
        this.sender = sender;
        this.onNoWay = onNoWay;
        this.onTold = onTold;
    }

    /**
     * Says that the end of a context is no more.
     */
    public void reset(final long contextId, final long sourceId, final long deadEnd)
    {
        add(new Reply(contextId, sourceId, NO_CLOSE, deadEnd));
    }

    /**
     * Acknowledges a close to a context that is no more.
     */
    public void closeAck(final long contextId, final long sourceId, final long closedEnd, final long deadEnd)
    {
        add(new Reply(contextId, sourceId, closedEnd, deadEnd));
    }

    private void add(final Reply reply)
    {
        if (replies.size() < LIMIT)
        {
            replies.add(reply);
        }
        else
        {
            overflowed |= !replies.contains(reply);
        }
    }

    /**
     * Whether something is to be said.
     */
    public boolean isWaiting()
    {
        return !replies.isEmpty();
    }

    /**
     * Whether something found no room since the last call; false as long as there is none.
     */
    public boolean takeOverflow()
    {
        final boolean isNow = overflowed && replies.isEmpty();
        overflowed &= !isNow;
        return isNow;
    }

    /**
     * Says what there is a way and room for.
     */
    public int doWork(final RoutingTable routes)
    {
        final int before = replies.size();
        if (before > 0)
        {
            replies.removeIf(reply -> send(reply, routes.route(reply.sourceId())));
        }
        return before - replies.size();
    }

    /**
     * @return whether nothing is left to do: one without a way is told to ask again when there is one.
     */
    private boolean send(final Reply reply, final Route route)
    {
        if (route == null || route.next() == null)
        {
            onNoWay.accept(reply.sourceId());
            return true;
        }
        final Link way = (Link)route.next().attachment();
        final boolean isReset = reply.closedEnd() == NO_CLOSE;
        final int length = isReset ? ResetEncoder.BLOCK_LENGTH : CloseAckEncoder.BLOCK_LENGTH;
        if (!sender.beginFor(reply.contextId(), way, reply.sourceId(), reply.closedEnd(), length))
        {
            return false;
        }
        if (isReset)
        {
            reset.wrapAndApplyHeader(sender.buffer(), sender.offset(), sender.messageHeader())
                .endId(reply.deadEnd())
                .died((short)1);
            onTold.accept(reply.sourceId());
        }
        else
        {
            closeAck.wrapAndApplyHeader(sender.buffer(), sender.offset(), sender.messageHeader())
                .endId(reply.deadEnd())
                .consumedPosition(0);
        }
        sender.commit();
        return true;
    }
}
