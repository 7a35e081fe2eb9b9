package io.aeromesh.tools.look;

import static io.aeromesh.status.MeshCounter.EDGE_BYTES_IN;
import static io.aeromesh.status.MeshCounter.EDGE_PACKETS_IN;

import io.aeromesh.Topology;
import io.aeromesh.os.StatusFiles;
import io.aeromesh.status.MeshCounter.Scope;
import io.aeromesh.tools.look.LinkTable.Joined;
import io.aeromesh.watch.NodeSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much goes along the edges of a mesh, as far as nodes of this host count it: each what it receives.
 */
public final class EdgeRates
{
    private final Map<Topology.Link, Rate> rateByView = new HashMap<>();
    private final Map<Topology.Link, Rate> rateByLink = new HashMap<>();

    /**
     * How much goes along an edge in a second.
     *
     * @param packets   or -1: nobody here knows.
     * @param bytes     or -1.
     * @param direction of that.
     */
    public record Rate(double packets, double bytes, Direction direction)
    {
        static final Rate UNKNOWN = new Rate(-1, -1, Direction.NONE);

        /**
         * Whether somebody here counts it.
         */
        public boolean isKnown()
        {
            return direction != Direction.NONE;
        }
    }

    /**
     * What a rate is of.
     */
    public enum Direction
    {
        /** It is not known. */
        NONE,
        /** To the one end that is here. */
        ONE,
        /** Both ends are here. */
        BOTH
    }

    /**
     * @param topology of the mesh.
     * @param mesh     its name.
     * @param nodes    of this host.
     */
    public EdgeRates(final Topology topology, final String mesh, final List<NodeRates> nodes)
    {
        final Map<String, NodeRates> byName = new HashMap<>();
        nodes.stream().filter(rates -> isHere(rates, mesh)).forEach(rates -> byName.put(rates.node().name(), rates));
        final Map<List<String>, Integer> neighbours = new HashMap<>();
        topology.links().forEach(link -> neighbours.merge(List.of(link.from(), link.edge()), 1, Integer::sum));
        final LinkTable table = new LinkTable();
        final Map<LinkTable.End, Topology.Link> linkByEnd = new HashMap<>();
        for (final Topology.Link link : topology.links())
        {
            final boolean isOnly = neighbours.get(List.of(link.from(), link.edge())) == 1;
            final Rate rate = isOnly ? rateOf(byName.get(link.from()), link.edge()) : Rate.UNKNOWN;
            rateByView.put(link, rate);
            final LinkTable.End end = new LinkTable.End(link.from(), link.to(), link.edge(), link.transport(),
                link.cost(), link.roundTripNs(), rate.packets(), rate.bytes(), false);
            linkByEnd.put(end, link);
            table.add(end);
        }
        for (final Joined joined : table.joined())
        {
            final Rate rate = new Rate(joined.packetsIn(), joined.bytesIn(), direction(joined));
            joined.ends().forEach(end -> rateByLink.put(linkByEnd.get(end), rate));
        }
    }

    private static boolean isHere(final NodeRates rates, final String mesh)
    {
        final NodeSnapshot node = rates.node();
        return rates.isKnown() && node.mesh().equals(mesh) && node.state() == StatusFiles.State.ALIVE;
    }

    /**
     * An edge that leads to several neighbours is counted as one, so that it is called only where it has one.
     */
    private static Rate rateOf(final NodeRates node, final String edge)
    {
        return node == null || !node.owners(Scope.EDGE).contains(edge) ? Rate.UNKNOWN :
            new Rate(node.rate(EDGE_PACKETS_IN, edge), node.rate(EDGE_BYTES_IN, edge), Direction.ONE);
    }

    private static Direction direction(final Joined joined)
    {
        final long known = joined.ends().stream().filter(end -> end.packetsIn() >= 0).count();
        return known == 0 ? Direction.NONE : known == 1 ? Direction.ONE : Direction.BOTH;
    }

    /**
     * What the node that has this view receives by the edge.
     */
    public Rate in(final Topology.Link link)
    {
        return rateByView.getOrDefault(link, Rate.UNKNOWN);
    }

    /**
     * What goes along the edge in both directions, as far as its ends are here.
     */
    public Rate both(final Topology.Link link)
    {
        return rateByLink.getOrDefault(link, Rate.UNKNOWN);
    }
}
