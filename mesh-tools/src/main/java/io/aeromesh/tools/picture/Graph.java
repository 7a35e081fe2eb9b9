package io.aeromesh.tools.picture;

import io.aeromesh.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is drawn of a topology: each node once, each edge once though both its ends tell of it.
 *
 * @param nodes in order: those that answered, then the others.
 * @param lines between them.
 */
record Graph(List<Node> nodes, List<Line> lines)
{
    /**
     * A node.
     *
     * @param hasAnswered whether it told of its edges.
     */
    record Node(String name, boolean hasAnswered)
    {
    }

    /**
     * An edge.
     *
     * @param from index of the node that told of it.
     * @param to   index of the other.
     * @param rank among the edges of the same two nodes, from 0.
     */
    record Line(int from, int to, int rank, Topology.Link link)
    {
    }

    static Graph of(final Topology topology)
    {
        final List<Node> nodes = new ArrayList<>();
        final Map<String, Integer> indexByName = new HashMap<>();
        topology.nodes().forEach(name -> add(nodes, indexByName, name, true));
        topology.missing().forEach(name -> add(nodes, indexByName, name, false));
        topology.links().forEach(link -> add(nodes, indexByName, link.to(), false));

        final List<Line> lines = new ArrayList<>();
        final Map<List<String>, Integer> ranks = new HashMap<>();
        for (final Topology.Link link : topology.links())
        {
            if (isFirstView(topology, link))
            {
                final int rank = ranks.merge(List.of(link.from(), link.to()), 1, Integer::sum) - 1;
                lines.add(new Line(indexByName.get(link.from()), indexByName.get(link.to()), rank, link));
            }
        }
        return new Graph(List.copyOf(nodes), List.copyOf(lines));
    }

    private static void add(
        final List<Node> nodes, final Map<String, Integer> indexByName, final String name, final boolean hasAnswered)
    {
        if (indexByName.putIfAbsent(name, nodes.size()) == null)
        {
            nodes.add(new Node(name, hasAnswered));
        }
    }

    /**
     * Both ends tell of an edge, each by its own name of it: the view of the lower node is taken, or the only one.
     */
    private static boolean isFirstView(final Topology topology, final Topology.Link link)
    {
        return link.from().compareTo(link.to()) < 0 || topology.links().stream()
            .noneMatch(other -> other.from().equals(link.to()) && other.to().equals(link.from()));
    }

    /**
     * How long each edge is to be on paper: longer where a node has so many that its neighbours would not find room
     * around it.
     *
     * @param hop     least length.
     * @param spacing of neighbours around a node.
     * @return from each node to each; infinite where they are no neighbours.
     */
    double[][] lengths(final double hop, final double spacing)
    {
        final List<Set<Integer>> neighbours = new ArrayList<>();
        nodes.forEach(node -> neighbours.add(new TreeSet<>()));
        for (final Line line : lines)
        {
            neighbours.get(line.from()).add(line.to());
            neighbours.get(line.to()).add(line.from());
        }
        final double[][] lengths = new double[nodes.size()][nodes.size()];
        for (final double[] row : lengths)
        {
            Arrays.fill(row, Double.POSITIVE_INFINITY);
        }
        for (final Line line : lines)
        {
            final int most = Math.max(neighbours.get(line.from()).size(), neighbours.get(line.to()).size());
            final double length = Math.max(hop, most * spacing / (2 * Math.PI));
            lengths[line.from()][line.to()] = length;
            lengths[line.to()][line.from()] = length;
        }
        return lengths;
    }
}
