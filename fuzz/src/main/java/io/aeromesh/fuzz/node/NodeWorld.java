package io.aeromesh.fuzz.node;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ControlledMessageHandler.Action;
import io.aeromesh.EdgeStatus;
import io.aeromesh.LeaseConfig;
import io.aeromesh.MeshNode;
import io.aeromesh.NodeConfig;
import io.aeromesh.NodeLimits;
import io.aeromesh.NodeListener;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.fuzz.Must;
import io.aeromesh.inproc.InprocMemoryProvider;
import io.aeromesh.inproc.InprocNetwork;
import io.aeromesh.inproc.InprocTransportProvider;
import io.aeromesh.os.MeshOs;
import io.aeromesh.sim.SimClock;
import io.aeromesh.sim.SimOs;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A node between a hostile neighbour and an honest one, all of one thread and under one clock. Whatever the first says,
 * the node goes on, nothing of it is found wrong, its edge to the second stays up, and what it sends there arrives.
 */
final class NodeWorld implements NodeListener, AutoCloseable
{
    static final String NODE = "n";
    static final int WINDOW = 4096;
    private static final String HONEST = "honest";
    private static final String LENGTHS = "data-length=16384|control-length=16384";
    private static final int STEPS_MAX = 2_000;
    private static final long STEP_NS = 1_000;
    private static final int POLL_LIMIT = 16;
    /** Made once, as it looks for transports on the class path. */
    private static final NodeConfig NODE_CONFIG = NodeConfig.named(NODE);
    private static final NodeConfig HONEST_CONFIG = NodeConfig.named(HONEST);
    private static final LeaseConfig LEASES = new LeaseConfig(4096, 4096, 64 * 1024, 32 * 1024);

    final Neighbour neighbour;
    final Channel toNeighbour;
    final BroadcastChannel group;
    final MeshNode node;
    private final SimClock clock = new SimClock();
    private final MeshNode honest;
    private final Channel toHonest;
    private final Channel fromHonest;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[64]);
    private MeshException defect;

    NodeWorld(final String neighbourName)
    {
        final InprocNetwork network = new InprocNetwork();
        final InprocMemoryProvider memories = InprocMemoryProvider.isolated();
        final MeshOs os = new SimOs(clock, new SplittableRandom(1));
        node = MeshNode.launch(config(NODE_CONFIG, network, os).sharing(memories)
            .edge("inproc:hostile?name=hostile|" + LENGTHS).edge("inproc:good?" + LENGTHS)
            .edge("inproc:?direct=node"));
        honest = MeshNode.launch(config(HONEST_CONFIG, network, os).sharing().edge("inproc:good?" + LENGTHS));
        neighbour = new Neighbour(
            neighbourName, "inproc:hostile?" + LENGTHS, "inproc:?direct=hostile", network, memories, os);
        toNeighbour = node.open(spec(neighbourName));
        group = node.open(BroadcastSpec.named("group").windowLength(WINDOW).evictLength(WINDOW / 2));
        toHonest = node.open(spec(HONEST));
        fromHonest = honest.open(spec(NODE));
        until("the honest channel", () -> exchanged() > 0);
    }

    private NodeConfig config(final NodeConfig named, final InprocNetwork network, final MeshOs os)
    {
        final NodeLimits limits = NodeLimits.DEFAULT;
        return named.invoked().os(os).listener(this).leases(LEASES)
            .limits(new NodeLimits(1 << 16, 8, 16, 16, limits.edgePingNs(), limits.edgeSilentNs(),
                limits.status()))
            .provider(new InprocTransportProvider(network));
    }

    private static ChannelSpec spec(final String peer)
    {
        return ChannelSpec.to(peer).windowLength(WINDOW);
    }

    void step()
    {
        clock.advance(STEP_NS);
        neighbour.doWork(clock.nanoTime());
        node.doWork();
        honest.doWork();
    }

    /**
     * Time goes by at once, as when a process was stopped.
     */
    void pause(final long ns)
    {
        clock.advance(ns);
    }

    /**
     * The application reads.
     */
    void poll(final Action action)
    {
        toNeighbour.controlledPoll((buffer, offset, length, origin) -> action, POLL_LIMIT);
        group.poll((buffer, offset, length, origin) -> Must.within(0, length, buffer.capacity(), "length"), POLL_LIMIT);
    }

    private int exchanged()
    {
        toHonest.poll((buffer, offset, length, origin) ->
        {
            // the reports of ended sessions are taken by this
        }, 1);
        toHonest.offer(message, 0, Long.BYTES);
        step();
        return fromHonest.poll((buffer, offset, length, origin) ->
        {
            // that it comes is what counts
        }, POLL_LIMIT);
    }

    private void until(final String what, final BooleanSupplier condition)
    {
        for (int i = 0; i < STEPS_MAX; i++)
        {
            if (condition.getAsBoolean())
            {
                return;
            }
        }
        throw new AssertionError("in vain: " + what + ": " + node.edges() + node.routes() + node.errors());
    }

    /**
     * What must hold at the end.
     */
    void check()
    {
        if (defect != null)
        {
            throw new AssertionError(defect.getMessage(), defect);
        }
        Must.hold(node.isRunning() && honest.isRunning(), "a node has ended");
        step();
        Must.hold(node.edges().stream().anyMatch(edge -> HONEST.equals(edge.peer()) &&
            (edge.state() == EdgeStatus.State.UP || edge.state() == EdgeStatus.State.SILENT)),
            "the honest edge is down");
        if (!neighbour.hasImpersonated)
        {
            until("a message to the honest node", () -> exchanged() > 0);
        }
    }

    @Override
    public void onError(final MeshException error)
    {
        if (error.code() == ErrorCode.INVARIANT_BROKEN || error.code() == ErrorCode.APPLICATION_FAILED)
        {
            defect = error; // to throw it here would be the listener's own failure, which a node survives
        }
    }

    @Override
    public void close()
    {
        neighbour.close();
        clock.stepPerLook(1L << 30);
        node.close();
        honest.close();
    }
}
