package io.aeromesh.internal.routing;

import io.aeromesh.protocol.NodeIds;
import java.util.Arrays;

/**
 * Everything a node knows about one destination. Owned by {@link DestinationTable}.
 */
final class Destination
{
    /**
     * Who originates the destination.
     */
    enum Origin
    {
        /** This node. */
        LOCAL,
        /** Another one. */
        REMOTE
    }

    final Route route;
    final byte[] nameBytes;
    final int slot;
    final FeasibilityDistance distance = new FeasibilityDistance();
    Origin origin = Origin.REMOTE;

    /** This node's own name is never forgotten, also when withdrawn. */
    boolean isPermanent;

    /** Whether the listener was told of the route; from then on it is in {@link DestinationTable#routes}. */
    boolean isAnnounced;

    /** Changes with whatever is advertised; starts above {@link Adjacency#sentVersion}. */
    long version = 1;

    /** Least epoch that this node or a neighbour needs, or {@link Epochs#NONE}. */
    long wantedIncarnation = Epochs.NONE;
    int wantedSequence;

    /** Last other name refused for this id. */
    String refusedName;

    private Adjacency[] adjacencies = new Adjacency[4];

    Destination(final Route route, final byte[] nameBytes, final int slot)
    {
        this.route = route;
        this.nameBytes = nameBytes;
        this.slot = slot;
    }

    /**
     * By slot of the neighbour, which exists.
     */
    Adjacency adjacency(final int neighbourSlot)
    {
        return adjacencies[neighbourSlot];
    }

    void addAdjacency(final int neighbourSlot)
    {
        if (neighbourSlot >= adjacencies.length)
        {
            adjacencies = Arrays.copyOf(adjacencies, Math.max(neighbourSlot + 1, adjacencies.length << 1));
        }
        adjacencies[neighbourSlot] = new Adjacency();
    }

    void removeAdjacency(final int neighbourSlot)
    {
        adjacencies[neighbourSlot] = null;
    }

    boolean isLocal()
    {
        return origin == Origin.LOCAL;
    }

    /**
     * Whether it is a context, which is known to its host alone.
     */
    boolean isContext()
    {
        return NodeIds.isContext(route.destinationId);
    }

    /**
     * Whether this node has a finite metric to advertise.
     */
    boolean isReachable()
    {
        return isLocal() || route.next != null;
    }

    boolean isWanted()
    {
        return wantedIncarnation != Epochs.NONE;
    }

    /**
     * Raises the wanted epoch to at least the given one.
     */
    void want(final long incarnation, final int sequence)
    {
        if (Epochs.compare(incarnation, sequence, wantedIncarnation, wantedSequence) > 0)
        {
            wantedIncarnation = incarnation;
            wantedSequence = sequence;
        }
    }

    /**
     * Whether the current route is of that epoch or a newer one.
     */
    boolean reaches(final long incarnation, final int sequence)
    {
        return isReachable() &&
            Epochs.compare(route.incarnation, route.sequence, incarnation, sequence) >= 0;
    }
}
