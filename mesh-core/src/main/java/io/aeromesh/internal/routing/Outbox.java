package io.aeromesh.internal.routing;

import org.agrona.MutableDirectBuffer;

/**
 * What each neighbour is owed: a mark per destination and kind, never a queue. Marks are set and cleared from the
 * state alone, so that only the latest value is ever sent. A feasibility distance falls when its metric is written.
 */
final class Outbox
{
    private static final int TURNS = 3;

    private final DestinationTable destinations;
    private final NeighbourTable neighbours;
    private final RouteSelector selector;
    private final FeasibilityRule rule;
    private final PacketWriter writer = new PacketWriter();
    private final boolean isLeaf;

    /**
     * @param isLeaf whether this node passes nothing on, so that nobody need know what it knows.
     */
    Outbox(
        final boolean isLeaf,
        final DestinationTable destinations,
        final NeighbourTable neighbours,
        final RouteSelector selector,
        final FeasibilityRule rule)
    {
        this.isLeaf = isLeaf;
        this.destinations = destinations;
        this.neighbours = neighbours;
        this.selector = selector;
        this.rule = rule;
    }

    boolean hasPending(final Neighbour neighbour)
    {
        return neighbour.isAckOwed || !neighbour.updates.isEmpty() || !neighbour.requests.isEmpty();
    }

    /**
     * Marks what each neighbour is owed about a destination, and unmarks what it is not.
     */
    void owe(final Destination destination)
    {
        final boolean isReachable = destination.isReachable();
        final boolean isTold = destination.isLocal() || !isLeaf && !destination.isContext();
        for (int slot = 0; slot < neighbours.slotLimit(); slot++)
        {
            final Neighbour each = neighbours.at(slot);
            if (each != null)
            {
                final Adjacency adjacency = destination.adjacency(slot);
                final boolean isUpdateOwed = isTold && isReachable ?
                    adjacency.sentVersion != destination.version : adjacency.sent == Adjacency.Sent.ADVERTISED;
                each.updates.set(destination.slot, isUpdateOwed);
                each.requests.set(destination.slot, selector.isToBeAsked(each, destination));
            }
        }
    }

    /**
     * Marks nothing as owed about a destination that is about to be forgotten.
     */
    void clear(final Destination destination)
    {
        for (int slot = 0; slot < neighbours.slotLimit(); slot++)
        {
            final Neighbour each = neighbours.at(slot);
            if (each != null)
            {
                each.updates.set(destination.slot, false);
                each.requests.set(destination.slot, false);
                each.retractions.set(destination.slot, false);
            }
        }
    }

    /**
     * Writes the next packet; the kinds take turns. See {@link RoutingTable#flush}.
     */
    int flush(
        final Neighbour neighbour, final MutableDirectBuffer buffer, final int offset, final int maxLength)
    {
        int length = 0;
        for (int i = 0; i < TURNS && length == 0; i++)
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
}
