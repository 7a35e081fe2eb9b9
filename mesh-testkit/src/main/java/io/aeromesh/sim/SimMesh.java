package io.aeromesh.sim;

import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.spi.SharedMemoryProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Several real nodes in one thread, joined by in-process edges; each step runs some of their duty cycles in an order
 * drawn from the seed and moves the clock on. The same seed gives the same run.
 * <p>
 * <b>Threading:</b> one thread, which is the nodes' agent and the application.
 */
public final class SimMesh implements AutoCloseable
{
    private static final long STEP_NS = 1_000;
    private static final int STEPS_MAX = 100_000;

    private final SimClock clock = new SimClock();
    private final SplittableRandom random;
    private final SimNetwork network;
    private final List<SimMemoryProvider> memories = new ArrayList<>();
    private final List<SimHost> hosts = new ArrayList<>();
    private final List<SimMedium> media;
    private final Map<String, MeshNode> nodes = new LinkedHashMap<>();
    private final List<Runnable> tasks = new ArrayList<>();
    private final long seed;
    private Consumer<String> afterCycle = name ->
    {};
    private Set<String> paused = Set.of();
    private long steps;

    /**
     * @param seed of everything that is drawn.
     */
    public SimMesh(final long seed)
    {
        this.seed = seed;
        random = new SplittableRandom(seed);
        network = new SimNetwork(clock, new SplittableRandom(~seed));
        media = network.media();
        memories.add(new SimMemoryProvider());
    }

    /**
     * From now on links behave as their shapes say, and this sees what they bring.
     */
    public void watch(final PacketWatch watch)
    {
        network.watch(watch);
    }

    /**
     * Edges that come up from now on are wrapped.
     */
    public void wrap(final EdgeWrap wrap)
    {
        network.wrap(wrap);
    }

    /**
     * Called after each duty cycle of each node with its name.
     */
    public void afterCycle(final Consumer<String> newAfterCycle)
    {
        afterCycle = newAfterCycle;
    }

    /**
     * The ends of links of the nodes that live, in the order in which they were made. Not to be changed.
     */
    public List<SimMedium> media()
    {
        return media;
    }

    /**
     * Those of one node. Not to be changed.
     */
    public List<SimMedium> media(final String name)
    {
        return network.media(name);
    }

    /**
     * A node has removed an edge, which is not to be looked at any more.
     */
    public void forget(final String name, final String edgeName)
    {
        network.remove(medium -> medium.nodeName().equals(name) && medium.edgeName().equals(edgeName));
    }

    /**
     * The virtual clock.
     */
    public SimClock clock()
    {
        return clock;
    }

    /**
     * Starts a node with in-process edges of the given links.
     */
    public MeshNode node(final String name, final String... links)
    {
        return node(name, config -> config, links);
    }

    /**
     * Starts a node with a configuration of its own.
     */
    public MeshNode node(final String name, final UnaryOperator<NodeConfig> change, final String... links)
    {
        NodeConfig config = NodeConfig.named(name)
            .invoked()
            .os(new SimOs(clock, random.split()))
            .sharing()
            .provider(new SimTransportProvider(network));
        for (final String link : links)
        {
            config = config.edge(link.startsWith("inproc:") ? link : "inproc:" + link);
        }
        final MeshNode node = MeshNode.launch(change.apply(config));
        nodes.put(name, node);
        return node;
    }

    /**
     * Memory that nodes share when they are configured with it; without, all channels go by proxy.
     */
    public SharedMemoryProvider memory()
    {
        return memories.get(0);
    }

    /**
     * One more host, whose nodes learn of each other's death from it.
     */
    public SimHost newHost()
    {
        final SimHost host = new SimHost();
        hosts.add(host);
        return host;
    }

    /**
     * Memory of one more host: nodes share it with those that are configured with the same.
     */
    public SharedMemoryProvider newMemory()
    {
        final SimMemoryProvider memory = new SimMemoryProvider();
        memories.add(memory);
        return memory;
    }

    /**
     * A node that was started.
     */
    public MeshNode node(final String name)
    {
        return nodes.get(name);
    }

    /**
     * Closes a node while the others run. Applications stand still, so time passes faster than otherwise.
     */
    public void stop(final String name)
    {
        final MeshNode node = nodes.remove(name);
        clock.stepPerLook(STEP_NS * 1_000, this::runNodes);
        node.close();
        clock.stepPerLook(0, () ->
        {});
        network.remove(medium -> medium.nodeName().equals(name));
    }

    /**
     * Kills a node as SIGKILL does: it never runs again and says nothing; its neighbours see their edges end.
     */
    public void kill(final String name)
    {
        nodes.remove(name);
        memories.forEach(memory -> memory.kill(name));
        hosts.forEach(host -> host.died(name));
        media.stream().filter(medium -> medium.nodeName().equals(name)).forEach(SimMedium::abandon);
        network.remove(medium -> medium.nodeName().equals(name));
    }

    /**
     * Puts a packet onto a lane of a node's edge, as if that node had sent it.
     *
     * @param link          name of the link, without scheme.
     * @param onControlLane or on the data lane.
     * @return false when the edge is down or full.
     */
    public boolean put(final String name, final String link, final byte[] packet, final boolean onControlLane)
    {
        final String uri = "inproc:" + link;
        return media.stream().anyMatch(medium -> medium.nodeName().equals(name) &&
            medium.config().toUri().equals(uri) && medium.put(packet, onControlLane));
    }

    /**
     * Ends the direct stream between two nodes, with all that is under way to the first. Another one can begin at once.
     */
    public void loseStream(final String name, final String peer)
    {
        stream(name, peer).ifPresent(SimMedium::lose);
    }

    /**
     * Ends the direct stream between two nodes; no other begins until the cut is mended.
     */
    public void cutStream(final String name, final String peer, final boolean isCut)
    {
        stream(name, peer).ifPresent(medium -> medium.cut(isCut));
    }

    /**
     * While it is deaf, nothing comes to a node along the direct stream from a peer; the other direction works.
     */
    public void deafenStream(final String name, final String peer, final boolean isDeaf)
    {
        stream(name, peer).ifPresent(medium -> medium.shape().isDeaf = isDeaf);
    }

    /**
     * Puts a packet onto the direct stream to a peer, as if that node had sent it.
     *
     * @return false when there is none, or it is full.
     */
    public boolean putOnStream(final String name, final String peer, final byte[] packet, final boolean onControlLane)
    {
        return stream(name, peer).map(medium -> medium.put(packet, onControlLane)).orElse(false);
    }

    /**
     * Newest end of a stream, which is known by its peer: edges have none here.
     */
    private Optional<SimMedium> stream(final String name, final String peer)
    {
        return media.stream().filter(medium -> medium.nodeName().equals(name) &&
            medium.config().options().peer().equals(peer)).reduce((older, newer) -> newer);
    }

    /**
     * Names of the nodes that run.
     */
    public List<String> names()
    {
        return List.copyOf(nodes.keySet());
    }

    /**
     * Steps so far.
     */
    public long steps()
    {
        return steps;
    }

    /**
     * These nodes do not run until told otherwise.
     */
    public void pause(final String... names)
    {
        paused = Set.copyOf(List.of(names));
    }

    /**
     * Runs with every step, as an application.
     */
    public void task(final Runnable task)
    {
        tasks.add(task);
    }

    /**
     * Runs one step: each node that is not paused has its duty cycle, in an order drawn from the seed.
     */
    public void step()
    {
        step(STEP_NS);
    }

    /**
     * Runs one step that lasts so many nanoseconds.
     */
    public void step(final long stepNs)
    {
        clock.advance(stepNs);
        steps++;
        runNodes();
        tasks.forEach(Runnable::run);
    }

    private void runNodes()
    {
        final List<String> order = new ArrayList<>(nodes.keySet());
        while (!order.isEmpty())
        {
            final String name = order.remove(random.nextInt(order.size()));
            if (!paused.contains(name))
            {
                nodes.get(name).doWork();
                afterCycle.accept(name);
            }
        }
    }

    /**
     * Runs a number of steps.
     */
    public void run(final int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            step();
        }
    }

    /**
     * Runs until the condition holds.
     *
     * @throws AssertionError naming what was awaited, the seed and the nodes' state, when it does not in time.
     */
    public void runUntil(final String awaited, final BooleanSupplier condition)
    {
        for (int i = 0; i < STEPS_MAX; i++)
        {
            if (condition.getAsBoolean())
            {
                return;
            }
            step();
        }
        throw new AssertionError("seed " + seed + ": awaited " + awaited + " in vain; " + describe());
    }

    private String describe()
    {
        final StringBuilder out = new StringBuilder();
        nodes.forEach((name, node) ->
        {
            out.append('\n').append(name).append(" edges ").append(node.edges()).append(" routes ")
                .append(node.routes()).append(" errors ").append(node.errors()).append(" counters");
            node.counters().forEach((value, id, label) ->
            {
                if (value != 0)
                {
                    out.append("\n    ").append(label).append(" = ").append(value);
                }
            });
        });
        return out.toString();
    }

    @Override
    public void close()
    {
        paused = Set.of();
        List.copyOf(nodes.keySet()).forEach(this::stop);
    }
}
