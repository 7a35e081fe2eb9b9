package io.aeromesh.internal.routing;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Digest of all that a routing table knows, by walking its fields, so that a new one counts from the start. Left out or
 * renamed is only what can not make a difference to anything that the table will ever do or say:
 * <ul>
 * <li>what belongs to the surroundings, or to one call;</li>
 * <li>{@code version} and {@code sentVersion}, which only grow and are only compared: whether they are equal;</li>
 * <li>serials, which are counted from the last one sent; where an acknowledgement is awaited: how many ago;</li>
 * <li>the kind of packet that has its turn: small worlds try each;</li>
 * <li>slots of neighbours, whose order matters only between two edges to one node: here there are none;</li>
 * <li>fields that are meaningless while another one says so.</li>
 * </ul>
 * {@link TableStates} tests it: tables of one digest but another past must do the same.
 */
final class TableState
{
    private static final Set<Class<?>> SURROUNDINGS = Set.of(
        PacketCheck.class, PacketWriter.class, FeasibilityRule.class, RoutingConfig.class, NodeIdentity.class,
        RouteSelector.class, RouteKeeper.class, Outbox.class);
    private static final Set<String> LEFT_OUT = Set.of(
        "RoutingTable.listener", "RoutingTable.packet", "RoutingTable.update", "RoutingTable.ack",
        "RoutingTable.request", "DestinationTable.routesView", "DestinationTable.lastRoute",
        "NeighbourTable.ordered", "NeighbourTable.view", "Neighbour.slot", "Neighbour.attachment",
        "Neighbour.turn", "Neighbour.updateCursor", "Neighbour.sentSerial", "Neighbour.receivedSerial",
        "Route.attachment", "Destination.version", "Adjacency.sentVersion", "Adjacency.retractionSerial");
    private static final Set<String> ADVERTISED =
        Set.of("incarnation", "sequence", "instanceHigh", "instanceLow", "pathEpoch");
    private static final Map<Class<?>, List<Field>> FIELDS = new HashMap<>();
    private static final Field DESTINATIONS = field(RoutingTable.class, "destinations");
    private static final Field BY_SLOT = field(NeighbourTable.class, "bySlot");
    private static final Field NEIGHBOURS = field(RoutingTable.class, "neighbours");

    private final Digest digest = new Digest();
    private final Map<Object, Integer> seen = new IdentityHashMap<>();
    private List<Neighbour> neighbours;

    /**
     * Digest of a table as it is now.
     */
    Digest of(final RoutingTable table)
    {
        digest.reset();
        seen.clear();
        neighbours = new ArrayList<>();
        for (final Neighbour each : (Neighbour[])get(BY_SLOT, get(NEIGHBOURS, table)))
        {
            if (each != null)
            {
                neighbours.add(each);
            }
        }
        neighbours.sort(Comparator.comparingLong((Neighbour each) -> each.nodeId).thenComparingInt(each -> each.slot));
        add(table);
        return digest;
    }

    /**
     * The destination of that id, or null.
     */
    static Destination destination(final RoutingTable table, final long id)
    {
        return ((DestinationTable)get(DESTINATIONS, table)).find(id);
    }

    private void add(final Object value)
    {
        if (value == null || SURROUNDINGS.contains(value.getClass()))
        {
            digest.add(-1);
            return;
        }
        if (value instanceof Number number)
        {
            digest.add(number.longValue());
            return;
        }
        if (value instanceof Boolean || value instanceof Enum<?> || value instanceof String)
        {
            digest.add(value instanceof Enum<?> constant ? constant.ordinal() : value.hashCode());
            return;
        }
        final Integer number = seen.putIfAbsent(value, seen.size());
        if (number != null)
        {
            digest.add(number);
            return;
        }
        if (value instanceof NeighbourTable)
        {
            neighbours.forEach(this::add);
        }
        else if (value instanceof Adjacency[] adjacencies)
        {
            neighbours.forEach(each -> add(adjacencies[each.slot]));
        }
        else if (value instanceof Map<?, ?> map)
        {
            digest.add(map.size());
            new TreeMap<>(map).forEach((key, each) ->
            {
                add(key);
                add(each);
            });
        }
        else if (value.getClass().isArray())
        {
            addArray(value);
        }
        else if (value.getClass().getPackage() == TableState.class.getPackage())
        {
            addFields(value);
        }
        else
        {
            throw new AssertionError("state of " + value.getClass() + " is not known here");
        }
    }

    /** An array is as long as its last element that is not nothing: how much room there is behind is no matter. */
    private void addArray(final Object array)
    {
        int length = Array.getLength(array);
        while (length > 0 && isNothing(Array.get(array, length - 1)))
        {
            length--;
        }
        digest.add(length);
        for (int i = 0; i < length; i++)
        {
            add(Array.get(array, i));
        }
    }

    private static boolean isNothing(final Object element)
    {
        return element == null || element instanceof Number number && number.longValue() == 0;
    }

    private void addFields(final Object value)
    {
        for (final Field each : fields(value.getClass()))
        {
            final String name = each.getName();
            final boolean isMeaningless =
                value instanceof Adjacency adjacency &&
                    (!adjacency.isFinite() && ADVERTISED.contains(name) ||
                        adjacency.askedIncarnation == Epochs.NONE && "askedSequence".equals(name)) ||
                    value instanceof Destination destination &&
                        !destination.isWanted() && "wantedSequence".equals(name);
            if (isMeaningless)
            {
                digest.add(-2);
            }
            else
            {
                add(get(each, value));
            }
        }
        if (value instanceof Destination destination)
        {
            for (final Neighbour each : neighbours)
            {
                final Adjacency adjacency = destination.adjacency(each.slot);
                final boolean isAwaited = each.retractions.contains(destination.slot);
                digest.add(adjacency.sentVersion == destination.version ? 1 : 0);
                digest.add(isAwaited ? each.sentSerial - adjacency.retractionSerial : -1);
            }
        }
    }

    private static List<Field> fields(final Class<?> type)
    {
        return FIELDS.computeIfAbsent(type, TableState::fieldsOf);
    }

    private static List<Field> fieldsOf(final Class<?> type)
    {
        return Arrays.stream(type.getDeclaredFields())
            .filter(each -> !Modifier.isStatic(each.getModifiers()))
            .filter(each -> !LEFT_OUT.contains(type.getSimpleName() + "." + each.getName()))
            .sorted(Comparator.comparing(Field::getName))
            .peek(each -> each.setAccessible(true))
            .toList();
    }

    private static Field field(final Class<?> type, final String name)
    {
        try
        {
            final Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        }
        catch (final NoSuchFieldException ex)
        {
            throw new AssertionError(ex);
        }
    }

    private static Object get(final Field field, final Object owner)
    {
        try
        {
            return field.get(owner);
        }
        catch (final IllegalAccessException ex)
        {
            throw new AssertionError(ex);
        }
    }
}
