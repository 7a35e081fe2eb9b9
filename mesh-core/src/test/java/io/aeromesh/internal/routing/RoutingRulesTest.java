package io.aeromesh.internal.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.MeshException;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * The rules, one by one, on one table.
 */
class RoutingRulesTest
{
    private final TableBench bench = new TableBench();
    private final Neighbour n2 = bench.neighbour(2, 1);
    private final Neighbour n3 = bench.neighbour(3, 1);

    @Test
    void shouldAdvertiseItselfAtMetricZero()
    {
        assertTrue(bench.table.hasPending(n2));
        assertEquals(List.of("self 100.0 0"), bench.drain(n2));
        assertFalse(bench.table.hasPending(n2));
        assertEquals(0, bench.table.flush(n2, new UnsafeBuffer(new byte[512]), 0, 512));
        assertNull(bench.table.route(1));
    }

    @Test
    void shouldTakeTheLeastMetricAndKeepTheNextHopOnTies()
    {
        bench.advertise(n3, 1, 0, 5);
        assertSame(n3, bench.route().next());
        bench.advertise(n2, 1, 0, 5);
        assertSame(n3, bench.route().next());
        bench.advertise(n2, 1, 0, 4);
        assertSame(n2, bench.route().next());
        assertEquals(5, bench.route().metric());
        assertEquals(List.of("added dest", "changed dest NEXT_HOP"), bench.listener.events);
    }

    @Test
    void shouldBreakTiesByTheLowerNeighbour()
    {
        final Neighbour n4 = bench.neighbour(4, 1);
        bench.advertise(n4, 1, 0, 1);
        bench.advertise(n3, 1, 0, 2);
        bench.advertise(n2, 1, 0, 2);
        bench.table.removeNeighbour(n4);
        assertSame(n2, bench.route().next());
    }

    @Test
    void shouldNotFollowAMetricThatIsNotBelowTheDistance()
    {
        bench.advertise(n2, 1, 0, 5);
        bench.drain(n3);
        bench.advertise(n3, 1, 0, 6);
        bench.table.removeNeighbour(n2);
        assertNull(bench.route().next());
        assertEquals(Integer.MAX_VALUE, bench.route().metric());
        assertEquals(List.of("dest 1.0 -", "want 99 1.1"), bench.drainSorted(n3));
    }

    @Test
    void shouldFollowTheSameMetricWhileNothingWasAdvertised()
    {
        bench.advertise(n2, 1, 0, 5);
        bench.advertise(n3, 1, 0, 600);
        bench.table.removeNeighbour(n2);
        assertSame(n3, bench.route().next());
    }

    @Test
    void shouldDropTheNextHopWhenItBecomesInfeasible()
    {
        bench.advertise(n2, 1, 0, 5);
        bench.drain(n3);
        bench.advertise(n2, 1, 0, 6);
        assertNull(bench.route().next());
        bench.advertise(n2, 1, 1, 6);
        assertSame(n2, bench.route().next());
        assertEquals(List.of("added dest", "lost dest", "changed dest NEXT_HOP"), bench.listener.events);
    }

    @Test
    void shouldAskOncePerAdvertisementUntilTheEpochArrives()
    {
        bench.advertise(n2, 1, 0, 5);
        bench.advertise(n3, 1, 0, 9);
        bench.drain(n2);
        bench.drain(n3);
        bench.advertise(n2, 1, 0, -1);
        assertEquals(List.of("dest 1.0 -", "want 99 1.1"), bench.drainSorted(n3));
        assertEquals(List.of("ack 2", "dest 1.0 -"), bench.drainSorted(n2));
        assertFalse(bench.table.hasPending(n3));

        bench.advertise(n3, 1, 0, 8);
        assertEquals(List.of("want 99 1.1"), bench.drain(n3));
        final Neighbour n4 = bench.neighbour(4, 1);
        bench.drain(n4);
        bench.advertise(n4, 1, 0, 8);
        assertEquals(List.of("want 99 1.1"), bench.drain(n4));

        bench.advertise(n4, 1, 1, 8);
        assertSame(n4, bench.route().next());
        bench.drain(n3);
        bench.advertise(n3, 1, 0, 12);
        assertFalse(bench.table.hasPending(n3));
    }

    @Test
    void shouldPassARequestToTheNextHopAlone()
    {
        bench.advertise(n2, 1, 0, 5);
        final Neighbour n4 = bench.neighbour(4, 1);
        bench.advertise(n4, 1, 0, 8);
        bench.drain(n2);
        bench.drain(n3);
        bench.drain(n4);
        bench.ask(n3, TableBench.DESTINATION, 1, 1);
        assertEquals(List.of("want 99 1.1"), bench.drain(n2));
        assertFalse(bench.table.hasPending(n4) || bench.table.hasPending(n3));
        bench.ask(n3, TableBench.DESTINATION, 1, 1);
        assertFalse(bench.table.hasPending(n2));
    }

    @Test
    void shouldRaiseItsOwnSequenceOnRequest()
    {
        bench.drain(n2);
        bench.ask(n2, 1, 100, 4);
        assertEquals(List.of("self 100.4 0"), bench.drain(n2));
        bench.ask(n2, 1, 100, 4);
        bench.ask(n2, 1, 99, 400);
        assertFalse(bench.table.hasPending(n2));
        bench.ask(n2, 1, 1000, 0);
        assertTrue(bench.table.incarnation() > 1000);
        assertTrue(bench.listener.events.isEmpty());
    }

    @Test
    void shouldForgetOnlyWhenAllHaveAcknowledgedTheRetraction()
    {
        bench.drain(n2);
        bench.drain(n3);
        bench.advertise(n2, 1, 0, 5);
        bench.drain(n2);
        bench.drain(n3);
        bench.advertise(n2, 1, 0, -1);
        bench.drain(n2);
        bench.drain(n3);
        bench.ack(n2, 3);
        bench.ack(n3, 2);
        assertEquals(List.of("added dest", "lost dest"), bench.listener.events);
        bench.ack(n3, 3);
        assertEquals(List.of("added dest", "lost dest", "removed dest"), bench.listener.events);
        assertNull(bench.route());
        assertTrue(bench.table.routes().isEmpty());
    }

    @Test
    void shouldNotForgetWhileANeighbourAdvertises()
    {
        bench.advertise(n2, 1, 0, 5);
        bench.drain(n3);
        bench.advertise(n3, 1, 0, 9);
        bench.table.removeNeighbour(n2);
        bench.drain(n3);
        bench.ack(n3, 2);
        assertFalse(bench.listener.events.contains("removed dest"));
        bench.advertise(n3, 1, 0, -1);
        assertTrue(bench.listener.events.contains("removed dest"));
    }

    @Test
    void shouldSendTheLatestValueOnly()
    {
        bench.drain(n3);
        bench.advertise(n2, 1, 0, 5);
        bench.advertise(n2, 1, 0, 4);
        bench.advertise(n2, 1, 0, 3);
        assertEquals(List.of("dest 1.0 4"), bench.drain(n3));
        bench.advertise(n2, 1, 0, 2);
        bench.advertise(n2, 1, 0, -1);
        assertEquals(List.of("dest 1.0 -"), bench.drain(n3));
    }

    @Test
    void shouldSayNothingOfWhatCameAndWentUnsent()
    {
        bench.drain(n3);
        bench.advertise(n2, 1, 0, 5);
        bench.advertise(n2, 1, 0, -1);
        assertFalse(bench.table.hasPending(n3));
        assertTrue(bench.listener.events.contains("removed dest"));
    }

    @Test
    void shouldNotUseASilentNeighbourAndComeBack()
    {
        bench.advertise(n2, 1, 0, 5);
        bench.table.reachability(n2, Reachability.SILENT);
        assertNull(bench.route().next());
        bench.table.reachability(n2, Reachability.RESPONSIVE);
        assertSame(n2, bench.route().next());
        assertFalse(bench.listener.events.contains("removed dest"));
    }

    @Test
    void shouldFollowCosts()
    {
        bench.advertise(n2, 1, 0, 5);
        bench.advertise(n3, 1, 0, 5);
        bench.table.cost(n2, 4);
        assertSame(n3, bench.route().next());
        bench.table.cost(n3, 2);
        assertEquals(7, bench.route().metric());
        assertEquals("changed dest METRIC", bench.listener.events.get(bench.listener.events.size() - 1));
        assertThrows(MeshException.class, () -> bench.table.cost(n3, 0));
    }

    @Test
    void shouldSaturateMetrics()
    {
        final TableBench small = new TableBench(new RoutingConfig(10, 100, 1024, 0));
        final Neighbour near = small.neighbour(2, 1);
        final Neighbour far = small.neighbour(3, Integer.MAX_VALUE);
        small.advertise(near, 1, 0, 99);
        assertNull(small.route());
        small.advertise(near, 1, 1, 0xFFFF_FFFDL);
        assertNull(small.route());
        small.advertise(far, 1, 1, 1);
        assertNull(small.route());
        small.advertise(near, 1, 1, 98);
        assertEquals(99, small.route().metric());
    }

    @Test
    void shouldChangeThePathEpochOfARouteThatWasLostForAMomentOnly()
    {
        bench.advertise(n2, 1, 0, 5, 1000);
        bench.drain(n3);
        final long before = bench.route().pathEpoch();
        bench.table.reachability(n2, Reachability.SILENT);
        bench.table.reachability(n2, Reachability.RESPONSIVE);
        assertNotEquals(before, bench.route().pathEpoch());
        assertEquals(List.of("dest 1.0 6"), bench.drain(n3));
    }

    /** Broadcasts that came by the way that was left, or too early by the other one, were dropped here. */
    @Test
    void shouldChangeThePathEpochOfARouteThatWentAnotherWayForAMomentOnly()
    {
        bench.advertise(n2, 1, 0, 5);
        final long before = bench.route().pathEpoch();
        bench.advertise(n3, 1, 0, 3);
        assertSame(n3, bench.route().next());
        bench.advertise(n3, 1, 0, 7);
        assertSame(n2, bench.route().next());
        assertNotEquals(before, bench.route().pathEpoch());
    }

    @Test
    void shouldAdvertiseANewPathEpochAtEqualMetric()
    {
        bench.advertise(n2, 1, 0, 5, 1000);
        bench.drain(n3);
        final long before = bench.route().pathEpoch();
        bench.advertise(n2, 1, 0, 5, 1001);
        assertNotEquals(before, bench.route().pathEpoch());
        assertEquals(List.of("dest 1.0 6"), bench.drain(n3));
        bench.advertise(n2, 1, 0, 5, 1001);
        assertFalse(bench.table.hasPending(n3));
        assertEquals(List.of("added dest", "changed dest PATH_EPOCH"), bench.listener.events);
    }

    @Test
    void shouldOutbidAStaleInstanceOnceAndNotTakeItForADuplicate()
    {
        bench.drain(n2);
        bench.advertise(n2, 1, "self", 55, 400);
        assertTrue(bench.table.incarnation() > 400);
        bench.advertise(n3, 1, "self", 55, 400);
        bench.advertise(n3, 1, "self", 55, bench.table.incarnation() + 3);
        assertTrue(bench.listener.events.isEmpty());
        assertFalse(bench.table.withdrawn());
    }

    @Test
    void shouldReportACollisionOnce()
    {
        bench.advertise(n2, 1, 0, 5);
        bench.advertise(n3, TableBench.DESTINATION, "other", 8, 9);
        bench.advertise(n3, TableBench.DESTINATION, "other", 8, 10);
        assertEquals(List.of("added dest", "collision dest other"), bench.listener.events);
        assertSame(n2, bench.route().next());
    }

    @Test
    void shouldIgnoreARemovedNeighbour()
    {
        bench.table.removeNeighbour(n2);
        bench.table.removeNeighbour(n2);
        bench.advertise(n2, 1, 0, 5);
        assertNull(bench.route());
        assertFalse(bench.table.neighbours().contains(n2));
    }

    @Test
    void shouldSplitTheTableOverPacketsAndStarveNone()
    {
        for (int i = 0; i < 200; i++)
        {
            bench.advertise(n2, 1000 + i, "destination-" + i, 1, 1);
        }
        final Neighbour n4 = bench.neighbour(4, 1);
        assertEquals(201, bench.drain(n4).size());
        assertEquals(200, bench.table.routes().size());
    }

    @Test
    void shouldNotPassOnARequestForAnEpochThatItHas()
    {
        bench.advertise(n2, 1, 3, 5);
        bench.drain(n2);
        bench.ask(n3, TableBench.DESTINATION, 1, 3);
        bench.ask(n3, TableBench.DESTINATION, 1, 2);
        assertFalse(bench.table.hasPending(n2));
    }

    @Test
    void shouldNotAskWhoAsked()
    {
        bench.advertise(n2, 1, 0, 5);
        bench.drain(n3);
        bench.advertise(n3, 1, 0, 9);
        bench.drain(n2);
        bench.drain(n3);
        bench.ask(n3, TableBench.DESTINATION, 1, 1);
        bench.table.removeNeighbour(n2);
        assertEquals(List.of("dest 1.0 -"), bench.drain(n3));
    }

    @Test
    void shouldNotAskAgainForWhatIsNewerThanWhatIsAdvertised()
    {
        bench.advertise(n2, 1, 0, 5);
        bench.drain(n2);
        bench.drain(n3);
        bench.advertise(n3, 1, 0, 7);
        bench.advertise(n2, 1, 1, 10);
        assertEquals(List.of("dest 1.1 11"), bench.drain(n2));
    }

    @Test
    void shouldPreferTheCurrentNextHopToALowerOneOfTheSameMetric()
    {
        final Neighbour n4 = bench.neighbour(4, 1);
        bench.advertise(n3, 1, 0, 5);
        bench.advertise(n4, 1, 0, 5);
        bench.advertise(n2, 1, 0, 5);
        assertSame(n3, bench.route().next());
        bench.table.removeNeighbour(n3);
        assertSame(n2, bench.route().next());
    }
}
