package io.aeromesh.internal.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * What is written when it does not all go into one packet, and in which turn.
 */
class OutboxTest
{
    private static final int ROUTE_LENGTH = 8 + 16 + 12 + 8 + 4 + 2;
    private static final int UPDATE_LENGTH = 8 + 8 + 4;

    private final TableBench bench = new TableBench();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);

    private Neighbour neighbourWithRoutes(final int count)
    {
        final Neighbour from = bench.neighbour(2, 1);
        final Neighbour to = bench.neighbour(3, 1);
        bench.drain(from);
        bench.drain(to);
        for (int i = 0; i < count; i++)
        {
            bench.advertise(from, 100 + i, "d" + (10 + i), 7, 1);
        }
        bench.drain(from);
        return to;
    }

    private int routesIn(final Neighbour to, final int lengthMax)
    {
        final int length = bench.table.flush(to, buffer, 0, lengthMax);
        assertTrue(length <= lengthMax, "length=" + length + ", lengthMax=" + lengthMax);
        return (length - UPDATE_LENGTH) / (ROUTE_LENGTH + 3);
    }

    @Test
    void shouldFillAPacketToItsLastByte()
    {
        final Neighbour to = neighbourWithRoutes(12);
        final int exactly = UPDATE_LENGTH + 5 * (ROUTE_LENGTH + 3);
        assertEquals(5, routesIn(to, exactly));
        assertEquals(4, routesIn(to, exactly - 1));
        assertEquals(3, routesIn(to, 1024));
        assertFalse(bench.table.hasPending(to));
    }

    @Test
    void shouldGoOnWhereTheLastPacketEnded()
    {
        final Neighbour to = neighbourWithRoutes(11);
        final int lengthMax = UPDATE_LENGTH + 5 * (ROUTE_LENGTH + 3);
        final List<String> first = names(to, lengthMax);
        assertEquals(List.of("d10", "d11", "d12", "d13", "d14"), first);
        final Neighbour from = bench.table.neighbours().iterator().next();
        bench.table.cost(from, 5);
        assertEquals(List.of("d15", "d16", "d17", "d18", "d19"), names(to, lengthMax));
        assertEquals(List.of("d20", "d10", "d11", "d12", "d13"), names(to, lengthMax));
        assertEquals(List.of("d14"), names(to, lengthMax));
    }

    private List<String> names(final Neighbour to, final int lengthMax)
    {
        final int routes = routesIn(to, lengthMax);
        final List<String> names = new ArrayList<>();
        for (int i = 0; i < routes; i++)
        {
            final int end = UPDATE_LENGTH + (i + 1) * (ROUTE_LENGTH + 3);
            names.add(buffer.getStringWithoutLengthAscii(end - 3, 3));
        }
        return names;
    }

    @Test
    void shouldAskForMoreThanGoesIntoOnePacket()
    {
        final int count = 30;
        final Neighbour to = neighbourWithRoutes(count);
        bench.drain(to);
        for (int i = 0; i < count; i++)
        {
            bench.ask(to, 100 + i, 1, 1);
        }
        final Neighbour from = bench.table.neighbours().iterator().next();
        final int requestLength = 8 + 8 + 4;
        final List<Integer> lengths = new ArrayList<>();
        while (bench.table.hasPending(from))
        {
            lengths.add(bench.table.flush(from, buffer, 0, 256));
        }
        assertEquals(List.of(12 + 12 * requestLength, 12 + 12 * requestLength, 12 + 6 * requestLength), lengths);
    }

    @Test
    void shouldWriteEachKindInItsTurn()
    {
        final Neighbour n2 = bench.neighbour(2, 1);
        final Neighbour n3 = bench.neighbour(3, 1);
        bench.drain(n2);
        bench.drain(n3);
        n2.turn = 0;
        bench.advertise(n2, 1, 0, 5);
        bench.drain(n3);
        bench.ask(n3, TableBench.DESTINATION, 1, 1);
        bench.advertise(n2, 98, "other", 7, 1);
        bench.advertise(n2, 98, "different", 7, 1);
        n2.isAckOwed = true;
        final List<String> lines = bench.drain(n2);
        assertTrue(lines.get(0).startsWith("ack"), lines.toString());
        assertTrue(lines.get(lines.size() - 1).startsWith("want 99 1.1"), lines.toString());
    }

    @Test
    void shouldLearnOverNeighboursOfAnySlot()
    {
        final int count = 16;
        final List<Neighbour> neighbours = new ArrayList<>();
        for (int id = 2; id < 2 + count; id++)
        {
            neighbours.add(bench.neighbour(id, 1));
        }
        for (int i = 0; i < count - 2; i++)
        {
            bench.table.removeNeighbour(neighbours.get(i));
        }
        bench.advertise(neighbours.get(count - 1), 1, 0, 5);
        assertNotNull(bench.route().next());
        for (int id = 32; id < 32 + count - 2; id++)
        {
            final Neighbour again = bench.neighbour(id, 1);
            assertEquals(List.of("dest 1.0 6", "self 100.0 0"), bench.drainSorted(again));
        }
    }
}
