package io.aeromesh.internal.routing;

/**
 * This node's way to one destination. One object for as long as the destination is known.
 * <p>
 * <b>Threading:</b> the thread that owns the table. <b>Ownership:</b> written by the table alone, but for the
 * attachment.
 */
public final class Route
{
    final long destinationId;
    final String name;
    long instanceHigh;
    long instanceLow;
    long incarnation;
    int sequence;
    Neighbour next;
    int metric = Metrics.INFINITY;
    long pathEpoch;
    /**
     * Ways that were lost or left. A hop discards while it has no route, and also broadcasts that come by another way
     * than its route; its neighbours may never hear of a short change: so it counts.
     */
    long losses;
    private Object attachment;

    Route(final long destinationId, final String name)
    {
        this.destinationId = destinationId;
        this.name = name;
    }

    /**
     * Id of the destination.
     */
    public long destinationId()
    {
        return destinationId;
    }

    /**
     * Name of the destination.
     */
    public String name()
    {
        return name;
    }

    /**
     * Upper half of the destination's instance; the last known one while there is no route.
     */
    public long instanceHigh()
    {
        return instanceHigh;
    }

    /**
     * Lower half of the destination's instance; the last known one while there is no route.
     */
    public long instanceLow()
    {
        return instanceLow;
    }

    /**
     * First half of the epoch under which the route was advertised.
     */
    public long incarnation()
    {
        return incarnation;
    }

    /**
     * Second half of the epoch under which the route was advertised.
     */
    public int sequence()
    {
        return sequence;
    }

    /**
     * Next hop, or null when there is no feasible route now.
     */
    public Neighbour next()
    {
        return next;
    }

    /**
     * Sum of the costs to the destination; {@link Integer#MAX_VALUE} without a route.
     */
    public int metric()
    {
        return metric;
    }

    /**
     * Differs from before when anything on the path was replaced; the last one while there is no route. Never 0.
     */
    public long pathEpoch()
    {
        return pathEpoch;
    }

    /**
     * What the owner of the table hung here, or null.
     */
    public Object attachment()
    {
        return attachment;
    }

    /**
     * Hangs the owner's state on this destination.
     */
    public void attachment(final Object attachment)
    {
        this.attachment = attachment;
    }

    @Override
    public String toString()
    {
        return "Route{name=" + name + ", next=" + next + ", metric=" + metric +
            ", epoch=" + incarnation + "." + sequence + '}';
    }
}
