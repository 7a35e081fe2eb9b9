package io.aeromesh.internal.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.internal.routing.RoutingMesh.Link;
import io.aeromesh.internal.routing.RoutingMesh.Node;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rules that take several nodes.
 */
class RoutingScenarioTest
{
    private static final int SEEDS = 50;
    private static final int PACKETS_MAX = 5_000;

    @Test
    void shouldRouteToRestartedNodeWhoseClockSteppedBack()
    {
        for (int seed = 0; seed < SEEDS; seed++)
        {
            final RoutingMesh mesh = RoutingMesh.of(seed);
            final Node a = mesh.node("a", 1000);
            final Node b = mesh.node("b", 1000);
            final Node old = mesh.node("c", 1000);
            mesh.link(a, b, 1);
            mesh.link(b, old, 1);
            mesh.settle(PACKETS_MAX);
            final Route before = a.routeTo(old);

            final Node fresh = mesh.restart(old, 3);
            mesh.link(b, fresh, 2);
            mesh.settle(PACKETS_MAX);

            mesh.checkShortestPaths();
            assertEquals(3, a.routeTo(fresh).metric());
            assertTrue(fresh.table.incarnation() > 1000);
            assertTrue(fresh.listener.duplicates.isEmpty());
            assertTrue(before != a.routeTo(fresh) || a.listener.events.contains("instance c"));
        }
    }

    @Test
    void shouldRouteToRestartedNodeThatWasForgottenMeanwhile()
    {
        final RoutingMesh mesh = RoutingMesh.of(1);
        final Node a = mesh.node("a", 1000);
        final Node old = mesh.node("b", 1000);
        mesh.link(a, old, 1);
        mesh.settle(PACKETS_MAX);
        final Node fresh = mesh.restart(old, 3);
        mesh.settle(PACKETS_MAX);
        assertNull(a.routeTo(fresh));
        assertEquals(List.of("added b", "lost b", "removed b"), a.listener.events);

        mesh.link(a, fresh, 1);
        mesh.settle(PACKETS_MAX);
        mesh.checkShortestPaths();
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 5, 7, 1, 9", "1, 2, 7, 5, 1, 9", "1, 2, 5, 5, 3, 3", "-1, 2, 5, 7, 9, 1", "2, 1, 5, 7, 1, 9"})
    void shouldMakeTheLowerOfTwoLiveInstancesWithdraw(
        final long instanceP,
        final long instanceQ,
        final long incarnationP,
        final long incarnationQ,
        final int costP,
        final int costQ)
    {
        for (int seed = 0; seed < SEEDS; seed++)
        {
            final RoutingMesh mesh = RoutingMesh.of(seed);
            final Node p = mesh.node(77, "twin", instanceP, 0, incarnationP);
            final Node q = mesh.node(77, "twin", instanceQ, 0, incarnationQ);
            final Node m = mesh.node("m", 1);
            final Node n = mesh.node("n", 1);
            mesh.link(p, m, costP);
            mesh.link(m, n, 1);
            mesh.link(n, q, costQ);
            while (mesh.step())
            {
                assertTrue(mesh.packets < PACKETS_MAX);
            }

            final boolean isPLower = Long.compareUnsigned(instanceP, instanceQ) < 0;
            final Node lower = isPLower ? p : q;
            final Node higher = isPLower ? q : p;
            assertTrue(lower.table.withdrawn() && lower.listener.withdrawn);
            assertFalse(higher.table.withdrawn() || higher.listener.withdrawn);
            assertEquals(List.of(Withdrawal.SELF), lower.listener.duplicates);
            assertEquals(List.of(Withdrawal.OTHER), higher.listener.duplicates);
            for (final Node each : List.of(m, n, lower))
            {
                assertEquals(higher.identity.instanceHigh(), each.table.route(77).instanceHigh());
                Node at = each;
                for (int hops = 0; at != higher; hops++)
                {
                    assertTrue(hops < 4);
                    at = at.nextHop(77);
                }
            }
        }
    }

    @Test
    void shouldMakeExactlyOneTwinWithdrawInAnyMesh()
    {
        for (int seed = 0; seed < 20 * SEEDS; seed++)
        {
            final RoutingMesh mesh = RoutingMesh.of(seed);
            final Random random = new Random(seed);
            final List<Node> twins = List.of(
                mesh.node(77, "twin", random.nextLong(), 0, random.nextInt(3)),
                mesh.node(77, "twin", random.nextLong(), 0, random.nextInt(3)));
            mesh.node("m", 1);
            for (int i = random.nextInt(7); i > 0; i--)
            {
                mesh.node("node-" + i, 1);
            }
            final int count = mesh.nodes.size();
            for (int i = 1; i < count + random.nextInt(3); i++)
            {
                final int here = i < count ? i : count - 1;
                mesh.link(
                    mesh.nodes.get(here), mesh.nodes.get(random.nextInt(here)),
                    1 + random.nextInt(9), 1 + random.nextInt(9));
            }
            while (mesh.step())
            {
                assertTrue(mesh.packets < PACKETS_MAX);
            }

            final long withdrawn = twins.stream().filter(each -> each.table.withdrawn()).count();
            assertEquals(1, withdrawn, "seed=" + seed);
            final Node winner = twins.get(twins.get(0).table.withdrawn() ? 1 : 0);
            for (final Node each : mesh.nodes)
            {
                assertTrue(each == winner ||
                    each.table.route(77).instanceHigh() == winner.identity.instanceHigh(), "seed=" + seed);
                assertEquals(twins.contains(each) ? 1 : 0, each.listener.duplicates.size(), "seed=" + seed);
            }
        }
    }

    @Test
    void shouldSettleOnOneOfThreeLiveInstances()
    {
        for (int seed = 0; seed < SEEDS; seed++)
        {
            final RoutingMesh mesh = RoutingMesh.of(seed);
            final Node hub = mesh.node("hub", 1);
            for (int i = 1; i <= 3; i++)
            {
                mesh.link(hub, mesh.node(77, "triplet", i, 0, i), i);
            }
            while (mesh.step())
            {
                assertTrue(mesh.packets < PACKETS_MAX);
            }
            assertTrue(mesh.nodes.get(1).table.withdrawn());
            assertTrue(mesh.nodes.get(2).table.withdrawn());
            assertFalse(mesh.nodes.get(3).table.withdrawn());
            assertSame(mesh.nodes.get(3), hub.nextHop(77));
        }
    }

    @Test
    void shouldRefuseSecondNameWithOneId()
    {
        final RoutingMesh mesh = RoutingMesh.of(3);
        final Node first = mesh.node(77, "first", 1, 1, 1);
        final Node second = mesh.node(77, "second", 2, 2, 9);
        final Node m = mesh.node("m", 1);
        final Node far = mesh.node("far", 1);
        mesh.link(first, m, 1);
        mesh.link(m, far, 1);
        mesh.settle(PACKETS_MAX);
        mesh.link(second, m, 1);
        mesh.settle(PACKETS_MAX);

        assertEquals("first", m.table.route(77).name());
        assertEquals(first.identity.instanceHigh(), m.table.route(77).instanceHigh());
        assertEquals("first", far.table.route(77).name());
        assertTrue(m.listener.events.contains("collision first second"));
        assertTrue(second.listener.events.contains("collision second first"));
        assertFalse(far.listener.events.toString().contains("second"));
    }

    @Test
    void shouldNotLearnMoreDestinationsThanAllowed()
    {
        final RoutingMesh mesh = new RoutingMesh(4, new RoutingConfig(2, 1000, 4096, 8), new FeasibilityRule());
        final Node hub = mesh.node("hub", 1);
        for (int i = 0; i < 3; i++)
        {
            mesh.link(hub, mesh.node("leaf-" + i, 1), 1);
            mesh.settle(PACKETS_MAX);
        }
        assertEquals(2, hub.table.routes().size());
        assertTrue(hub.listener.events.contains("full leaf-2"));
    }

    @Test
    void shouldFailOverAtOnceWhenAFeasibleAlternativeIsThere()
    {
        final RoutingMesh mesh = RoutingMesh.of(5);
        final Node a = mesh.node("a", 1);
        final Node b = mesh.node("b", 1);
        final Node c = mesh.node("c", 1);
        final Node d = mesh.node("d", 1);
        final Link best = mesh.link(a, b, 2);
        mesh.link(a, c, 3);
        mesh.link(b, d, 1);
        mesh.link(c, d, 1);
        mesh.settle(PACKETS_MAX);
        assertSame(b, a.nextHop(d.identity.nodeId()));
        final long pathEpoch = a.routeTo(d).pathEpoch();

        a.table.removeNeighbour(best.neighbours[0]);

        assertSame(c, a.nextHop(d.identity.nodeId()));
        assertEquals(4, a.routeTo(d).metric());
        assertNotEquals(pathEpoch, a.routeTo(d).pathEpoch());
        assertTrue(a.listener.events.contains("changed d NEXT_HOP"));
    }

    @Test
    void shouldAskForASequenceWhenOnlyAnInfeasibleWayIsLeft()
    {
        final RoutingMesh mesh = RoutingMesh.of(6);
        final Node a = mesh.node("a", 1);
        final Node b = mesh.node("b", 1);
        final Node d = mesh.node("d", 1);
        final Link direct = mesh.link(a, d, 1);
        mesh.link(a, b, 1);
        mesh.link(b, d, 9);
        mesh.settle(PACKETS_MAX);
        assertEquals(0, d.table.sequence());

        direct.down();
        mesh.settle(PACKETS_MAX);

        mesh.checkShortestPaths();
        assertEquals(10, a.routeTo(d).metric());
        assertEquals(1, d.table.sequence());
    }

    @Test
    void shouldNotCountUpAroundARingThatIsCutOff()
    {
        for (int seed = 0; seed < SEEDS; seed++)
        {
            final RoutingMesh mesh = RoutingMesh.of(seed);
            final Node d = mesh.node("d", 1);
            final int ringLength = 8;
            for (int i = 0; i < ringLength; i++)
            {
                final Node each = mesh.node("ring-" + i, 1);
                if (i > 0)
                {
                    mesh.link(mesh.nodes.get(i), each, 1);
                }
            }
            mesh.settle(PACKETS_MAX);
            final Link link = mesh.link(d, mesh.nodes.get(1), 1);
            for (int i = 0; i < 20; i++)
            {
                mesh.step();
            }
            link.down();
            mesh.link(mesh.nodes.get(1), mesh.nodes.get(ringLength), 1);
            mesh.settle(PACKETS_MAX);
            mesh.checkShortestPaths();
        }
    }
}
