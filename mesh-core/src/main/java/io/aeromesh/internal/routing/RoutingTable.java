package io.aeromesh.internal.routing;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.protocol.codec.RouteAckDecoder;
import io.aeromesh.protocol.codec.RouteUpdateDecoder;
import io.aeromesh.protocol.codec.SequenceRequestDecoder;
import java.util.Collection;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One node's routes: see the package for the algorithm. A deterministic state machine without clock, thread, I/O or
 * randomness. What it owes its neighbours is state, not a queue: {@link #flush} writes the latest values.
 * <p>
 * <b>Threading:</b> one thread. <b>Allocation:</b> none in {@link #route}, {@link #hasPending} and {@link #flush};
 * elsewhere only when a destination or neighbour is new.
 */
public final class RoutingTable
{
    private final RoutingConfig config;
    private final NodeIdentity self;
    private final RouteListener listener;
    private final DestinationTable destinations;
    private final NeighbourTable neighbours = new NeighbourTable();
    private final Outbox outbox;
    private final RouteKeeper keeper;
    private final LocalName localName;
    private final Destination local;
    private final PacketCheck check;
    private final UnsafeBuffer packet;
    private final RouteUpdateDecoder update = new RouteUpdateDecoder();
    private final RouteAckDecoder ack = new RouteAckDecoder();
    private final SequenceRequestDecoder request = new SequenceRequestDecoder();

    /**
     * Makes a table that knows this node alone.
     *
     * @param config   limits.
     * @param self     who this node is.
     * @param listener is told of changes.
     */
    public RoutingTable(final RoutingConfig config, final NodeIdentity self, final RouteListener listener)
    {
        this(config, self, listener, new FeasibilityRule());
    }

    /**
     * For tests that break the rule.
     */
    RoutingTable(
        final RoutingConfig config,
        final NodeIdentity self,
        final RouteListener listener,
        final FeasibilityRule rule)
    {
        this.config = config;
        this.self = self;
        this.listener = listener;
        destinations = new DestinationTable(config.maxDestinations() + 1, config.rememberedDistances());
        final RouteSelector selector = new RouteSelector(neighbours, rule, config.maxMetric());
        outbox = new Outbox(NodeIds.isContext(self.nodeId()), destinations, neighbours, selector, rule);
        keeper = new RouteKeeper(destinations, neighbours, selector, rule, outbox, listener);
        localName = new LocalName(self);
        check = new PacketCheck(destinations);
        packet = new UnsafeBuffer(new byte[config.packetLengthMax()]);
        local = destinations.add(self.nodeId(), self.name(), NodeIds.utf8(self.name()));
        local.isPermanent = true;
        local.origin = Destination.Origin.LOCAL;
        local.route.instanceHigh = self.instanceHigh();
        local.route.instanceLow = self.instanceLow();
        local.route.metric = 0;
        local.route.pathEpoch = Mixes.originPathEpoch(self.instanceHigh(), self.instanceLow());
        local.route.incarnation = localName.incarnation();
    }

    /**
     * Who this node is; the incarnation is the one at start.
     */
    public NodeIdentity self()
    {
        return self;
    }

    /**
     * Incarnation under which this node advertises itself now.
     */
    public long incarnation()
    {
        return localName.incarnation();
    }

    /**
     * Sequence under which this node advertises itself now.
     */
    public int sequence()
    {
        return localName.sequence();
    }

    /**
     * What this node passes on to where nobody else knows the way, to its contexts, may have been lost: whoever talks
     * to it or to them is to ask. Changes the path epoch of this node for everybody.
     */
    public void renewPath()
    {
        if (local.isLocal())
        {
            local.route.pathEpoch = Mixes.renewed(local.route.pathEpoch);
            local.version++;
            outbox.owe(local);
        }
    }

    /**
     * Whether this node gave up its name to another live one. Packets for its own id are then transit:
     * {@link #route} of it leads to the other node.
     */
    public boolean withdrawn()
    {
        return !local.isLocal();
    }

    /**
     * An edge is up, after its handshake. Owes the neighbour the full table.
     *
     * @param nodeId          of the adjacent node.
     * @param instanceHigh    of the adjacent node.
     * @param instanceLow     of the adjacent node.
     * @param cost            of sending to it, at least 1.
     * @param generationNonce this end's nonce of the edge generation.
     * @param attachment      the owner's edge.
     * @return to be used for all that concerns this generation.
     */
    public Neighbour addNeighbour(
        final long nodeId,
        final long instanceHigh,
        final long instanceLow,
        final int cost,
        final long generationNonce,
        final Object attachment)
    {
        checkCost(cost);
        final Neighbour neighbour = new Neighbour(
            neighbours.freeSlot(), nodeId, instanceHigh, instanceLow, cost, generationNonce, attachment);
        neighbours.add(neighbour);
        for (int slot = 0; slot < destinations.slotLimit(); slot++)
        {
            final Destination each = destinations.at(slot);
            if (each != null)
            {
                each.addAdjacency(neighbour.slot);
                outbox.owe(each);
            }
        }
        return neighbour;
    }

    /**
     * The edge is down: drops all that was learnt over it and takes the feasible alternatives at once. Idempotent.
     */
    public void removeNeighbour(final Neighbour neighbour)
    {
        if (!neighbours.contains(neighbour))
        {
            return;
        }
        neighbours.remove(neighbour);
        for (int slot = 0; slot < destinations.slotLimit(); slot++)
        {
            final Destination each = destinations.at(slot);
            if (each != null)
            {
                each.removeAdjacency(neighbour.slot);
                keeper.reconsider(each);
            }
        }
    }

    /**
     * Neighbours in the order they were added. Not to be changed.
     */
    public Collection<Neighbour> neighbours()
    {
        return neighbours.view();
    }

    /**
     * The cost of sending to a neighbour changed.
     *
     * @param neighbour whose edge it is.
     * @param cost      at least 1.
     */
    public void cost(final Neighbour neighbour, final int cost)
    {
        checkCost(cost);
        if (neighbour.cost != cost)
        {
            neighbour.cost = cost;
            reconsiderAll(neighbour);
        }
    }

    /**
     * The neighbour stopped answering, or answers again. While silent its routes are not used, but kept.
     */
    public void reachability(final Neighbour neighbour, final Reachability reachability)
    {
        if (neighbour.reachability != reachability)
        {
            neighbour.reachability = reachability;
            reconsiderAll(neighbour);
        }
    }

    /**
     * A RouteUpdate, RouteAck or SequenceRequest came from a neighbour. The packet is copied first, checked whole,
     * then applied.
     *
     * @param from       which neighbour; ignored if removed.
     * @param buffer     holding the packet; borrowed until return; may change meanwhile.
     * @param offset     of the SBE message header.
     * @param length     of message header and message, in bytes.
     * @param templateId as the caller read it.
     * @throws io.aeromesh.error.MeshException PROTOCOL_VIOLATION, with nothing changed; the edge should be closed.
     */
    public void onPacket(
        final Neighbour from, final DirectBuffer buffer, final int offset, final int length, final int templateId)
    {
        if (!neighbours.contains(from))
        {
            return;
        }
        if (length < PacketCheck.HEADER_LENGTH || length > config.packetLengthMax())
        {
            throw new MeshException(ErrorCode.PROTOCOL_VIOLATION, "routing packet with length=" + length);
        }
        buffer.getBytes(offset, packet, 0, length);
        final MessageHeaderDecoder header = check.header(packet, length, templateId);
        switch (templateId)
        {
            case RouteUpdateDecoder.TEMPLATE_ID:
                check.update(packet, length, from.receivedSerial + 1, from.nodeId);
                update.wrap(packet, PacketCheck.HEADER_LENGTH, header.blockLength(), header.version());
                applyUpdate(from);
                break;

            case RouteAckDecoder.TEMPLATE_ID:
                check.ack(packet, length, from.sentSerial);
                ack.wrap(packet, PacketCheck.HEADER_LENGTH, header.blockLength(), header.version());
                applyAck(from, ack.serial());
                break;

            case SequenceRequestDecoder.TEMPLATE_ID:
                check.request(packet, length);
                request.wrap(packet, PacketCheck.HEADER_LENGTH, header.blockLength(), header.version());
                applyRequest(from);
                break;

            default:
                throw new MeshException(
                    ErrorCode.PROTOCOL_VIOLATION, "routing packet with templateId=" + templateId);
        }
    }

    /**
     * Whether {@link #flush} has something for that neighbour. Cheap.
     */
    public boolean hasPending(final Neighbour neighbour)
    {
        return outbox.hasPending(neighbour);
    }

    /**
     * Writes the next routing packet for a neighbour: SBE message header and message. It counts as sent when this
     * returns; if it is not sent then, in this order, the edge has to be closed (the peer sees a gap of serials).
     *
     * @param neighbour to send to.
     * @param buffer    to write to.
     * @param offset    to write at.
     * @param maxLength that may be written, at least {@link RoutingConfig#PACKET_LENGTH_MIN}.
     * @return length written, or 0 when nothing is pending.
     */
    public int flush(
        final Neighbour neighbour, final MutableDirectBuffer buffer, final int offset, final int maxLength)
    {
        if (maxLength < RoutingConfig.PACKET_LENGTH_MIN)
        {
            throw new IllegalArgumentException(
                "maxLength=" + maxLength + ", need " + RoutingConfig.PACKET_LENGTH_MIN);
        }
        return neighbours.contains(neighbour) ? outbox.flush(neighbour, buffer, offset, maxLength) : 0;
    }

    /**
     * Looks a destination up. One hash lookup, no allocation.
     *
     * @return its route, which may have no next hop now; or null when unknown, or this node itself (unless withdrawn).
     */
    public Route route(final long destinationId)
    {
        return destinations.route(destinationId);
    }

    /**
     * All known destinations, without this node. A live view, not to be changed.
     */
    public Collection<Route> routes()
    {
        return destinations.routes();
    }

    private void applyUpdate(final Neighbour from)
    {
        from.receivedSerial = update.serial();
        for (final RouteUpdateDecoder.RoutesDecoder each : update.routes())
        {
            final int nameLength = each.nameLength();
            final int nameOffset = update.limit() + PacketCheck.NAME_HEADER_LENGTH;
            each.skipName();
            final boolean isFinite = each.metric() < Metrics.INFINITY;
            from.isAckOwed |= each.metric() == Metrics.WIRE_RETRACTED;
            applyRoute(from, each, nameOffset, nameLength, isFinite ? (int)each.metric() : Metrics.INFINITY);
        }
    }

    private void applyRoute(
        final Neighbour from,
        final RouteUpdateDecoder.RoutesDecoder record,
        final int nameOffset,
        final int nameLength,
        final int metric)
    {
        Destination destination = destinations.find(record.destinationId());
        if (destination == null)
        {
            if (metric == Metrics.INFINITY)
            {
                return;
            }
            destination = learn(record.destinationId(), nameOffset, nameLength);
            if (destination == null)
            {
                return;
            }
        }
        final Adjacency adjacency = destination.adjacency(from.slot);
        adjacency.askedIncarnation = Epochs.NONE;
        adjacency.metric = metric;
        if (!NameBytes.equal(destination.nameBytes, packet, nameOffset, nameLength))
        {
            adjacency.metric = Metrics.INFINITY;
            refuse(destination, NodeIds.decodeName(packet, nameOffset, nameLength));
        }
        else if (metric != Metrics.INFINITY)
        {
            adjacency.incarnation = record.epoch().incarnation();
            adjacency.sequence = record.epoch().sequence();
            adjacency.instanceHigh = record.instance().high();
            adjacency.instanceLow = record.instance().low();
            adjacency.pathEpoch = record.pathEpoch();
            if (destination.isLocal())
            {
                defendName(adjacency);
            }
        }
        keeper.reconsider(destination);
    }

    private Destination learn(final long id, final int nameOffset, final int nameLength)
    {
        final String name = NodeIds.decodeName(packet, nameOffset, nameLength);
        if (destinations.isFull())
        {
            listener.onTableFull(name);
            return null;
        }
        final byte[] nameBytes = new byte[nameLength];
        packet.getBytes(nameOffset, nameBytes);
        final Destination destination = destinations.add(id, name, nameBytes);
        for (final Neighbour each : neighbours.view())
        {
            destination.addAdjacency(each.slot);
        }
        return destination;
    }

    private void refuse(final Destination destination, final String otherName)
    {
        if (!otherName.equals(destination.refusedName))
        {
            destination.refusedName = otherName;
            listener.onIdCollision(destination.route.name, otherName, destination.route.destinationId);
        }
    }

    private void defendName(final Adjacency advert)
    {
        final long otherHigh = advert.instanceHigh;
        final long otherLow = advert.instanceLow;
        final LocalName.Outcome outcome = localName.onAdvertised(otherHigh, otherLow, advert.incarnation);
        switch (outcome)
        {
            case NOTHING:
                return;

            case WITHDRAW:
                local.origin = Destination.Origin.REMOTE;
                local.route.metric = Metrics.INFINITY;
                local.version++;
                listener.onWithdrawn();
                return;

            default:
                adoptLocalEpoch();
                break;
        }
        if (outcome == LocalName.Outcome.OUTBID_DUPLICATE)
        {
            listener.onDuplicateName(
                self.name(), self.instanceHigh(), self.instanceLow(), otherHigh, otherLow,
                localName.isLowerThan(otherHigh, otherLow) ? Withdrawal.SELF : Withdrawal.OTHER);
        }
    }

    private void adoptLocalEpoch()
    {
        local.route.incarnation = localName.incarnation();
        local.route.sequence = localName.sequence();
        local.version++;
        outbox.owe(local);
    }

    private void applyAck(final Neighbour from, final long serial)
    {
        int slot = from.retractions.next(0);
        while (slot >= 0)
        {
            final Destination destination = destinations.at(slot);
            final Adjacency adjacency = destination.adjacency(from.slot);
            if (adjacency.retractionSerial <= serial)
            {
                adjacency.sent = Adjacency.Sent.NOTHING;
                from.retractions.set(slot, false);
                keeper.forgetIfDone(destination);
            }
            slot = from.retractions.next(slot + 1);
        }
    }

    private void applyRequest(final Neighbour from)
    {
        for (final SequenceRequestDecoder.RequestsDecoder each : request.requests())
        {
            final Destination destination = destinations.find(each.destinationId());
            if (destination == null)
            {
                continue;
            }
            final long incarnation = each.epoch().incarnation();
            final int sequence = each.epoch().sequence();
            if (destination.isLocal())
            {
                if (localName.onRequest(incarnation, sequence))
                {
                    adoptLocalEpoch();
                }
            }
            else if (!destination.reaches(incarnation, sequence))
            {
                destination.want(incarnation, sequence);
                destination.adjacency(from.slot).asked(incarnation, sequence);
                outbox.owe(destination);
            }
        }
    }

    private void reconsiderAll(final Neighbour neighbour)
    {
        if (!neighbours.contains(neighbour))
        {
            return;
        }
        for (int slot = 0; slot < destinations.slotLimit(); slot++)
        {
            final Destination each = destinations.at(slot);
            if (each != null && each.adjacency(neighbour.slot).isFinite())
            {
                keeper.reconsider(each);
            }
        }
    }

    private static void checkCost(final int cost)
    {
        if (cost < 1)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "cost=" + cost + ", need at least 1");
        }
    }
}
