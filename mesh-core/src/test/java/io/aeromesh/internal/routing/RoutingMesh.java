package io.aeromesh.internal.routing;

import io.aeromesh.protocol.NodeIds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Real routing tables joined by FIFO links in memory. Each end of a link goes up and down by itself; packets are
 * flushed and delivered one at a time, in an order that a seed decides.
 */
final class RoutingMesh
{
    final Random random;
    final List<Node> nodes = new ArrayList<>();
    final List<Link> links = new ArrayList<>();
    long packets;
    private final RoutingConfig config;
    private final FeasibilityRule rule;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
    private int loopCheckedAt = -1;

    RoutingMesh(final long seed, final RoutingConfig config, final FeasibilityRule rule)
    {
        this.random = new Random(seed);
        this.config = config;
        this.rule = rule;
    }

    static RoutingMesh of(final long seed)
    {
        return new RoutingMesh(seed, RoutingConfig.defaults(), new FeasibilityRule());
    }

    Node node(final String name, final long incarnation)
    {
        return node(NodeIds.idOf(name), name, random.nextLong(), random.nextLong(), incarnation);
    }

    Node node(
        final long id, final String name, final long instanceHigh, final long instanceLow, final long incarnation)
    {
        final Node node = new Node(new NodeIdentity(id, name, instanceHigh, instanceLow, incarnation));
        nodes.add(node);
        return node;
    }

    /**
     * The node's process dies; its links die with it, at its end at once.
     */
    Node restart(final Node old, final long incarnation)
    {
        nodes.remove(old);
        old.isDead = true;
        for (final Link link : links)
        {
            for (int side = 0; side < 2; side++)
            {
                if (link.ends[side] == old)
                {
                    link.isUp[side] = false;
                    link.isWantedUp = false;
                }
            }
        }
        prune();
        return node(old.identity.nodeId(), old.identity.name(), random.nextLong(), random.nextLong(), incarnation);
    }

    /**
     * A link whose ends will see it up in some order.
     */
    Link link(final Node a, final Node b, final int costA, final int costB)
    {
        final Link link = new Link(a, b, costA, costB);
        links.add(link);
        return link;
    }

    Link link(final Node a, final Node b, final int cost)
    {
        return link(a, b, cost, cost);
    }

    /**
     * Does one thing that is possible.
     *
     * @return false when nothing was.
     */
    boolean step()
    {
        final List<Runnable> possible = new ArrayList<>();
        for (final Link link : links)
        {
            for (int side = 0; side < 2; side++)
            {
                final int here = side;
                final int there = 1 - side;
                if (link.isUp[here] != link.isWantedUp && !link.ends[here].isDead)
                {
                    possible.add(() -> link.turn(here));
                }
                if (link.isUp[here] && !link.queues.get(here).isEmpty())
                {
                    possible.add(() -> deliver(link, here));
                }
                if (link.isUp[here] && link.ends[here].table.hasPending(link.neighbours[here]))
                {
                    possible.add(() -> flush(link, here, there));
                }
            }
        }
        if (possible.isEmpty())
        {
            return false;
        }
        possible.get(random.nextInt(possible.size())).run();
        prune();
        return true;
    }

    /**
     * Steps until nothing is possible, checking for loops all the way.
     */
    void settle(final long packetsMax)
    {
        final long limit = packets + packetsMax;
        while (step())
        {
            checkNoLoop();
            if (packets > limit)
            {
                throw new AssertionError("does not settle within packets=" + packetsMax);
            }
        }
    }

    /**
     * No packet can circle, for any destination, now.
     */
    void checkNoLoop()
    {
        int state = 0;
        for (final Link link : links)
        {
            state = state * 31 + (link.isUp[0] ? 1 : 0) + (link.isUp[1] ? 2 : 0);
        }
        for (final Node each : nodes)
        {
            state = state * 31 + each.listener.changes;
        }
        if (state == loopCheckedAt)
        {
            return;
        }
        loopCheckedAt = state;
        for (final Node destination : nodes)
        {
            final long id = destination.identity.nodeId();
            for (final Node start : nodes)
            {
                Node at = start;
                for (int hops = 0; at != null && at.identity.nodeId() != id; hops++)
                {
                    if (hops > nodes.size())
                    {
                        throw new LoopFound("to " + destination + " from " + start);
                    }
                    at = at.nextHop(id);
                }
            }
        }
    }

    /**
     * Compares a settled mesh with shortest paths found by Floyd and Warshall's algorithm.
     */
    void checkShortestPaths()
    {
        final int count = nodes.size();
        final long[][] distance = new long[count][count];
        boolean anySilent = false;
        for (int i = 0; i < count; i++)
        {
            Arrays.fill(distance[i], Metrics.INFINITY);
            distance[i][i] = 0;
        }
        for (final Link link : links)
        {
            for (int side = 0; side < 2; side++)
            {
                final Neighbour neighbour = link.neighbours[side];
                if (link.isUp[side] && neighbour.reachability() == Reachability.RESPONSIVE)
                {
                    final int from = nodes.indexOf(link.ends[side]);
                    final int to = nodes.indexOf(link.ends[1 - side]);
                    distance[from][to] = Math.min(distance[from][to], neighbour.cost());
                }
                anySilent |= link.isUp[side] && neighbour.reachability() == Reachability.SILENT;
            }
        }
        for (int k = 0; k < count; k++)
        {
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < count; j++)
                {
                    distance[i][j] = Math.min(distance[i][j], distance[i][k] + distance[k][j]);
                }
            }
        }
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                if (i != j)
                {
                    checkRoute(nodes.get(i), nodes.get(j), distance[i][j], anySilent);
                }
            }
        }
    }

    private void checkRoute(final Node from, final Node to, final long distance, final boolean anySilent)
    {
        final Route route = from.table.route(to.identity.nodeId());
        final String where = from + " to " + to + ": " + route + ", shortest=" + distance;
        if (distance >= config.maxMetric())
        {
            require(route == null || anySilent && route.next() == null, "not forgotten: " + where);
            return;
        }
        require(route != null && route.next() != null, "no route from " + where);
        require(route.metric() == distance, "not the shortest: " + where);
        require(route.instanceHigh() == to.identity.instanceHigh() &&
            route.instanceLow() == to.identity.instanceLow(), "another instance: " + where);
        final Node next = from.nextHop(to.identity.nodeId());
        final long before = next == to ?
            Mixes.originPathEpoch(to.identity.instanceHigh(), to.identity.instanceLow()) :
            next.table.route(to.identity.nodeId()).pathEpoch();
        require(route.pathEpoch() == Mixes.nextPathEpoch(
            before, route.next().generationNonce(), route.losses), "path epoch: " + where);
    }

    private void prune()
    {
        links.removeIf(link -> !link.isWantedUp && !link.isUp[0] && !link.isUp[1]);
    }

    private void flush(final Link link, final int here, final int there)
    {
        final int maxLength = RoutingConfig.PACKET_LENGTH_MIN + random.nextInt(1000);
        final int length = link.ends[here].table.flush(link.neighbours[here], buffer, 16, maxLength);
        require(length > 0 && length <= maxLength, "flushed length=" + length);
        final byte[] packet = new byte[length];
        buffer.getBytes(16, packet);
        packets++;
        final boolean willNeverArrive = !link.isWantedUp && !link.isUp[there];
        if (!willNeverArrive)
        {
            link.queues.get(there).add(packet);
        }
    }

    private void deliver(final Link link, final int here)
    {
        final byte[] packet = link.queues.get(here).poll();
        final ExpandableArrayBuffer wire = new ExpandableArrayBuffer(packet.length + 40);
        wire.putBytes(40, packet);
        final int templateId = packet[2] & 0xFF;
        link.ends[here].table.onPacket(link.neighbours[here], wire, 40, packet.length, templateId);
    }

    static void require(final boolean condition, final String message)
    {
        if (!condition)
        {
            throw new AssertionError(message);
        }
    }

    /**
     * What {@link #checkNoLoop} throws.
     */
    static final class LoopFound extends AssertionError
    {
        private static final long serialVersionUID = 1L;

        LoopFound(final String message)
        {
            super(message);
        }
    }

    final class Node
    {
        final NodeIdentity identity;
        final RecordingListener listener = new RecordingListener();
        final RoutingTable table;
        boolean isDead;

        Node(final NodeIdentity identity)
        {
            this.identity = identity;
            this.table = new RoutingTable(config, identity, listener, rule);
        }

        /**
         * The node that a packet would really get to, or null.
         */
        Node nextHop(final long destinationId)
        {
            final Route route = table.route(destinationId);
            return route == null || route.next() == null ? null : ((End)route.next().attachment()).peerIfUp();
        }

        Route routeTo(final Node other)
        {
            return table.route(other.identity.nodeId());
        }

        @Override
        public String toString()
        {
            return identity.name();
        }
    }

    /**
     * One generation of an edge.
     */
    final class Link
    {
        final Node[] ends;
        final int[] costs;
        final Neighbour[] neighbours = new Neighbour[2];
        final boolean[] isUp = new boolean[2];
        final List<Deque<byte[]>> queues = List.of(new ArrayDeque<>(), new ArrayDeque<>());
        boolean isWantedUp = true;

        Link(final Node a, final Node b, final int costA, final int costB)
        {
            ends = new Node[] {a, b};
            costs = new int[] {costA, costB};
        }

        void down()
        {
            isWantedUp = false;
        }

        void turn(final int side)
        {
            if (isWantedUp)
            {
                final NodeIdentity peer = ends[1 - side].identity;
                neighbours[side] = ends[side].table.addNeighbour(
                    peer.nodeId(), peer.instanceHigh(), peer.instanceLow(), costs[side], random.nextLong(),
                    new End(this, side));
            }
            else
            {
                queues.get(side).clear();
                ends[side].table.removeNeighbour(neighbours[side]);
            }
            isUp[side] = isWantedUp;
        }
    }

    /**
     * What a neighbour has attached.
     */
    static final class End
    {
        final Link link;
        final int side;

        End(final Link link, final int side)
        {
            this.link = link;
            this.side = side;
        }

        Node peerIfUp()
        {
            return link.isUp[1 - side] ? link.ends[1 - side] : null;
        }
    }
}
