package io.aeromesh.sim.canary;

import static io.aeromesh.sim.canary.Tamper.BLOCK_OFFSET;
import static io.aeromesh.sim.canary.Tamper.drop;
import static io.aeromesh.sim.canary.Tamper.is;
import static io.aeromesh.sim.canary.Tamper.pass;

import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.EdgePongDecoder;
import io.aeromesh.protocol.codec.RouteUpdateDecoder;
import io.aeromesh.protocol.codec.RouteUpdateDecoder.RoutesDecoder;
import io.aeromesh.protocol.codec.SequenceRequestDecoder;
import io.aeromesh.sim.PacketWatch.LaneKind;
import io.aeromesh.sim.SimMedium;
import io.aeromesh.sim.check.Rule;
import io.aeromesh.spi.PacketHandler;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Defects of routing and forwarding, as their packets would show them.
 */
final class RoutingCanaries
{
    private static final long RETRACTED = 0xFFFF_FFFEL;

    private RoutingCanaries()
    {
    }

    /** Changes one route of an update. */
    @FunctionalInterface
    private interface RouteChange
    {
        void change(SimMedium at, UnsafeBuffer packet, int offset, RoutesDecoder route);
    }

    static List<Canary> all()
    {
        return List.of(
            Canary.wire("a route that is not feasible is taken", Set.of(Rule.NO_LOOP, Rule.HEALTH),
                random -> onRoutes((at, packet, offset, route) -> infeasible(packet, offset, route, random))),
            Canary.wire("a metric is one too low", Set.of(Rule.SHORTEST_PATHS, Rule.NO_LOOP),
                random -> onRoutes((at, packet, offset, route) -> metric(packet, offset, route, -1))),
            Canary.wire("a metric is one too high", Rule.SHORTEST_PATHS,
                random -> onRoutes((at, packet, offset, route) -> metric(packet, offset, route, 1))),
            Canary.wire("a new incarnation of a node is not noticed", Set.of(Rule.SHORTEST_PATHS, Rule.NO_LOOP,
                Rule.OWED), random -> onRoutes((at, packet, offset, route) -> sameEpoch(packet, offset, route))),
            Canary.wire("a request for a newer sequence is lost", Rule.SHORTEST_PATHS,
                random -> (at, lane, packet, handler) -> is(packet, SequenceRequestDecoder.TEMPLATE_ID) ? drop() :
                    pass(packet, handler)),
            Canary.wire("retractions are taken for nothing new", Set.of(Rule.SHORTEST_PATHS, Rule.OWED,
                Rule.NO_LOOP), random -> onRoutes((at, packet, offset, route) -> kept(packet, offset, route))),
            Canary.wire("a neighbour that answers is taken to be silent", Rule.OWED,
                random -> (at, lane, packet, handler) -> is(packet, EdgePongDecoder.TEMPLATE_ID) ||
                    lane == LaneKind.CONTROL && at.edgeName().equals("l0") ? drop() :
                        pass(packet, handler)),
            Canary.wire("the hop limit is not lowered", Set.of(Rule.HOP_LIMIT),
                random -> (at, lane, packet, handler) -> keepHopLimit(at, packet, handler)),
            Canary.wire("routing packets of one lane change places", Rule.HEALTH, SwappedUpdates::new));
    }

    private static Tamper onRoutes(final RouteChange change)
    {
        return (at, lane, packet, handler) ->
        {
            if (is(packet, RouteUpdateDecoder.TEMPLATE_ID))
            {
                final RouteUpdateDecoder update = new RouteUpdateDecoder()
                    .wrap(packet, BLOCK_OFFSET, RouteUpdateDecoder.BLOCK_LENGTH, 0);
                for (final RoutesDecoder route : update.routes())
                {
                    final int offset = update.limit() - RoutesDecoder.sbeBlockLength();
                    change.change(at, packet, offset, route);
                    route.skipName();
                }
            }
            return pass(packet, handler);
        };
    }

    private static void setMetric(final UnsafeBuffer packet, final int offset, final long metric)
    {
        packet.putInt(offset + RoutesDecoder.metricEncodingOffset(), (int)metric, ByteOrder.LITTLE_ENDIAN);
    }

    private static void metric(final UnsafeBuffer packet, final int offset, final RoutesDecoder route, final int by)
    {
        if (route.metric() > 1 && route.metric() < RETRACTED)
        {
            setMetric(packet, offset, route.metric() + by);
        }
    }

    private static void infeasible(
        final UnsafeBuffer packet, final int offset, final RoutesDecoder route, final SplittableRandom random)
    {
        if (route.metric() > 0 && random.nextInt(4) == 0)
        {
            setMetric(packet, offset, 1);
            final int sequence = offset + RoutesDecoder.epochEncodingOffset() + Long.BYTES;
            packet.putInt(sequence, packet.getInt(sequence, ByteOrder.LITTLE_ENDIAN) + 1, ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static void sameEpoch(final UnsafeBuffer packet, final int offset, final RoutesDecoder route)
    {
        if (route.metric() < RETRACTED)
        {
            packet.putLong(offset + RoutesDecoder.epochEncodingOffset(), 1, ByteOrder.LITTLE_ENDIAN);
            packet.putInt(offset + RoutesDecoder.epochEncodingOffset() + Long.BYTES, 1, ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static void kept(final UnsafeBuffer packet, final int offset, final RoutesDecoder route)
    {
        if (route.metric() == RETRACTED)
        {
            setMetric(packet, offset, 1);
        }
    }

    private static PacketHandler.Action keepHopLimit(
        final SimMedium at, final UnsafeBuffer packet, final PacketHandler handler)
    {
        if (!Tamper.isType(packet, PacketHeader.LINK) && packet.capacity() >= PacketHeader.LENGTH &&
            PacketHeader.destinationId(packet, 0) != NodeIds.idOf(at.nodeName()))
        {
            PacketHeader.hopLimit(packet, 0, PacketHeader.hopLimit(packet, 0) + 1);
        }
        return pass(packet, handler);
    }

    /** Lets one update wait until the next has passed. */
    private static final class SwappedUpdates implements Tamper
    {
        private final SplittableRandom random;
        private UnsafeBuffer waiting;
        private SimMedium waitingAt;

        SwappedUpdates(final SplittableRandom random)
        {
            this.random = random;
        }

        @Override
        public PacketHandler.Action onPacket(
            final SimMedium at,
            final LaneKind lane,
            final UnsafeBuffer packet,
            final PacketHandler handler)
        {
            if (!is(packet, RouteUpdateDecoder.TEMPLATE_ID))
            {
                return pass(packet, handler);
            }
            if (waiting == null && random.nextInt(4) == 0)
            {
                waiting = packet;
                waitingAt = at;
                return drop();
            }
            final PacketHandler.Action action = pass(packet, handler);
            if (waiting != null && waitingAt == at)
            {
                pass(waiting, handler);
                waiting = null;
            }
            return action;
        }
    }
}
