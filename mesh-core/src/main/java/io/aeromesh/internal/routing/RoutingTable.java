package io.aeromesh.internal.routing;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.protocol.codec.RouteAckDecoder;
import io.aeromesh.protocol.codec.RouteUpdateDecoder;
import io.aeromesh.protocol.codec.SequenceRequestDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.Collection;

/**
 * One node's routes: see the package for the algorithm. A deterministic state machine without clock, thread, I/O or
 * randomness. What it owes its neighbours is state, not a queue: {@link #flush} writes the latest values.
 * <p>
 * <b>Threading:</b> one thread. <b>Allocation:</b> none in {@link #route}, {@link #hasPending} and {@link #flush};
 * elsewhere only when a destination or neighbour is new.
 */
public final class RoutingTable
{
    private static final int TURNS = 3;

    private final RoutingConfig config;
    private final NodeIdentity self;
    private final RouteListener listener;
    private final FeasibilityRule rule;
    private final DestinationTable destinations;
    private final NeighbourTable neighbours = new NeighbourTable();
    private final RouteSelector selector;
    private final LocalName localName;
    private final Destination local;
    private final PacketCheck check;
    private final PacketWriter writer = new PacketWriter();
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
        this.rule = rule;
        destinations = new DestinationTable(config.maxDestinations() + 1, config.rememberedDistances());
        selector = new RouteSelector(neighbours, rule, config.maxMetric());
        localName = new LocalName(self);
        check = new PacketCheck(destinations);
        packet = new UnsafeBuffer(new byte[config.packetLengthMax()]);
        local = destinations.add(self.nodeId(), self.name(), NodeIds.utf8(self.name()));
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
                owe(each);
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
                reconsider(each);
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
     * Something on the way through that neighbour was lost unseen: gives all routes over it another path epoch.
     */
    public void bumpPathEpoch(final Neighbour neighbour)
    {
        neighbour.pathEpochBumps++;
        reconsiderAll(neighbour);
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
        return neighbour.isAckOwed || !neighbour.updates.isEmpty() || !neighbour.requests.isEmpty();
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
        int length = 0;
        for (int i = 0; i < TURNS && length == 0 && neighbours.contains(neighbour); i++)
        {
            final int turn = neighbour.turn;
            neighbour.turn = turn == TURNS - 1 ? 0 : turn + 1;
            if (turn == 0 && neighbour.isAckOwed)
            {
                neighbour.isAckOwed = false;
                length = writer.ack(buffer, offset, neighbour.receivedSerial);
            }
            else if (turn == 1 && !neighbour.updates.isEmpty())
            {
                length = flushUpdates(neighbour, buffer, offset, maxLength);
            }
            else if (turn == 2 && !neighbour.requests.isEmpty())
            {
                length = flushRequests(neighbour, buffer, offset, maxLength);
            }
        }
        return length;
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

    private int flushUpdates(
        final Neighbour neighbour, final MutableDirectBuffer buffer, final int offset, final int maxLength)
    {
        writer.beginUpdate(buffer, offset, maxLength, ++neighbour.sentSerial);
        int slot = neighbour.updates.next(neighbour.updateCursor);
        while (!neighbour.updates.isEmpty())
        {
            if (slot < 0)
            {
                slot = neighbour.updates.next(0);
            }
            final Destination destination = destinations.at(slot);
            if (!writer.hasRoomFor(destination))
            {
                break;
            }
            writer.route(destination);
            onSent(neighbour, destination);
            neighbour.updates.set(slot, false);
            slot = neighbour.updates.next(slot + 1);
        }
        neighbour.updateCursor = Math.max(slot, 0);
        return writer.endUpdate();
    }

    private void onSent(final Neighbour neighbour, final Destination destination)
    {
        final Adjacency adjacency = destination.adjacency(neighbour.slot);
        adjacency.sentVersion = destination.version;
        final boolean isReachable = destination.isReachable();
        if (isReachable)
        {
            rule.onAdvertised(destination.distance, destination.route);
            adjacency.sent = Adjacency.Sent.ADVERTISED;
        }
        else
        {
            adjacency.sent = Adjacency.Sent.RETRACTED;
            adjacency.retractionSerial = neighbour.sentSerial;
        }
        neighbour.retractions.set(destination.slot, !isReachable);
    }

    private int flushRequests(
        final Neighbour neighbour, final MutableDirectBuffer buffer, final int offset, final int maxLength)
    {
        writer.beginRequest(buffer, offset, maxLength);
        int slot = neighbour.requests.next(0);
        while (slot >= 0 && writer.hasRoomForRequest())
        {
            final Destination destination = destinations.at(slot);
            writer.request(destination);
            destination.adjacency(neighbour.slot)
                .asked(destination.wantedIncarnation, destination.wantedSequence);
            neighbour.requests.set(slot, false);
            slot = neighbour.requests.next(slot + 1);
        }
        return writer.endRequest();
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
        reconsider(destination);
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
        owe(local);
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
                forgetIfDone(destination);
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
                owe(destination);
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
                reconsider(each);
            }
        }
    }

    /**
     * Brings everything about one destination up to date with what is stored; then tells the listener.
     */
    private void reconsider(final Destination destination)
    {
        if (destination.isLocal())
        {
            owe(destination);
            return;
        }
        final Route route = destination.route;
        final Neighbour oldNext = route.next;
        final int oldMetric = route.metric;
        final long oldPathEpoch = route.pathEpoch;
        final long oldInstanceHigh = route.instanceHigh;
        final long oldInstanceLow = route.instanceLow;

        follow(destination, selector.select(destination));
        selector.reviseWanted(destination);
        owe(destination);

        if (route.next == null)
        {
            if (oldNext != null)
            {
                listener.onRouteLost(route);
            }
            forgetIfDone(destination);
        }
        else if (!destination.announced)
        {
            destinations.announce(destination);
            listener.onRouteAdded(route);
        }
        else
        {
            if (route.instanceHigh != oldInstanceHigh || route.instanceLow != oldInstanceLow)
            {
                listener.onInstanceChanged(route, oldInstanceHigh, oldInstanceLow);
            }
            if (route.next != oldNext)
            {
                listener.onRouteChanged(route, RouteChange.NEXT_HOP);
            }
            else if (route.pathEpoch != oldPathEpoch)
            {
                listener.onRouteChanged(route, RouteChange.PATH_EPOCH);
            }
            else if (route.metric != oldMetric)
            {
                listener.onRouteChanged(route, RouteChange.METRIC);
            }
        }
    }

    private void follow(final Destination destination, final Neighbour next)
    {
        final Route route = destination.route;
        if (next == null)
        {
            if (route.next != null)
            {
                route.next = null;
                route.metric = Metrics.INFINITY;
                destination.version++;
            }
            return;
        }
        final Adjacency advert = destination.adjacency(next.slot);
        final int metric = selector.metricThrough(next, destination);
        final long pathEpoch = Mixes.nextPathEpoch(advert.pathEpoch, next.generationNonce, next.pathEpochBumps);
        final boolean isSame = route.next != null && route.metric == metric && route.pathEpoch == pathEpoch &&
            route.incarnation == advert.incarnation && route.sequence == advert.sequence &&
            route.instanceHigh == advert.instanceHigh && route.instanceLow == advert.instanceLow;
        route.next = next;
        if (!isSame)
        {
            route.metric = metric;
            route.pathEpoch = pathEpoch;
            route.incarnation = advert.incarnation;
            route.sequence = advert.sequence;
            route.instanceHigh = advert.instanceHigh;
            route.instanceLow = advert.instanceLow;
            destination.version++;
        }
    }

    /**
     * Marks what each neighbour is owed about a destination, and unmarks what it is not.
     */
    private void owe(final Destination destination)
    {
        final boolean isReachable = destination.isReachable();
        for (int slot = 0; slot < neighbours.slotLimit(); slot++)
        {
            final Neighbour each = neighbours.at(slot);
            if (each != null)
            {
                final Adjacency adjacency = destination.adjacency(slot);
                final boolean isUpdateOwed = isReachable ?
                    adjacency.sentVersion != destination.version : adjacency.sent == Adjacency.Sent.ADVERTISED;
                each.updates.set(destination.slot, isUpdateOwed);
                each.requests.set(destination.slot, selector.isToBeAsked(each, destination));
            }
        }
    }

    /**
     * Forgets a destination, and how far it was, once no neighbour can still be following this node to it.
     */
    private void forgetIfDone(final Destination destination)
    {
        if (destination.isReachable() || destination == local)
        {
            return;
        }
        for (int slot = 0; slot < neighbours.slotLimit(); slot++)
        {
            if (neighbours.at(slot) != null)
            {
                final Adjacency adjacency = destination.adjacency(slot);
                if (adjacency.isFinite() || adjacency.sent != Adjacency.Sent.NOTHING)
                {
                    return;
                }
            }
        }
        for (int slot = 0; slot < neighbours.slotLimit(); slot++)
        {
            final Neighbour each = neighbours.at(slot);
            if (each != null)
            {
                each.updates.set(destination.slot, false);
                each.requests.set(destination.slot, false);
            }
        }
        destinations.forget(destination);
        if (destination.announced)
        {
            listener.onRouteRemoved(destination.route);
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
