package io.aeromesh.internal.routing;

import io.aeromesh.internal.routing.TableStates.Kind;
import io.aeromesh.internal.routing.TableStates.Step;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.collections.IntArrayList;

/**
 * A few real nodes and the lanes between them; at one instant, an array of numbers. From a settled mesh a first event
 * happens; from then on every step is possible that could come next: a packet is delivered to a node, a node writes,
 * an end of an edge hears that it is down or up, or the second event happens. What was sent to a node it still receives
 * after the other end has gone, until it hears of that.
 * <p>
 * An instant is: the state of each node; of each edge the generation that is wanted and that which each end has; of
 * each direction what is under way in the generation that the receiver has, and in the one that it is to have; how
 * many events have happened; and who is still owed an event because its way was broken.
 */
final class SmallWorld
{
    /** Kinds of steps. */
    private enum StepKind
    {
        DELIVER, FLUSH, FLUSH_ALL, TURN, EVENT
    }

    /** How much a node does in one step. */
    enum Grain
    {
        /** It takes one packet, or writes one packet to one neighbour: every order in which lanes may be full. */
        PACKET,
        /** It takes one packet, or writes all that it owes to all: every duty cycle. */
        CYCLE,
        /** It takes one packet and writes all that it then owes to all. */
        REACTION
    }

    private static final StepKind[] STEP_KINDS = StepKind.values();
    private static final Step NOTHING = new Step(0, 0, 0, null);
    private static final int NONE = 0;
    private static final int LANES = 4;
    private static final int GENERATION_BITS = 4;
    private static final int GENERATION_MASK = (1 << GENERATION_BITS) - 1;

    final SmallGraph graph;
    final int destination;
    private final List<WorldEvent> events;
    private final TableStates tables;
    private final WorldChecks checks;
    private final Grain grain;
    private final int nodes;
    private final int[] pairs;
    private final int[] low;
    private final int[] high;
    private final int[] slotOf;
    private final int[][] generations;
    private final int links;
    private final int lanes;
    private final int happened;
    private final int owed;

    /**
     * @param costs       which of the patterns of costs: see {@link WorldEdge}.
     * @param destination whose routes are looked at, or -1 for all.
     */
    SmallWorld(
        final SmallGraph graph,
        final int costs,
        final List<WorldEvent> events,
        final int destination,
        final Grain grain,
        final TableStates tables)
    {
        this.graph = graph;
        this.events = events;
        this.destination = destination;
        this.grain = grain;
        this.tables = tables;
        nodes = graph.nodes();
        int ever = graph.pairs();
        for (final WorldEvent each : events)
        {
            ever |= each.kind() == WorldEvent.Kind.UP ? 1 << each.number() : 0;
        }
        final SmallGraph all = new SmallGraph(nodes, ever);
        pairs = IntStream.range(0, graph.pairCount()).filter(all::has).toArray();
        low = Arrays.stream(pairs).map(SmallGraph::low).toArray();
        high = Arrays.stream(pairs).map(SmallGraph::high).toArray();
        generations = Arrays.stream(pairs)
            .mapToObj(pair -> WorldEdge.generations(pair, costs, events).mapToInt(tables::edge).toArray())
            .toArray(int[][]::new);
        slotOf = new int[graph.pairCount()];
        IntStream.range(0, pairs.length).forEach(slot -> slotOf[pairs[slot]] = slot);
        links = nodes;
        lanes = links + pairs.length;
        happened = lanes + LANES * pairs.length;
        owed = happened + 1;
        checks = new WorldChecks(this, tables);
    }

    /** The settled mesh; what comes next is the first event. */
    int[] start()
    {
        final int[] at = new int[owed + 1];
        for (int node = 0; node < nodes; node++)
        {
            at[node] = tables.fresh(node, 0);
        }
        for (int slot = 0; slot < pairs.length; slot++)
        {
            want(at, slot, graph.has(pairs[slot]) ? 1 : NONE);
        }
        at[happened] = events.size();
        final IntArrayList steps = new IntArrayList();
        for (steps(at, steps); !steps.isEmpty(); steps(at, steps))
        {
            final String failure = apply(at, steps.getInt(0));
            if (failure != null)
            {
                throw new AssertionError("before any event: " + failure);
            }
        }
        at[owed] = 0;
        at[happened] = 0;
        return at;
    }

    /** Lists every step that is possible. */
    void steps(final int[] at, final IntArrayList steps)
    {
        steps.clear();
        for (int slot = 0; slot < pairs.length; slot++)
        {
            for (int side = 0; side < 2; side++)
            {
                final int current = current(at, slot, side);
                if (current != wanted(at, slot))
                {
                    steps.addInt(code(StepKind.TURN, slot, side, 0));
                }
                if (current != NONE)
                {
                    linkSteps(at, slot, side, steps);
                }
            }
        }
        for (int node = 0; node < nodes && grain == Grain.CYCLE; node++)
        {
            if (tables.isAnyPending(at[node]))
            {
                steps.addInt(code(StepKind.FLUSH_ALL, node, 0, 0));
            }
        }
        if (at[happened] < events.size())
        {
            steps.addInt(code(StepKind.EVENT, 0, 0, 0));
        }
    }

    private void linkSteps(final int[] at, final int slot, final int side, final IntArrayList steps)
    {
        if (at[lane(slot, side)] != 0)
        {
            steps.addInt(code(StepKind.DELIVER, slot, side, 0));
        }
        if (grain != Grain.PACKET)
        {
            return;
        }
        final int pending = tables.pending(at[node(slot, side)], node(slot, 1 - side));
        for (int turn = 0; pending >>> turn != 0; turn++)
        {
            if ((pending & 1 << turn) != 0)
            {
                steps.addInt(code(StepKind.FLUSH, slot, side, turn));
            }
        }
    }

    /** Whether nothing is to come but the second event. */
    boolean isSettled(final int[] at, final IntArrayList steps)
    {
        return steps.size() == (at[happened] < events.size() ? 1 : 0);
    }

    /** What is wrong with a settled instant, or null. */
    String checkSettled(final int[] at)
    {
        return checks.settled(at, at[owed]);
    }

    /**
     * Takes a step.
     *
     * @return what is wrong in it or after it, or null.
     */
    String apply(final int[] at, final int step)
    {
        final int slot = slot(step);
        final int side = side(step);
        final int node = actor(step, at[happened]);
        final int before = at[node];
        Step taken;
        switch (kind(step))
        {
            case DELIVER:
                final int lane = lane(slot, side);
                taken = input(at, slot, side, Kind.DELIVER, tables.lanes.head(at[lane]));
                at[lane] = tables.lanes.rest(at[lane]);
                break;

            case FLUSH:
                taken = flush(at, slot, side, turn(step));
                break;

            case TURN:
                taken = turn(at, slot, side);
                break;

            case FLUSH_ALL:
                taken = flushAll(at, node, NOTHING);
                break;

            default:
                taken = happen(at, at[happened]);
                break;
        }
        if (grain == Grain.REACTION)
        {
            taken = flushAll(at, node, taken);
        }
        if (taken.failure() != null)
        {
            return SmallGraph.nameOf(node) + ": " + taken.failure();
        }
        final boolean isForwardingAsBefore = kind(step).ordinal() < StepKind.TURN.ordinal() && taken.events() == 0 &&
            tables.hasSameNext(before, at[node]);
        if (isForwardingAsBefore)
        {
            return null;
        }
        at[owed] = at[owed] & ~(taken.events() << node * nodes) | checks.broken(at);
        return checks.loop(at);
    }

    /** Which node takes a step. */
    private int actor(final int step, final int index)
    {
        if (kind(step) != StepKind.EVENT)
        {
            return kind(step) == StepKind.FLUSH_ALL ? slot(step) : node(slot(step), side(step));
        }
        final WorldEvent event = events.get(index);
        return event.isRestart() ? event.number() :
            event.side() == 0 ? SmallGraph.low(event.pair()) : SmallGraph.high(event.pair());
    }

    private Step flush(final int[] at, final int slot, final int side, final int turn)
    {
        final int generation = current(at, slot, side);
        final int here = lane(slot, side);
        final int behind = turn == TableStates.ACK ? tables.lanes.updates(at[here]) : 0;
        final Step taken = input(at, slot, side, Kind.FLUSH, turn | behind << 2);
        final boolean isPeerThere = current(at, slot, 1 - side) == generation;
        if (taken.packet() != 0 && (isPeerThere || wanted(at, slot) == generation))
        {
            final int there = isPeerThere ? lane(slot, 1 - side) : laneToCome(slot, 1 - side);
            at[there] = tables.lanes.append(at[there], taken.packet());
            if (isPeerThere && turn == TableStates.UPDATE)
            {
                at[here] = tables.lanes.furtherBehind(at[here]);
            }
        }
        return taken;
    }

    private Step flushAll(final int[] at, final int node, final Step before)
    {
        Step taken = before;
        for (int slot = 0; slot < pairs.length; slot++)
        {
            if (low[slot] == node || high[slot] == node)
            {
                final int side = low[slot] == node ? 0 : 1;
                final int peer = node(slot, 1 - side);
                for (int turn = 0; taken.failure() == null && tables.pending(at[node], peer) >>> turn != 0; turn++)
                {
                    if ((tables.pending(at[node], peer) & 1 << turn) != 0)
                    {
                        taken = taken.with(flush(at, slot, side, turn));
                    }
                }
            }
        }
        return taken;
    }

    private Step turn(final int[] at, final int slot, final int side)
    {
        final int wanted = wanted(at, slot);
        if (current(at, slot, side) != NONE)
        {
            current(at, slot, side, NONE);
            at[lane(slot, side)] = 0;
            return input(at, slot, side, Kind.DOWN, 0);
        }
        current(at, slot, side, wanted);
        at[lane(slot, side)] = at[laneToCome(slot, side)];
        at[laneToCome(slot, side)] = 0;
        return input(at, slot, side, Kind.UP, generations[slot][wanted - 1]);
    }

    private Step input(final int[] at, final int slot, final int side, final Kind kind, final int argument)
    {
        final int node = node(slot, side);
        final Step step = tables.step(at[node], TableStates.input(kind, node(slot, 1 - side), argument));
        at[node] = step.next();
        return step;
    }

    private Step happen(final int[] at, final int index)
    {
        final WorldEvent event = events.get(index);
        final int generation = index + 2;
        at[happened] = index + 1;
        if (event.kind() == WorldEvent.Kind.SILENCE)
        {
            final int silent = slotOf[event.pair()];
            return current(at, silent, event.side()) == NONE ? NOTHING :
                input(at, silent, event.side(), Kind.SILENCE, 0);
        }
        if (!event.isRestart())
        {
            want(at, slotOf[event.number()], event.kind() == WorldEvent.Kind.DOWN ? NONE : generation);
            return NOTHING;
        }
        final int node = event.number();
        at[node] = tables.fresh(node, event.instance(index));
        at[owed] &= ~((1 << nodes) - 1 << node * nodes);
        for (int slot = 0; slot < pairs.length; slot++)
        {
            if (low[slot] == node || high[slot] == node)
            {
                final int side = low[slot] == node ? 0 : 1;
                current(at, slot, side, NONE);
                at[lane(slot, side)] = 0;
                want(at, slot, wanted(at, slot) == NONE ? NONE : generation);
            }
        }
        return NOTHING;
    }

    private void want(final int[] at, final int slot, final int generation)
    {
        at[links + slot] = at[links + slot] & ~GENERATION_MASK | generation;
        at[laneToCome(slot, 0)] = 0;
        at[laneToCome(slot, 1)] = 0;
    }

    private int wanted(final int[] at, final int slot)
    {
        return at[links + slot] & GENERATION_MASK;
    }

    private int current(final int[] at, final int slot, final int side)
    {
        return at[links + slot] >>> GENERATION_BITS * (1 + side) & GENERATION_MASK;
    }

    private void current(final int[] at, final int slot, final int side, final int generation)
    {
        final int shift = GENERATION_BITS * (1 + side);
        at[links + slot] = at[links + slot] & ~(GENERATION_MASK << shift) | generation << shift;
    }

    private int node(final int slot, final int side)
    {
        return side == 0 ? low[slot] : high[slot];
    }

    private int lane(final int slot, final int toSide)
    {
        return lanes + LANES * slot + toSide;
    }

    private int laneToCome(final int slot, final int toSide)
    {
        return lane(slot, toSide) + 2;
    }

    /** The edge between two nodes as it is wanted, or null. */
    WorldEdge edge(final int[] at, final int a, final int b)
    {
        final int pair = SmallGraph.pair(a, b);
        final int slot = slotOf[pair];
        return slot < pairs.length && pairs[slot] == pair && wanted(at, slot) != NONE ?
            tables.edge(generations[slot][wanted(at, slot) - 1]) : null;
    }

    /** Which instance of a node lives now. */
    int instance(final int[] at, final int node)
    {
        int instance = 0;
        for (int index = 0; index < at[happened]; index++)
        {
            final WorldEvent event = events.get(index);
            instance = event.isRestart() && event.number() == node ? event.instance(index) : instance;
        }
        return instance;
    }

    /** Whether both ends have one generation. */
    boolean isJoined(final int[] at, final int a, final int b)
    {
        final int slot = slotOf[SmallGraph.pair(a, b)];
        return current(at, slot, 0) == current(at, slot, 1);
    }

    /** Whether what a node sends to another one will reach it, now or when it has heard of the new generation. */
    boolean arrives(final int[] at, final int from, final int to)
    {
        final int slot = slotOf[SmallGraph.pair(from, to)];
        return isJoined(at, from, to) || current(at, slot, from < to ? 0 : 1) == wanted(at, slot);
    }

    private static int code(final StepKind kind, final int slot, final int side, final int turn)
    {
        return kind.ordinal() << 8 | slot << 4 | side << 3 | turn;
    }

    private static StepKind kind(final int step)
    {
        return STEP_KINDS[step >>> 8];
    }

    private static int slot(final int step)
    {
        return step >>> 4 & 15;
    }

    private static int side(final int step)
    {
        return step >>> 3 & 1;
    }

    private static int turn(final int step)
    {
        return step & 7;
    }

    /** What a step is that would be taken, for people. */
    String text(final int[] at, final int step)
    {
        if (kind(step) == StepKind.EVENT)
        {
            return "event " + events.get(at[happened]);
        }
        final int slot = slot(step);
        final int side = side(step);
        if (kind(step) == StepKind.FLUSH_ALL)
        {
            return SmallGraph.nameOf(slot) + " writes all that it owes";
        }
        final String here = SmallGraph.nameOf(node(slot, side));
        final String there = SmallGraph.nameOf(node(slot, 1 - side));
        switch (kind(step))
        {
            case DELIVER:
                return here + " receives from " + there + ": " +
                    tables.packets.text(tables.lanes.head(at[lane(slot, side)]));

            case FLUSH:
                final int packet = flush(at.clone(), slot, side, turn(step)).packet();
                return here + " writes to " + there + ": " + (packet == 0 ? "nothing" : tables.packets.text(packet));

            default:
                return here + " hears that its edge to " + there + " is " +
                    (current(at, slot, side) == NONE ? "up" : "down");
        }
    }

    /** Routes of all nodes, for people. */
    String routes(final int[] at)
    {
        return checks.text(at);
    }

    @Override
    public String toString()
    {
        return graph + ", " + events + (destination < 0 ? "" : ", to " + SmallGraph.nameOf(destination));
    }
}
