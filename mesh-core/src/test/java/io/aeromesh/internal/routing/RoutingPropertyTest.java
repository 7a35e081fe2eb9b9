package io.aeromesh.internal.routing;

import io.aeromesh.internal.routing.RoutingMesh.Link;
import io.aeromesh.internal.routing.RoutingMesh.Node;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Random meshes under random events: never a loop, and shortest paths once nothing happens any more.
 */
class RoutingPropertyTest
{
    private static final int PACKETS_MAX = 100_000;

    @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
    void shouldNeverLoopAndSettleOnShortestPaths(@ForAll final long seed)
    {
        run(seed, new FeasibilityRule());
    }

    static void run(final long seed, final FeasibilityRule rule)
    {
        final Random random = new Random(seed);
        final int[] remembered = {0, 2, 4096};
        final RoutingConfig config =
            new RoutingConfig(64, 100_000, 4096, remembered[random.nextInt(remembered.length)]);
        final RoutingMesh mesh = new RoutingMesh(random.nextLong(), config, rule);
        final int count = 2 + random.nextInt(11);
        final int costMax = 1 + random.nextInt(20);
        for (int i = 0; i < count; i++)
        {
            final Node node = mesh.node("node-" + i, random.nextInt(1 << 30));
            if (i > 0)
            {
                mesh.link(node, mesh.nodes.get(random.nextInt(i)), cost(random, costMax), cost(random, costMax));
            }
        }
        for (int i = random.nextInt(count + 1); i > 0; i--)
        {
            linkAny(mesh, random, costMax);
        }
        if (random.nextBoolean())
        {
            mesh.settle(PACKETS_MAX);
            mesh.checkShortestPaths();
        }
        for (int round = 1 + random.nextInt(3); round > 0; round--)
        {
            final int gap = 1 + random.nextInt(40);
            for (int events = random.nextInt(12); events > 0; events--)
            {
                happen(mesh, random, costMax);
                mesh.checkNoLoop();
                for (int steps = random.nextInt(gap); steps > 0 && mesh.step(); steps--)
                {
                    mesh.checkNoLoop();
                }
            }
            mesh.settle(PACKETS_MAX);
            mesh.checkShortestPaths();
        }
        for (final Node each : mesh.nodes)
        {
            for (final Neighbour neighbour : each.table.neighbours())
            {
                each.table.reachability(neighbour, Reachability.RESPONSIVE);
            }
        }
        mesh.settle(PACKETS_MAX);
        mesh.checkShortestPaths();
        for (final Node each : mesh.nodes)
        {
            RoutingMesh.require(each.listener.duplicates.isEmpty(), "taken for a duplicate: " + each);
        }
    }

    private static void happen(final RoutingMesh mesh, final Random random, final int costMax)
    {
        final int kind = random.nextInt(10);
        if (kind < 2)
        {
            linkAny(mesh, random, costMax);
            return;
        }
        if (kind == 2)
        {
            restart(mesh, random, costMax);
            return;
        }
        if (mesh.links.isEmpty())
        {
            return;
        }
        final Link link = mesh.links.get(random.nextInt(mesh.links.size()));
        final int side = random.nextInt(2);
        if (kind < 5)
        {
            link.down();
        }
        else if (link.isUp[side])
        {
            final RoutingTable table = link.ends[side].table;
            final Neighbour neighbour = link.neighbours[side];
            switch (kind)
            {
                case 5:
                case 6:
                case 7:
                    table.cost(neighbour, cost(random, costMax));
                    break;

                default:
                    table.reachability(neighbour, neighbour.reachability() == Reachability.SILENT ?
                        Reachability.RESPONSIVE : Reachability.SILENT);
                    break;
            }
        }
    }

    private static void restart(final RoutingMesh mesh, final Random random, final int costMax)
    {
        final Node old = mesh.nodes.get(random.nextInt(mesh.nodes.size()));
        final List<Link> before = List.copyOf(mesh.links);
        final long now = old.table.incarnation();
        final Node fresh = mesh.restart(old, random.nextBoolean() ? now + random.nextInt(2) : random.nextInt(1 << 30));
        for (final Link link : before)
        {
            for (int side = 0; side < 2; side++)
            {
                final Node peer = link.ends[1 - side];
                if (link.ends[side] == old && !peer.isDead && random.nextInt(4) > 0)
                {
                    mesh.link(fresh, peer, cost(random, costMax), cost(random, costMax));
                }
            }
        }
    }

    private static void linkAny(final RoutingMesh mesh, final Random random, final int costMax)
    {
        final Node a = mesh.nodes.get(random.nextInt(mesh.nodes.size()));
        final Node b = mesh.nodes.get(random.nextInt(mesh.nodes.size()));
        if (a != b)
        {
            mesh.link(a, b, cost(random, costMax), cost(random, costMax));
        }
    }

    private static int cost(final Random random, final int costMax)
    {
        return 1 + random.nextInt(costMax);
    }
}
