package io.aeromesh.sim.check;

import io.aeromesh.EdgeStatus;
import io.aeromesh.MeshNode;
import io.aeromesh.RouteStatus;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.sim.SimMesh;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * {@link Rule#SHORTEST_PATHS}: once links and costs stay as they are, routes must become what an algorithm finds that
 * sees the whole mesh, within {@code 3 (n - 1) + 2} edge delays: a retraction, a request and its answer each travel
 * across the mesh.
 */
public final class RouteOracle
{
    private final SimMesh mesh;
    private final Findings findings;
    private final Predicate<String> isEdge;
    private List<Object> seenEdges = List.of();
    private List<Link> seenLinks = List.of();
    private List<Object> seenRoutes = List.of();
    private Map<String, Map<String, Integer>> costs = Map.of();
    private long stableSince;
    private String difference = "not looked yet";

    private record Link(String node, String name, String peer, EdgeStatus.State state, int cost)
    {
    }

    private record Reached(String node, int distance)
    {
    }

    /**
     * @param mesh     whose routes it knows better.
     * @param findings to report to.
     * @param isEdge   tells names of edges from those of direct streams, which carry no routes.
     */
    public RouteOracle(final SimMesh mesh, final Findings findings, final Predicate<String> isEdge)
    {
        this.isEdge = isEdge;
        this.mesh = mesh;
        this.findings = findings;
    }

    /**
     * Looks at links and routes.
     *
     * @param tick           now.
     * @param edgeDelayTicks that one packet needs from node to node.
     * @return whether all routes are the shortest.
     */
    public boolean check(final long tick, final long edgeDelayTicks)
    {
        final List<Object> edges = new ArrayList<>();
        final List<Object> routes = new ArrayList<>();
        for (final String name : mesh.names())
        {
            edges.add(mesh.node(name).edges());
            routes.add(mesh.node(name).routes());
        }
        if (!isSame(edges, seenEdges))
        {
            seenEdges = edges;
            onEdges(tick);
        }
        if (!isSame(routes, seenRoutes))
        {
            seenRoutes = routes;
            difference = difference();
        }
        final long bound = (3L * (mesh.names().size() - 1) + 2) * edgeDelayTicks;
        if (difference != null && tick - stableSince > bound)
        {
            findings.report(Rule.SHORTEST_PATHS, difference + "; links have not changed for " + (tick - stableSince) +
                " ticks, at most " + bound + " are needed", mesh.names().toArray(new String[0]));
        }
        return difference == null;
    }

    private void onEdges(final long tick)
    {
        final List<Link> links = new ArrayList<>();
        for (final String name : mesh.names())
        {
            for (final EdgeStatus edge : mesh.node(name).edges())
            {
                if (isEdge.test(edge.name())) // and no direct stream
                {
                    links.add(new Link(name, edge.name(), edge.peer(), edge.state(), edge.cost()));
                }
            }
        }
        if (!links.equals(seenLinks))
        {
            seenLinks = links;
            stableSince = tick;
            costs = costs(links);
            seenRoutes = List.of();
        }
    }

    /**
     * Snapshots of edges and routes are replaced when they change.
     */
    private static boolean isSame(final List<Object> now, final List<Object> seen)
    {
        for (int i = 0; i < now.size(); i++)
        {
            if (seen.size() != now.size() || now.get(i) != seen.get(i))
            {
                return false;
            }
        }
        return true;
    }

    private static Map<String, Map<String, Integer>> costs(final List<Link> links)
    {
        final Map<String, Map<String, Integer>> costs = new HashMap<>();
        for (final Link link : links)
        {
            if (link.state == EdgeStatus.State.UP)
            {
                costs.computeIfAbsent(link.node, name -> new HashMap<>()).merge(link.peer, link.cost, Math::min);
            }
        }
        return costs;
    }

    private String difference()
    {
        for (final String name : mesh.names())
        {
            final Map<String, Integer> distances = distancesFrom(name);
            distances.keySet().removeIf(other -> !isTold(name, other));
            final MeshNode node = mesh.node(name);
            int found = 0;
            for (final RouteStatus route : node.routes())
            {
                final Integer distance = distances.get(route.destination());
                final boolean isReached = !route.nextHop().isEmpty();
                if (isReached != (distance != null) || isReached && route.metric() != distance)
                {
                    return name + " has " + route + ", the shortest is " + distance;
                }
                found += isReached ? 1 : 0;
            }
            if (found != distances.size() - 1)
            {
                return name + " has routes to " + found + " nodes, there are ways to " + (distances.size() - 1);
            }
        }
        return null;
    }

    /**
     * Of contexts a node is told its own only, and a context itself.
     */
    private static boolean isTold(final String node, final String other)
    {
        return !NodeIds.isContext(other) || other.equals(node) || NodeIds.nodeOf(other).equals(node);
    }

    /**
     * Dijkstra's. The direction of a hop's cost is that of sending.
     */
    private Map<String, Integer> distancesFrom(final String start)
    {
        final Map<String, Integer> found = new HashMap<>();
        final PriorityQueue<Reached> next =
            new PriorityQueue<>((left, right) -> Integer.compare(left.distance, right.distance));
        next.add(new Reached(start, 0));
        while (!next.isEmpty())
        {
            final Reached reached = next.poll();
            if (found.putIfAbsent(reached.node, reached.distance) == null)
            {
                costs.getOrDefault(reached.node, Map.of())
                    .forEach((peer, cost) -> next.add(new Reached(peer, reached.distance + cost)));
            }
        }
        return found;
    }
}
