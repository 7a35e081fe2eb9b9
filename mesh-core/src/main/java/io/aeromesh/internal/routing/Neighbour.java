package io.aeromesh.internal.routing;

/**
 * One generation of an edge to an adjacent node, as the routing table sees it; from
 * {@link RoutingTable#addNeighbour} to {@link RoutingTable#removeNeighbour}, and never reused.
 * <p>
 * <b>Threading:</b> the thread that owns the table.
 */
public final class Neighbour
{
    final long nodeId;
    final long instanceHigh;
    final long instanceLow;
    final long generationNonce;
    final Object attachment;
    final int slot;
    int cost;
    Reachability reachability = Reachability.RESPONSIVE;

    /** Slots of the destinations whose current state is owed. */
    final SlotSet updates = new SlotSet();

    /** Slots of the destinations for which a newer epoch is to be asked. */
    final SlotSet requests = new SlotSet();

    /** Slots of the destinations retracted and not acknowledged. */
    final SlotSet retractions = new SlotSet();

    /** Where the next RouteUpdate starts, so that a busy low slot starves none. */
    int updateCursor;

    /** Which kind of packet has its turn. */
    int turn;

    long sentSerial;
    long receivedSerial;
    boolean isAckOwed;

    Neighbour(
        final int slot,
        final long nodeId,
        final long instanceHigh,
        final long instanceLow,
        final int cost,
        final long generationNonce,
        final Object attachment)
    {
        this.slot = slot;
        this.nodeId = nodeId;
        this.instanceHigh = instanceHigh;
        this.instanceLow = instanceLow;
        this.cost = cost;
        this.generationNonce = generationNonce;
        this.attachment = attachment;
    }

    /**
     * Id of the adjacent node.
     */
    public long nodeId()
    {
        return nodeId;
    }

    /**
     * Upper half of its instance.
     */
    public long instanceHigh()
    {
        return instanceHigh;
    }

    /**
     * Lower half of its instance.
     */
    public long instanceLow()
    {
        return instanceLow;
    }

    /**
     * This end's nonce of the edge generation.
     */
    public long generationNonce()
    {
        return generationNonce;
    }

    /**
     * Of sending to it, at least 1.
     */
    public int cost()
    {
        return cost;
    }

    /**
     * As last told to the table.
     */
    public Reachability reachability()
    {
        return reachability;
    }

    /**
     * What the owner of the table gave to {@link RoutingTable#addNeighbour}.
     */
    public Object attachment()
    {
        return attachment;
    }

    @Override
    public String toString()
    {
        return "Neighbour{nodeId=" + Long.toHexString(nodeId) + ", cost=" + cost + ", " + reachability + '}';
    }
}
