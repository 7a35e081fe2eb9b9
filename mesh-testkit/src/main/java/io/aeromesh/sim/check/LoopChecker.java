package io.aeromesh.sim.check;

import io.aeromesh.MeshNode;
import io.aeromesh.RouteStatus;
import io.aeromesh.sim.SimEdge;
import io.aeromesh.sim.SimMedium;
import io.aeromesh.sim.SimMesh;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link Rule#NO_LOOP}: from each node whose routes have changed, follows the way to each destination over the next
 * hops that all nodes have at this instant. A way that leads into a generation of an edge which the other end has left
 * ends there: packets do.
 */
public final class LoopChecker implements Checker
{
    private final SimMesh mesh;
    private final Findings findings;
    private final Map<String, Table> tables = new HashMap<>();
    private long followed;

    private static final class Table
    {
        List<RouteStatus> seen = List.of();
        Map<String, RouteStatus> routes = Map.of();
    }

    /**
     * @param mesh     whose nodes it follows.
     * @param findings to report to.
     */
    public LoopChecker(final SimMesh mesh, final Findings findings)
    {
        this.mesh = mesh;
        this.findings = findings;
    }

    /**
     * Ways followed so far.
     */
    public long followed()
    {
        return followed;
    }

    /**
     * A node was killed or closed: a new one of its name has no routes yet.
     */
    public void forget(final String nodeName)
    {
        tables.remove(nodeName);
    }

    @Override
    public void afterCycle(final String nodeName)
    {
        final MeshNode node = mesh.node(nodeName);
        final Table table = tables.computeIfAbsent(nodeName, name -> new Table());
        if (node == null || node.routes() == table.seen)
        {
            return;
        }
        final Map<String, RouteStatus> before = table.routes;
        table.seen = node.routes();
        table.routes = new HashMap<>();
        for (final RouteStatus route : table.seen)
        {
            table.routes.put(route.destination(), route);
        }
        for (final RouteStatus route : table.seen)
        {
            final RouteStatus old = before.get(route.destination());
            if (!route.edge().isEmpty() && (old == null || !old.edge().equals(route.edge())))
            {
                follow(nodeName, route.destination());
            }
        }
    }

    private void follow(final String start, final String destination)
    {
        followed++;
        final StringBuilder way = new StringBuilder(start);
        String at = start;
        for (int hops = 0; hops <= tables.size(); hops++)
        {
            at = next(at, destination);
            if (at == null || at.equals(destination))
            {
                return;
            }
            way.append(" > ").append(at);
            if (at.equals(start))
            {
                break;
            }
        }
        findings.report(Rule.NO_LOOP, "the way to " + destination + " runs in a circle: " + way, start, at);
    }

    private String next(final String at, final String destination)
    {
        final RouteStatus route = route(at, destination);
        if (route == null || route.edge().isEmpty())
        {
            return null;
        }
        final SimEdge here = edge(at, route.nextHop(), route.edge());
        final SimEdge there = here == null ? null : edge(route.nextHop(), at, route.edge());
        return there != null && here.generation().equals(there.generation()) ? route.nextHop() : null;
    }

    /**
     * As it is now: commands of the application run a node too, and others hear what it then says before its next cycle
     */
    private RouteStatus route(final String at, final String destination)
    {
        final Table table = tables.get(at);
        final MeshNode node = mesh.node(at);
        if (table == null || node == null || node.routes() == table.seen)
        {
            return table == null ? null : table.routes.get(destination);
        }
        return node.routes().stream().filter(route -> route.destination().equals(destination)).findFirst().orElse(null);
    }

    private SimEdge edge(final String node, final String peer, final String name)
    {
        for (final SimMedium medium : mesh.media(node))
        {
            if (medium.peerName().equals(peer) && medium.edgeName().equals(name))
            {
                return medium.edge();
            }
        }
        return null;
    }
}
