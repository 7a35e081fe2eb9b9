package io.aeromesh.internal.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The real {@link RoutingTable} as an automaton: its states are numbered, two tables of one {@link TableState digest}
 * are one state, and what an input makes of a state is found out once, by a table that is led there by the inputs that
 * came first, and then known. Nothing is modelled. What could be wrong is that a digest leaves out what matters: so of
 * a state to which several ways lead a second table, led by another way, must do the same and write the same.
 */
final class TableStates
{
    /** Inputs; each with the neighbour that it is about. */
    enum Kind
    {
        /** The edge is up: argument is its number. */
        UP,
        /** The edge is down. */
        DOWN,
        /** The neighbour is silent now if it answered, and the other way round. */
        SILENCE,
        /** A packet came: argument is its number. */
        DELIVER,
        /** A packet is written: argument is its kind, and of an acknowledgement how many updates are under way. */
        FLUSH
    }

    /**
     * What an input makes of a state.
     *
     * @param next    state.
     * @param packet  that was written, or 0.
     * @param events  bit of each destination of whose way the table has told anything new.
     * @param failure what is wrong, or null.
     */
    record Step(int next, int packet, int events, String failure)
    {
        Step with(final Step later)
        {
            return new Step(later.next, later.packet, events | later.events, later.failure);
        }
    }

    private record Key(long high, long low)
    {
    }

    /** One state: how it is reached, and what the world must know of it. */
    private static final class State
    {
        final int node;
        final int instance;
        final int parent;
        final int input;
        int otherParent = -1;
        int otherInput;
        final Route[] routes;
        final byte[] next;
        final byte[] pending;
        int silent;

        State(final int node, final int instance, final int parent, final int input, final int nodes)
        {
            this.node = node;
            this.instance = instance;
            this.parent = parent;
            this.input = input;
            routes = new Route[nodes];
            next = new byte[nodes];
            pending = new byte[nodes];
        }
    }

    static final int ACK = 0;
    static final int UPDATE = 1;
    static final int REQUEST = 2;
    private static final int METRIC_MAX = 1000;
    private static final int PACKET_LENGTH_MAX = 2048;
    private static final long FIRST_SERIAL = 1000;
    private static final int ARGUMENT_BITS = 25;
    private static final int NODE_BITS = 3;

    final WorldPackets packets = new WorldPackets();
    final WorldLanes lanes = new WorldLanes(packets);
    private final int nodes;
    private final long destination;
    private final WorldFault fault;
    private final RoutingConfig config;
    private final List<State> states = new ArrayList<>();
    private final Map<Key, Integer> numbers = new HashMap<>();
    private final Long2ObjectHashMap<Step> steps = new Long2ObjectHashMap<>();
    private final List<WorldEdge> edges = new ArrayList<>();
    private final Map<WorldEdge, Integer> edgeNumbers = new HashMap<>();
    private final TableState tableState = new TableState();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[PACKET_LENGTH_MAX]);
    private int packet;
    private WorldListener listener;
    private long audits;

    /**
     * @param nodes       in the world.
     * @param destination whose routes are looked at: the others' are held back; or -1 for all.
     * @param fault       that is planted.
     */
    TableStates(final int nodes, final int destination, final WorldFault fault)
    {
        this.nodes = nodes;
        this.destination = destination + 1L;
        this.fault = fault;
        config = new RoutingConfig(64, METRIC_MAX, PACKET_LENGTH_MAX, fault.rememberedDistances());
    }

    static int input(final Kind kind, final int peer, final int argument)
    {
        if (argument >>> ARGUMENT_BITS != 0)
        {
            throw new AssertionError("too many packets for their numbers: " + argument);
        }
        return (kind.ordinal() << NODE_BITS | peer) << ARGUMENT_BITS | argument;
    }

    /** Steps that were taken by two tables of different pasts, which did the same. */
    long audits()
    {
        return audits;
    }

    /** Number of a generation of an edge. */
    int edge(final WorldEdge edge)
    {
        return edgeNumbers.computeIfAbsent(edge, each ->
        {
            edges.add(each);
            return edges.size() - 1;
        });
    }

    WorldEdge edge(final int number)
    {
        return edges.get(number);
    }

    /** A node that has just started; see {@link WorldEvent#instance}. */
    int fresh(final int node, final int instance)
    {
        return number(start(node, instance), node, instance, -1, 0);
    }

    /** Next hop, or -1. */
    int next(final int state, final int destination)
    {
        return states.get(state).next[destination];
    }

    /** Whether two states have the same next hops. */
    boolean hasSameNext(final int state, final int other)
    {
        return state == other || Arrays.equals(states.get(state).next, states.get(other).next);
    }

    /** What is known of a destination, or null. Only what is there without the next hop's neighbour is to be used. */
    Route route(final int state, final int destination)
    {
        return states.get(state).routes[destination];
    }

    /** Bits of the kinds of packets that are owed to a neighbour. */
    int pending(final int state, final int peer)
    {
        return states.get(state).pending[peer];
    }

    /** Bits of the neighbours that do not answer. */
    int silent(final int state)
    {
        return states.get(state).silent;
    }

    boolean isAnyPending(final int state)
    {
        for (final byte each : states.get(state).pending)
        {
            if (each != 0)
            {
                return true;
            }
        }
        return false;
    }

    /** What an input makes of a state. */
    Step step(final int state, final int input)
    {
        final long key = (long)state << 32 | input & 0xFFFF_FFFFL;
        Step step = steps.get(key);
        if (step == null)
        {
            final State from = states.get(state);
            step = tryStep(state, from.parent, from.input, input);
            if (from.otherParent >= 0 && step.failure == null)
            {
                audits++;
                final Step other = tryStep(state, from.otherParent, from.otherInput, input);
                if (!other.equals(step))
                {
                    step = new Step(step.next, step.packet, step.events,
                        "one state, two behaviours: " + text(step) + " and " + text(other));
                }
            }
            steps.put(key, step);
        }
        return step;
    }

    private String text(final Step step)
    {
        return step.failure != null ? step.failure :
            "state " + step.next + (step.packet == 0 ? "" : ", packet " + packets.text(step.packet));
    }

    private Step tryStep(final int state, final int parent, final int lastInput, final int input)
    {
        final State from = states.get(state);
        try
        {
            final RoutingTable table = led(from, parent, lastInput);
            final FeasibilityDistance[] before = distances(table);
            listener.clear();
            packet = 0;
            apply(table, from.node, input);
            final int next = number(table, from.node, from.instance, state, input);
            return new Step(next, packet, listener.changed(), risen(before, distances(table)));
        }
        catch (final AssertionError | RuntimeException ex)
        {
            return new Step(state, 0, 0, ex.toString());
        }
    }

    private RoutingTable start(final int node, final int instance)
    {
        listener = new WorldListener();
        return new RoutingTable(config, new NodeIdentity(
            node + 1, SmallGraph.nameOf(node), node + 1, instance + 1, WorldEvent.incarnation(instance)),
            listener, fault.rule());
    }

    private RoutingTable led(final State to, final int parent, final int lastInput)
    {
        final int[] inputs = new int[pathLength(parent) + 1];
        int index = inputs.length - 1;
        if (parent < 0)
        {
            return start(to.node, to.instance);
        }
        inputs[index--] = lastInput;
        for (int at = parent; states.get(at).parent >= 0; at = states.get(at).parent)
        {
            inputs[index--] = states.get(at).input;
        }
        final RoutingTable table = start(to.node, to.instance);
        for (final int each : inputs)
        {
            apply(table, to.node, each);
        }
        return table;
    }

    private int pathLength(final int state)
    {
        int length = 0;
        for (int at = state; at >= 0 && states.get(at).parent >= 0; at = states.get(at).parent)
        {
            length++;
        }
        return length;
    }

    private void apply(final RoutingTable table, final int node, final int input)
    {
        final Kind kind = Kind.values()[input >>> ARGUMENT_BITS + NODE_BITS];
        final int peer = input >>> ARGUMENT_BITS & (1 << NODE_BITS) - 1;
        final int argument = input & (1 << ARGUMENT_BITS) - 1;
        switch (kind)
        {
            case UP:
                final WorldEdge edge = edges.get(argument);
                final Neighbour added = table.addNeighbour(peer + 1, peer + 1, edge.instance(peer) + 1,
                    edge.cost(node), edge.nonce(node), null);
                added.sentSerial = FIRST_SERIAL;
                added.receivedSerial = FIRST_SERIAL;
                break;

            case DOWN:
                if (fault.tellsOfDown())
                {
                    table.removeNeighbour(neighbour(table, peer));
                }
                break;

            case SILENCE:
                final Neighbour other = neighbour(table, peer);
                table.reachability(other, other.reachability() == Reachability.SILENT ?
                    Reachability.RESPONSIVE : Reachability.SILENT);
                break;

            case DELIVER:
                packets.deliver(argument, table, neighbour(table, peer));
                break;

            default:
                final Neighbour neighbour = neighbour(table, peer);
                neighbour.turn = argument & 3;
                packet = flush(table, neighbour, argument >>> 2);
                break;
        }
        dropWhatIsNotLookedAt(table);
    }

    private int flush(final RoutingTable table, final Neighbour neighbour, final int behind)
    {
        fault.beforeFlush(table);
        neighbour.updateCursor = 0;
        final int length = table.flush(neighbour, buffer, 0, PACKET_LENGTH_MAX);
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        final byte[] altered = fault.alter(bytes);
        return altered == null ? 0 :
            packets.number(new UnsafeBuffer(altered), altered.length, behind, destination);
    }

    /** Updates about none but the destinations that are held back are as if they had never been owed. */
    private void dropWhatIsNotLookedAt(final RoutingTable table)
    {
        for (final Neighbour each : table.neighbours())
        {
            while (!each.updates.isEmpty() && !isUpdateVisible(table, each))
            {
                each.turn = UPDATE;
                table.flush(each, buffer, 0, PACKET_LENGTH_MAX);
                each.sentSerial--;
            }
        }
    }

    private boolean isUpdateVisible(final RoutingTable table, final Neighbour neighbour)
    {
        if (destination == 0)
        {
            return !neighbour.updates.isEmpty();
        }
        final Destination visible = TableState.destination(table, destination);
        return visible != null && neighbour.updates.contains(visible.slot);
    }

    private static Neighbour neighbour(final RoutingTable table, final int peer)
    {
        Neighbour found = null;
        for (final Neighbour each : table.neighbours())
        {
            if (each.nodeId == peer + 1)
            {
                found = each;
            }
        }
        return found;
    }

    private int number(
        final RoutingTable table, final int node, final int instance, final int parent, final int input)
    {
        final Digest digest = tableState.of(table);
        digest.add(node);
        final Key key = new Key(digest.high(), digest.low());
        final Integer known = numbers.get(key);
        if (known != null)
        {
            final State state = states.get(known);
            final boolean isOther = parent >= 0 && (state.parent != parent || state.input != input);
            if (isOther && state.otherParent < 0 && parent != known && !isBehind(parent, known))
            {
                state.otherParent = parent;
                state.otherInput = input;
            }
            return known;
        }
        numbers.put(key, states.size());
        states.add(describe(table, new State(node, instance, parent, input, nodes)));
        return states.size() - 1;
    }

    /** Whether the way to a state leads through another one. */
    private boolean isBehind(final int state, final int other)
    {
        for (int at = state; at >= 0; at = states.get(at).parent)
        {
            if (at == other)
            {
                return true;
            }
        }
        return false;
    }

    private State describe(final RoutingTable table, final State state)
    {
        for (int each = 0; each < nodes; each++)
        {
            final Destination known = TableState.destination(table, each + 1);
            state.routes[each] = known == null || known.isLocal() ? null : copyOf(known.route);
            state.next[each] = (byte)(known == null || known.route.next == null ? -1 : known.route.next.nodeId - 1);
        }
        for (final Neighbour each : table.neighbours())
        {
            state.silent |= each.reachability() == Reachability.SILENT ? 1 << each.nodeId - 1 : 0;
            state.pending[(int)each.nodeId - 1] = (byte)((each.isAckOwed ? 1 << ACK : 0) |
                (isUpdateVisible(table, each) ? 1 << UPDATE : 0) | (each.requests.isEmpty() ? 0 : 1 << REQUEST));
        }
        return state;
    }

    private static Route copyOf(final Route route)
    {
        final Route copy = new Route(route.destinationId, route.name);
        copy.next = route.next;
        copy.metric = route.metric;
        copy.incarnation = route.incarnation;
        copy.sequence = route.sequence;
        copy.instanceHigh = route.instanceHigh;
        copy.instanceLow = route.instanceLow;
        copy.pathEpoch = route.pathEpoch;
        copy.losses = route.losses;
        return copy;
    }

    private FeasibilityDistance[] distances(final RoutingTable table)
    {
        final FeasibilityDistance[] distances = new FeasibilityDistance[nodes];
        for (int each = 0; each < nodes; each++)
        {
            final Destination known = TableState.destination(table, each + 1);
            if (known != null)
            {
                distances[each] = new FeasibilityDistance();
                distances[each].set(known.distance);
            }
        }
        return distances;
    }

    /** A distance that got worse, of a destination that was not forgotten. */
    private static String risen(final FeasibilityDistance[] before, final FeasibilityDistance[] after)
    {
        for (int each = 0; each < before.length; each++)
        {
            final FeasibilityDistance old = before[each];
            final FeasibilityDistance now = after[each];
            if (old != null && now != null && !old.isNone())
            {
                final int order = Epochs.compare(now.incarnation, now.sequence, old.incarnation, old.sequence);
                if (order < 0 || order == 0 && now.metric > old.metric)
                {
                    return "feasibility distance to " + SmallGraph.nameOf(each) + " rose from " + old.metric +
                        " to " + now.metric + " in one epoch";
                }
            }
        }
        return null;
    }
}
