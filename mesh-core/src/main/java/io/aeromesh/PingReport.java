package io.aeromesh;

import java.util.List;

/**
 * Round trips to each hop on the way to a node.
 *
 * @param destination asked for.
 * @param hops        in order from the first neighbour to the destination, or as far as answers came.
 */
public record PingReport(String destination, List<Hop> hops)
{
    /**
     * One hop.
     *
     * @param node        name.
     * @param edge        over which the ping came in at that node.
     * @param roundTripNs from the asking node and back, in nanoseconds.
     */
    public record Hop(String node, String edge, long roundTripNs)
    {
    }

    /**
     * Whether the destination itself answered.
     */
    public boolean complete()
    {
        return !hops.isEmpty() && hops.get(hops.size() - 1).node().equals(destination);
    }
}
