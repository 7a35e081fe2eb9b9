package io.aeromesh.internal.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Slots, and what is remembered of those that are forgotten.
 */
class DestinationTableTest
{
    private static Destination add(final DestinationTable table, final long id)
    {
        return table.add(id, "n" + id, new byte[] {(byte)id});
    }

    @Test
    void shouldGiveEachASlotOfItsOwnAndUseFreeOnesAgain()
    {
        final DestinationTable table = new DestinationTable(100, 0);
        final List<Destination> all = new ArrayList<>();
        for (int id = 1; id <= 70; id++)
        {
            all.add(add(table, id));
        }
        table.forget(all.get(65));
        table.forget(all.get(3));
        table.forget(all.get(64));
        final Destination first = add(table, 101);
        final Destination second = add(table, 102);
        final Destination third = add(table, 103);
        assertEquals(List.of(3, 64, 65), List.of(first.slot, second.slot, third.slot));
        assertEquals(70, table.slotLimit());
        assertSame(second, table.at(64));
        assertEquals(70, add(table, 104).slot);
        assertEquals(71, table.slotLimit());
    }

    @Test
    void shouldFindEachRouteWhicheverWasAskedForBefore()
    {
        final DestinationTable table = new DestinationTable(10, 0);
        final Destination one = add(table, 1);
        final Destination two = add(table, 2);
        table.announce(one);
        table.announce(two);
        assertSame(one.route, table.route(1));
        assertSame(two.route, table.route(2));
        assertSame(two.route, table.route(2));
        assertNull(table.route(3));
        table.forget(two);
        assertNull(table.route(2));
        assertSame(one.route, table.route(1));
    }

    @Test
    void shouldRememberAsManyDistancesAsItMay()
    {
        final DestinationTable table = new DestinationTable(10, 2);
        for (int id = 1; id <= 3; id++)
        {
            final Destination destination = add(table, id);
            destination.distance.incarnation = id;
            table.forget(destination);
        }
        assertTrue(add(table, 1).distance.isNone());
        assertEquals(2, add(table, 2).distance.incarnation);
        assertEquals(3, add(table, 3).distance.incarnation);
    }

    @Test
    void shouldRememberNothingWhenItMayNot()
    {
        final DestinationTable table = new DestinationTable(10, 0);
        final Destination destination = add(table, 1);
        destination.distance.incarnation = 1;
        table.forget(destination);
        assertTrue(add(table, 1).distance.isNone());
        assertNotEquals(destination, table.find(1));
    }
}
