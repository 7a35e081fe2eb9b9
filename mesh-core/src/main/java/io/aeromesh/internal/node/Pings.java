package io.aeromesh.internal.node;

import io.aeromesh.PingReport;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.routing.RoutingTable;
import io.aeromesh.internal.session.ControlSender;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.codec.PingEncoder;
import io.aeromesh.protocol.codec.PongDecoder;
import io.aeromesh.protocol.codec.PongEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures the way to a node hop by hop: a ping that may make one hop, one that may make two, and so on; each is
 * answered where it ends. Pings are not state and may be lost, for one because a node does not know its way back to a
 * node that has just come; so each is sent again until it is answered, up to a bound. Agent thread.
 */
final class Pings
{
    private static final long HOP_BOUND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int WAITING_MAX = 64;

    private final ControlSender sender;
    private final RoutingTable routes;
    private final byte[] selfName;
    private final int hopLimit;
    private final PingEncoder ping = new PingEncoder();
    private final PongEncoder pong = new PongEncoder();
    private final List<Waiting> waiting = new ArrayList<>();
    private long nextCorrelationId;

    private static final class Waiting
    {
        final String destination;
        final long destinationId;
        final PendingReply<PingReport> reply;
        final List<PingReport.Hop> hops = new ArrayList<>();
        long correlationId;
        long sentNs;
        long deadlineNs;
        boolean due = true;

        Waiting(final String destination, final long nowNs, final PendingReply<PingReport> reply)
        {
            this.destination = destination;
            this.reply = reply;
            destinationId = NodeIds.idOf(destination);
            deadlineNs = nowNs + HOP_BOUND_NS;
        }
    }

    Pings(final ControlSender sender, final RoutingTable routes, final byte[] selfName, final int hopLimit)
    {
        this.sender = sender;
        this.routes = routes;
        this.selfName = selfName;
        this.hopLimit = hopLimit;
    }

    void start(final String destination, final long nowNs, final PendingReply<PingReport> reply)
    {
        if (waiting.size() >= WAITING_MAX)
        {
            reply.fail(new MeshException(ErrorCode.TABLE_FULL, "pings under way, limit=" + WAITING_MAX));
            return;
        }
        waiting.add(new Waiting(destination, nowNs, reply));
    }

    boolean isWaiting()
    {
        return !waiting.isEmpty();
    }

    int doWork(final long nowNs)
    {
        int work = 0;
        for (int i = waiting.size() - 1; i >= 0; i--)
        {
            final Waiting one = waiting.get(i);
            if (one.due || nowNs - one.sentNs >= AGAIN_NS)
            {
                work += send(one, nowNs);
            }
            if (nowNs - one.deadlineNs >= 0)
            {
                waiting.remove(i);
                one.reply.complete(new PingReport(one.destination, List.copyOf(one.hops)));
                work++;
            }
        }
        return work;
    }

    private int send(final Waiting one, final long nowNs)
    {
        final int hop = one.hops.size() + 1;
        if (!sender.begin(routes.route(one.destinationId), one.destinationId, PingEncoder.BLOCK_LENGTH, hop))
        {
            return 0;
        }
        if (one.due)
        {
            one.deadlineNs = nowNs + HOP_BOUND_NS;
        }
        one.correlationId = ++nextCorrelationId;
        ping.wrapAndApplyHeader(sender.buffer(), sender.offset(), sender.messageHeader())
            .correlationId(one.correlationId)
            .hop((short)hop);
        sender.commit();
        one.due = false;
        one.sentNs = nowNs;
        return 1;
    }

    /**
     * A ping ended here.
     */
    void answer(final long sourceId, final long correlationId, final short hop, final String edgeName)
    {
        final byte[] edge = edgeName.getBytes(StandardCharsets.UTF_8);
        final int length = PongEncoder.BLOCK_LENGTH + PongEncoder.nameHeaderLength() + selfName.length +
            PongEncoder.edgeNameHeaderLength() + edge.length;
        if (sender.begin(routes.route(sourceId), sourceId, length))
        {
            pong.wrapAndApplyHeader(sender.buffer(), sender.offset(), sender.messageHeader())
                .correlationId(correlationId)
                .hop(hop)
                .putName(selfName, 0, selfName.length)
                .putEdgeName(edge, 0, edge.length);
            sender.commit();
        }
    }

    void onPong(final PongDecoder answer, final long nowNs)
    {
        final long correlationId = answer.correlationId();
        final String name = answer.name();
        final String edge = answer.edgeName();
        for (int i = 0; i < waiting.size(); i++)
        {
            final Waiting one = waiting.get(i);
            if (!one.due && one.correlationId == correlationId)
            {
                one.hops.add(new PingReport.Hop(name, edge, nowNs - one.sentNs));
                one.due = true;
                one.deadlineNs = nowNs + HOP_BOUND_NS;
                if (name.equals(one.destination) || one.hops.size() >= hopLimit)
                {
                    waiting.remove(i);
                    one.reply.complete(new PingReport(one.destination, List.copyOf(one.hops)));
                }
                return;
            }
        }
    }
}
