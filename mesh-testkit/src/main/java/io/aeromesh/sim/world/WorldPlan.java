package io.aeromesh.sim.world;

import io.aeromesh.protocol.NodeIds;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * What a world is like, drawn from its seed.
 *
 * @param seed       of all.
 * @param nodes      count.
 * @param topology   of the links.
 * @param hosts      on which the nodes live; those of one host share memory.
 * @param stepNs     of one tick, in nanoseconds.
 * @param silentNs   after which routes avoid a link, in nanoseconds.
 * @param delayNs    longest delay of a packet on a link, in nanoseconds.
 * @param wildTicks  under faults.
 * @param faultEvery ticks from fault to fault, in the mean.
 * @param measured   whether costs of links are measured rather than configured.
 * @param changing   whether links come and go for good.
 * @param streaming  whether nodes can be reached directly over the network.
 * @param leasing    of messages that are leases, in thousandths.
 * @param contexts   of the nodes, in turn.
 * @param hosting    nodes that have contexts.
 * @param services   channels to a node that whichever of its contexts has them open serves.
 * @param traits     that it has besides.
 */
public record WorldPlan(
    long seed,
    int nodes,
    Topology topology,
    int hosts,
    long stepNs,
    long silentNs,
    long delayNs,
    int wildTicks,
    int faultEvery,
    Measured measured,
    Changing changing,
    Streaming streaming,
    int leasing,
    int contexts,
    int hosting,
    int services,
    Set<Trait> traits)
{
    /** Fewest nodes. */
    public static final int NODES_MIN = 2;
    /** Most nodes. */
    public static final int NODES_MAX = 64;

    private static final int CONTEXTS_MAX = 4;
    private static final int SMALL = 6;
    private static final int TICKS_PER_SILENCE = 40;

    /** Costs. */
    public enum Measured
    {
        /** Half of the round trip. */
        YES,
        /** As configured. */
        NO
    }

    /** Links. */
    public enum Changing
    {
        /** More links come, and some go for good. */
        YES,
        /** They flap. */
        NO
    }

    /** Direct streams. */
    public enum Streaming
    {
        /** Each node has a place. */
        YES,
        /** None has. */
        NO
    }

    /** What some worlds have and most have not. */
    public enum Trait
    {
        /** Ends are replaced while they are in use, and closed in handlers; who listens refuses and is not asked. */
        UNSTEADY,
        /** Leases go on to any other node, and to groups; a node that closes keeps some. */
        HANDED_ON,
        /** Calls of the operating system fail. */
        FAILING
    }

    /**
     * Draws a world.
     *
     * @param nodesMax most nodes that it may have.
     */
    public static WorldPlan draw(final long seed, final int nodesMax)
    {
        final SplittableRandom random = new SplittableRandom(~seed);
        final Set<Trait> traits = EnumSet.noneOf(Trait.class);
        for (final Trait trait : Trait.values())
        {
            if (random.nextInt(4) == 0)
            {
                traits.add(trait);
            }
        }
        return drawPlain(seed, nodesMax).with(traits, random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0, random);
    }

    private WorldPlan with(final Set<Trait> newTraits, final int newServices, final SplittableRandom random)
    {
        final boolean isLeasing = leasing == 0 && newTraits.contains(Trait.HANDED_ON);
        final int newLeasing = isLeasing ? 100 + random.nextInt(400) : leasing;
        final int newContexts = newServices == 0 ? contexts : Math.max(contexts, 2 + random.nextInt(CONTEXTS_MAX - 1));
        return new WorldPlan(seed, nodes, topology, hosts, stepNs, silentNs, delayNs, wildTicks, faultEvery, measured,
            changing, streaming, newLeasing, newContexts, newServices == 0 ? nodes : 1 + random.nextInt(2), newServices,
            newTraits);
    }

    /**
     * Draws a world without services and traits, so that what is drawn of those leaves other worlds as they are.
     */
    public static WorldPlan drawPlain(final long seed, final int nodesMax)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final int nodes = nodes(random, nodesMax);
        final long silentNs = random.nextInt(3) == 0 ? TimeUnit.SECONDS.toNanos(1) :
            TimeUnit.MILLISECONDS.toNanos(1L << random.nextInt(2, 9));
        final long stepNs = silentNs / TICKS_PER_SILENCE / (1 + random.nextInt(8));
        final Topology[] topologies = Topology.values();
        return new WorldPlan(
            seed,
            nodes,
            topologies[random.nextInt(topologies.length)],
            1 + random.nextInt(3),
            stepNs,
            silentNs,
            random.nextInt(3) == 0 ? 0 : random.nextLong(6 * stepNs),
            80 + random.nextInt(240),
            6 + random.nextInt(40),
            random.nextInt(5) == 0 ? Measured.YES : Measured.NO,
            random.nextInt(4) == 0 ? Changing.YES : Changing.NO,
            random.nextInt(3) == 0 ? Streaming.YES : Streaming.NO,
            random.nextInt(4) == 0 ? 100 + random.nextInt(400) : 0,
            random.nextInt(4) == 0 ? 1 + random.nextInt(CONTEXTS_MAX) : 0,
            nodes,
            0,
            Set.of());
    }

    /**
     * Nodes and contexts.
     */
    int members()
    {
        return nodes + contexts;
    }

    boolean has(final Trait trait)
    {
        return traits.contains(trait);
    }

    /**
     * Name of a node, or of a context.
     */
    String member(final int index)
    {
        return index < nodes ? Links.nodeName(index) :
            Links.nodeName((index - nodes) % hosting) + NodeIds.CONTEXT_SEPARATOR + 'x' + index;
    }

    /**
     * Mostly few, as most defects need few and worlds of few are fast.
     */
    private static int nodes(final SplittableRandom random, final int nodesMax)
    {
        final int most = random.nextInt(32) == 0 ? nodesMax : Math.min(SMALL, nodesMax);
        return NODES_MIN + random.nextInt(most - NODES_MIN + 1);
    }

    /**
     * Ticks that a packet needs from node to node at most, as far as links delay it: to be read in the tick after that
     * in which it is due.
     */
    long edgeDelayTicks()
    {
        return (delayNs + stepNs - 1) / stepNs + 1;
    }
}
