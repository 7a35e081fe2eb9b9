package io.aeromesh.internal.node;

import io.aeromesh.EdgeStatus;
import io.aeromesh.Topology;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.routing.Route;
import io.aeromesh.internal.routing.RoutingTable;
import io.aeromesh.internal.session.ControlSender;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.codec.TopologyRequestEncoder;
import io.aeromesh.protocol.codec.TopologyResponseDecoder;
import io.aeromesh.protocol.codec.TopologyResponseEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Gathers the picture of the mesh on request: asks every known node for its edges. What has not answered within the
 * bound is named as missing. Agent thread.
 */
final class Topologies
{
    private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(2);
    private static final int WAITING_MAX = 16;
    private static final int ANSWERS_MAX = 64;
    private static final int TEXT_LENGTH_MAX = 200;

    private final ControlSender sender;
    private final RoutingTable routes;
    private final String selfName;
    private final Supplier<List<EdgeStatus>> edges;
    private final TopologyRequestEncoder request = new TopologyRequestEncoder();
    private final TopologyResponseEncoder response = new TopologyResponseEncoder();
    private final List<Waiting> waiting = new ArrayList<>();
    private final ArrayDeque<Answer> answers = new ArrayDeque<>();
    private long nextCorrelationId;

    private static final class Waiting
    {
        final long correlationId;
        final long deadlineNs;
        final PendingReply<Topology> reply;
        final List<Long> toAsk = new ArrayList<>();
        final Map<String, Integer> missingLinks = new HashMap<>();
        final TreeSet<String> answered = new TreeSet<>();
        final List<Topology.Link> links = new ArrayList<>();

        Waiting(final long correlationId, final long deadlineNs, final PendingReply<Topology> reply)
        {
            this.correlationId = correlationId;
            this.deadlineNs = deadlineNs;
            this.reply = reply;
        }
    }

    private record Answer(long sourceId, long correlationId, int index, int count, EdgeStatus edge)
    {
    }

    Topologies(
        final ControlSender sender,
        final RoutingTable routes,
        final String selfName,
        final Supplier<List<EdgeStatus>> edges)
    {
        this.sender = sender;
        this.routes = routes;
        this.selfName = selfName;
        this.edges = edges;
    }

    void start(final long nowNs, final PendingReply<Topology> reply)
    {
        if (waiting.size() >= WAITING_MAX)
        {
            reply.fail(new MeshException(ErrorCode.TABLE_FULL, "topology requests under way, limit=" + WAITING_MAX));
            return;
        }
        final Waiting one = new Waiting(++nextCorrelationId, nowNs + BOUND_NS, reply);
        for (final Route route : routes.routes())
        {
            if (!NodeIds.isContext(route.destinationId()))
            {
                one.toAsk.add(route.destinationId());
                one.missingLinks.put(route.name(), -1);
            }
        }
        if (!NodeIds.isContext(selfName))
        {
            one.answered.add(selfName);
            for (final EdgeStatus edge : upEdges())
            {
                one.links.add(link(selfName, edge));
            }
        }
        waiting.add(one);
    }

    boolean isWaiting()
    {
        return !waiting.isEmpty();
    }

    int doWork(final long nowNs)
    {
        int work = sendAnswers();
        for (int i = waiting.size() - 1; i >= 0; i--)
        {
            final Waiting one = waiting.get(i);
            work += ask(one);
            if (one.missingLinks.isEmpty() || nowNs - one.deadlineNs >= 0)
            {
                waiting.remove(i);
                one.reply.complete(new Topology(List.copyOf(one.answered), List.copyOf(one.links),
                    List.copyOf(new TreeSet<>(one.missingLinks.keySet()))));
                work++;
            }
        }
        return work;
    }

    private int ask(final Waiting one)
    {
        int work = 0;
        for (int i = one.toAsk.size() - 1; i >= 0; i--)
        {
            final long asked = one.toAsk.get(i);
            if (sender.begin(routes.route(asked), asked, TopologyRequestEncoder.BLOCK_LENGTH))
            {
                request.wrapAndApplyHeader(sender.buffer(), sender.offset(), sender.messageHeader())
                    .correlationId(one.correlationId);
                sender.commit();
                one.toAsk.remove(i);
                work++;
            }
        }
        return work;
    }

    void answer(final long sourceId, final long correlationId)
    {
        final List<EdgeStatus> up = upEdges();
        if (answers.size() >= ANSWERS_MAX)
        {
            return; // the asker names this node as missing
        }
        if (up.isEmpty())
        {
            answers.add(new Answer(sourceId, correlationId, 0, 0,
                new EdgeStatus("", "", "", "", EdgeStatus.State.CONNECTING, 0, -1)));
        }
        for (int i = 0; i < up.size(); i++)
        {
            answers.add(new Answer(sourceId, correlationId, i, up.size(), up.get(i)));
        }
    }

    private int sendAnswers()
    {
        int work = 0;
        while (!answers.isEmpty())
        {
            final Answer answer = answers.peek();
            final Route route = routes.route(answer.sourceId());
            if (route != null && route.next() != null && !send(answer, route))
            {
                break;
            }
            answers.poll();
            work++;
        }
        return work;
    }

    private boolean send(final Answer answer, final Route route)
    {
        final byte[] name = utf8(selfName);
        final byte[] edgeName = utf8(answer.edge().name());
        final byte[] transport = utf8(answer.edge().transport());
        final byte[] peer = utf8(answer.edge().peer());
        final int length = TopologyResponseEncoder.BLOCK_LENGTH + 4 * TopologyResponseEncoder.nameHeaderLength() +
            name.length + edgeName.length + transport.length + peer.length;
        if (!sender.begin(route, answer.sourceId(), length))
        {
            return false;
        }
        response.wrapAndApplyHeader(sender.buffer(), sender.offset(), sender.messageHeader())
            .correlationId(answer.correlationId())
            .index(answer.index())
            .count(answer.count())
            .cost(answer.edge().cost())
            .roundTripNs(answer.edge().roundTripNs())
            .putName(name, 0, name.length)
            .putEdgeName(edgeName, 0, edgeName.length)
            .putTransport(transport, 0, transport.length)
            .putPeerName(peer, 0, peer.length);
        sender.commit();
        return true;
    }

    void onResponse(final TopologyResponseDecoder answer)
    {
        for (final Waiting one : waiting)
        {
            if (one.correlationId == answer.correlationId())
            {
                onResponse(one, answer);
                return;
            }
        }
    }

    private static void onResponse(final Waiting one, final TopologyResponseDecoder answer)
    {
        final int count = answer.count();
        final int cost = (int)answer.cost();
        final long roundTripNs = answer.roundTripNs();
        final String name = answer.name();
        final String edgeName = answer.edgeName();
        final String transport = answer.transport();
        final String peer = answer.peerName();
        final Integer left = one.missingLinks.get(name);
        if (left != null)
        {
            final int leftNow = (left < 0 ? count : left) - 1;
            if (count > 0)
            {
                one.links.add(new Topology.Link(name, peer, edgeName, transport, cost, roundTripNs));
            }
            if (leftNow <= 0)
            {
                one.missingLinks.remove(name);
                one.answered.add(name);
            }
            else
            {
                one.missingLinks.put(name, leftNow);
            }
        }
    }

    /**
     * Without those to contexts, which have no place of their own in the picture.
     */
    private List<EdgeStatus> upEdges()
    {
        return edges.get().stream().filter(edge -> !NodeIds.isContext(edge.peer()) &&
            (edge.state() == EdgeStatus.State.UP || edge.state() == EdgeStatus.State.SILENT)).toList();
    }

    private static Topology.Link link(final String from, final EdgeStatus edge)
    {
        return new Topology.Link(from, edge.peer(), edge.name(), edge.transport(), edge.cost(), edge.roundTripNs());
    }

    private static byte[] utf8(final String text)
    {
        final String shortened = text.length() <= TEXT_LENGTH_MAX ? text : text.substring(0, TEXT_LENGTH_MAX);
        return shortened.getBytes(StandardCharsets.UTF_8);
    }
}
