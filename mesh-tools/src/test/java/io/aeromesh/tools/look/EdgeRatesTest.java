package io.aeromesh.tools.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.aeromesh.Topology;
import io.aeromesh.Topology.Link;
import io.aeromesh.status.MeshCounter;
import io.aeromesh.tools.look.EdgeRates.Direction;
import io.aeromesh.tools.look.EdgeRates.Rate;
import io.aeromesh.watch.NodeSnapshot;
import io.aeromesh.watch.NodeWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How much goes along an edge is told as far as it is known.
 */
class EdgeRatesTest
{
    private static final Link AB = new Link("a", "b", "shm:x?peer=b", "shm", 1, 1);
    private static final Link BA = new Link("b", "a", "shm:x?peer=a", "shm", 1, 1);

    @TempDir
    private Path base;

    private static void count(final Teller teller, final String edge, final long packets)
    {
        teller.count(MeshCounter.EDGE_PACKETS_IN, "edge " + edge, packets)
            .count(MeshCounter.EDGE_BYTES_IN, "edge " + edge, packets * 100);
    }

    private static EdgeRates rates(final List<NodeSnapshot> before, final List<NodeSnapshot> now, final Link... links)
    {
        return new EdgeRates(new Topology(List.of("a", "b"), List.of(links), List.of()), Teller.MESH,
            NodeRates.between(before, now, TimeUnit.SECONDS.toNanos(2)));
    }

    private List<NodeSnapshot> look()
    {
        return NodeWatch.read(base).nodes();
    }

    @Test
    void shouldTellWhatBothEndsReceive()
    {
        try (Teller a = new Teller(base, "a"); Teller b = new Teller(base, "b"))
        {
            count(a, AB.edge(), 10);
            count(b, BA.edge(), 10);
            final List<NodeSnapshot> before = look();
            count(a, AB.edge(), 16);
            count(b, BA.edge(), 20);
            final EdgeRates rates = rates(before, look(), AB, BA);

            assertEquals(new Rate(3, 300, Direction.ONE), rates.in(AB));
            assertEquals(new Rate(5, 500, Direction.ONE), rates.in(BA));
            assertEquals(new Rate(8, 800, Direction.BOTH), rates.both(AB));
            assertEquals(new Rate(8, 800, Direction.BOTH), rates.both(BA));
        }
    }

    @Test
    void shouldTellNoMoreThanTheEndThatIsHereReceives()
    {
        try (Teller a = new Teller(base, "a"))
        {
            count(a, AB.edge(), 10);
            final List<NodeSnapshot> before = look();
            count(a, AB.edge(), 16);
            final EdgeRates rates = rates(before, look(), AB, BA);

            assertFalse(rates.in(BA).isKnown());
            assertEquals(new Rate(3, 300, Direction.ONE), rates.both(BA));
        }
    }

    @Test
    void shouldNotCallNothingWhatIsNotKnown()
    {
        try (Teller a = new Teller(base, "a"); Teller other = new Teller(base, "other mesh", "b"))
        {
            count(a, AB.edge(), 10);
            count(other, BA.edge(), 10);

            assertFalse(rates(List.of(), look(), AB, BA).both(AB).isKnown()); // seen once
            assertFalse(rates(look(), look(), BA).both(BA).isKnown()); // of another mesh
            assertFalse(rates(look(), look(), new Link("c", "d", "shm:y", "shm", 1, 1)).both(AB).isKnown());
        }
    }

    @Test
    void shouldNotGiveToOneNeighbourWhatAnEdgeHasOfSeveral()
    {
        try (Teller a = new Teller(base, "a"))
        {
            count(a, AB.edge(), 10);
            final List<NodeSnapshot> before = look();
            final EdgeRates rates = rates(before, look(), AB, new Link("a", "c", AB.edge(), "shm", 1, 1));

            assertFalse(rates.in(AB).isKnown());
        }
    }
}
