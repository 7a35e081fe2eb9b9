package io.aeromesh.internal.routing;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

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
    /**
     * Makes a table that knows this node alone.
     *
     * @param config   limits.
     * @param self     who this node is.
     * @param listener is told of changes.
     */
    public RoutingTable(final RoutingConfig config, final NodeIdentity self, final RouteListener listener)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Who this node is; the incarnation is the one at start.
     */
    public NodeIdentity self()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Incarnation under which this node advertises itself now.
     */
    public long incarnation()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Sequence under which this node advertises itself now.
     */
    public int sequence()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Whether this node gave up its name to another live one. Packets for its own id are then transit:
     * {@link #route} of it leads to the other node.
     */
    public boolean withdrawn()
    {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    /**
     * The edge is down: drops all that was learnt over it and takes the feasible alternatives at once. Idempotent.
     */
    public void removeNeighbour(final Neighbour neighbour)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Neighbours in the order they were added. Not to be changed.
     */
    public Collection<Neighbour> neighbours()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * The cost of sending to a neighbour changed.
     *
     * @param neighbour whose edge it is.
     * @param cost      at least 1.
     */
    public void cost(final Neighbour neighbour, final int cost)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * The neighbour stopped answering, or answers again. While silent its routes are not used, but kept.
     */
    public void reachability(final Neighbour neighbour, final Reachability reachability)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Something on the way through that neighbour was lost unseen: gives all routes over it another path epoch.
     */
    public void bumpPathEpoch(final Neighbour neighbour)
    {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    /**
     * Whether {@link #flush} has something for that neighbour. Cheap.
     */
    public boolean hasPending(final Neighbour neighbour)
    {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    /**
     * Looks a destination up. One hash lookup, no allocation.
     *
     * @return its route, which may have no next hop now; or null when unknown, or this node itself (unless withdrawn).
     */
    public Route route(final long destinationId)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * All known destinations, without this node. A live view, not to be changed.
     */
    public Collection<Route> routes()
    {
        throw new UnsupportedOperationException();
    }
}
