package io.aeromesh;

import java.util.List;
import java.util.function.Function;

/**
 * A picture of the mesh, gathered on request.
 *
 * @param nodes   names, those that answered.
 * @param links   each end's view of its edges that are up.
 * @param missing names of known nodes that did not answer.
 */
public record Topology(List<String> nodes, List<Link> links, List<String> missing)
{
    /**
     * One node's view of one of its edges.
     *
     * @param from        name of the node.
     * @param to          name of its neighbour.
     * @param edge        name at that node.
     * @param transport   kind.
     * @param cost        for routing.
     * @param roundTripNs measured, in nanoseconds; -1 while unmeasured.
     */
    public record Link(String from, String to, String edge, String transport, int cost, long roundTripNs)
    {
    }

    /**
     * For people: one line per node and edge.
     */
    public String toText()
    {
        return toText(link -> "");
    }

    /**
     * Likewise, with more about each link.
     *
     * @param note to be added behind what the link itself has; empty: nothing.
     */
    public String toText(final Function<Link, String> note)
    {
        return TopologyFormat.text(this, note);
    }

    /**
     * For Graphviz: each pair of nodes joined once per edge.
     */
    public String toDot()
    {
        return toDot(link -> "");
    }

    /**
     * Likewise, with more about each pair.
     *
     * @param note to be added behind what the link itself has; empty: nothing.
     */
    public String toDot(final Function<Link, String> note)
    {
        return TopologyFormat.dot(this, note);
    }

    /**
     * For programs: an object with {@code nodes}, {@code links} and {@code missing}.
     */
    public String toJson()
    {
        return TopologyFormat.json(this);
    }
}
