package io.aeromesh.sim.canary;

import static io.aeromesh.sim.canary.Tamper.pass;

import io.aeromesh.NodeConfig;
import io.aeromesh.fake.ForwardingEdge;
import io.aeromesh.fake.ForwardingLane;
import io.aeromesh.fake.ForwardingMemory;
import io.aeromesh.fake.ForwardingMemoryProvider;
import io.aeromesh.fake.ForwardingOs;
import io.aeromesh.os.MeshOs;
import io.aeromesh.sim.EdgeWrap;
import io.aeromesh.sim.Leak;
import io.aeromesh.sim.SimEdge;
import io.aeromesh.sim.check.Rule;
import io.aeromesh.sim.world.Sabotage;
import io.aeromesh.spi.Edge;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.PacketHandler;
import io.aeromesh.spi.SharedMemory;
import io.aeromesh.spi.SharedMemoryProvider;
import io.aeromesh.spi.SharedRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Defects of edges, of memory that is shared, and of how a node starts.
 */
final class MachineCanaries
{
    /** Of the first segment of leases of each length, in a world. */
    private static final int SEGMENT_LENGTH = 24 * 1024;
    private static final int SEGMENT_DATA_OFFSET = 4096;
    private static final int SEGMENT_BLOCKS = 4;
    private static final int CONTROL_LENGTH = 128;
    private static final int PHASE_SHIFT = 12;
    private static final int PHASE_MASK = 15;
    private static final int GENERATION_SHIFT = 16;
    private static final int HELD = 1;
    private static final int ANOTHER_SLOT = 40;

    private MachineCanaries()
    {
    }

    static List<Canary> all()
    {
        return List.of(
            edges("control is held back behind data", Rule.CONTROL_FIRST,
                (at, edge) -> new ForwardingEdge(edge, new HeldBackLane((SimEdge)edge), edge.data())),
            edges("control goes by the lane for data", Rule.CONTROL_FIRST,
                (at, edge) -> new ForwardingEdge(edge, new MixedLane(edge), edge.data())),
            edges("an edge takes more than it has room for", Rule.BOUNDED, (at, edge) ->
            {
                Leak.open(at);
                return edge;
            }),
            Canary.wire("a duty cycle throws", Rule.HEALTH, random -> (at, lane, packet, handler) ->
            {
                if (random.nextInt(200) == 0)
                {
                    throw new IllegalStateException("planted");
                }
                return pass(packet, handler);
            }),
            new Canary("a restarted node is taken for its former self",
                Set.of(Rule.DELIVERY, Rule.OWED, Rule.BROADCAST, Rule.LEASES), random -> new SameRandom()),
            memory("a block of a lease is freed twice", Set.of(Rule.LEASES),
                (region, random) -> onHeldWord(region, random, (buffer, offset) -> buffer.putLong(offset,
                    buffer.getLong(offset) >>> GENERATION_SHIFT << GENERATION_SHIFT))),
            memory("a block of a lease is never freed", Set.of(Rule.LEASES, Rule.HEALTH),
                (region, random) -> onHeldWord(region, random, (buffer, offset) -> buffer.putLong(offset,
                    buffer.getLong(offset) | ANOTHER_SLOT))),
            memory("somebody writes to a block that another holds", Set.of(Rule.LEASES, Rule.DELIVERY),
                (region, random) -> overwritten(region, random)),
            memory("a direct channel loses a byte", Set.of(Rule.DELIVERY, Rule.HEALTH, Rule.OWED),
                (region, random) -> corrupted(region, random)));
    }

    private static Canary edges(final String bug, final Rule rule, final EdgeWrap wrap)
    {
        return new Canary(bug, Set.of(rule), random -> new Sabotage()
        {
            @Override
            public EdgeWrap edges()
            {
                return wrap;
            }
        });
    }

    private static Canary memory(
        final String bug, final Set<Rule> rules, final BiConsumer<UnsafeBuffer, SplittableRandom> harm)
    {
        return new Canary(bug, rules, random -> new Harm(random, harm));
    }

    private static void onHeldWord(
        final UnsafeBuffer region, final SplittableRandom random, final BiConsumer<UnsafeBuffer, Integer> change)
    {
        if (region.capacity() == SEGMENT_LENGTH)
        {
            final int offset = CONTROL_LENGTH * (1 + random.nextInt(SEGMENT_BLOCKS));
            if ((region.getLong(offset) >>> PHASE_SHIFT & PHASE_MASK) == HELD)
            {
                change.accept(region, offset);
            }
        }
    }

    private static void overwritten(final UnsafeBuffer region, final SplittableRandom random)
    {
        if (region.capacity() == SEGMENT_LENGTH)
        {
            region.putLong(SEGMENT_DATA_OFFSET, random.nextLong());
        }
    }

    private static void corrupted(final UnsafeBuffer region, final SplittableRandom random)
    {
        if (region.capacity() != SEGMENT_LENGTH)
        {
            final int index = random.nextInt(region.capacity());
            region.putByte(index, (byte)(region.getByte(index) ^ 1));
        }
    }

    /** Takes control packets only when no data waits. */
    private static final class HeldBackLane extends ForwardingLane
    {
        private final SimEdge edge;

        HeldBackLane(final SimEdge edge)
        {
            super(edge.control());
            this.edge = edge;
        }

        @Override
        public int poll(final PacketHandler handler, final int limit)
        {
            return edge.data().waitingBytes() > 0 || edge.data().available() < edge.data().capacity() / 2 ? 0 :
                super.poll(handler, limit);
        }
    }

    /** Sends control as data. */
    private static final class MixedLane extends ForwardingLane
    {
        private final Lane control;

        MixedLane(final Edge edge)
        {
            super(edge.data());
            control = edge.control();
        }

        @Override
        public int poll(final PacketHandler handler, final int limit)
        {
            return control.poll(handler, limit);
        }
    }

    /** Draws the same numbers at each start of a node. */
    private static final class SameRandom implements Sabotage
    {
        @Override
        public NodeConfig config(final NodeConfig config)
        {
            return config.os(new RepeatingOs(config.os(), new SplittableRandom(config.name().hashCode())));
        }
    }

    private static final class RepeatingOs extends ForwardingOs
    {
        private final SplittableRandom random;

        RepeatingOs(final MeshOs inner, final SplittableRandom random)
        {
            super(inner);
            this.random = random;
        }

        @Override
        public long nextRandom()
        {
            return random.nextLong();
        }
    }

    /** Does harm to shared memory, now and then as packets come. */
    private static final class Harm implements Sabotage
    {
        private final List<UnsafeBuffer> regions = new ArrayList<>();
        private final SplittableRandom random;
        private final BiConsumer<UnsafeBuffer, SplittableRandom> harm;

        Harm(final SplittableRandom random, final BiConsumer<UnsafeBuffer, SplittableRandom> harm)
        {
            this.random = random;
            this.harm = harm;
        }

        @Override
        public EdgeWrap edges()
        {
            return (at, edge) -> new TamperedEdge(at, edge, (here, lane, packet, handler) -> onPacket(packet, handler));
        }

        private PacketHandler.Action onPacket(final UnsafeBuffer packet, final PacketHandler handler)
        {
            if (!regions.isEmpty() && random.nextInt(20) == 0)
            {
                harm.accept(regions.get(random.nextInt(regions.size())), random);
            }
            return pass(packet, handler);
        }

        @Override
        public SharedMemoryProvider memory(final SharedMemoryProvider memory)
        {
            return new ForwardingMemoryProvider(memory)
            {
                @Override
                protected SharedMemory change(final SharedMemory opened)
                {
                    return new Harmed(opened, regions);
                }
            };
        }
    }

    private static final class Harmed extends ForwardingMemory
    {
        private final List<UnsafeBuffer> regions;

        Harmed(final SharedMemory inner, final List<UnsafeBuffer> regions)
        {
            super(inner);
            this.regions = regions;
        }

        @Override
        public SharedRegion create(final int length)
        {
            final SharedRegion region = super.create(length);
            regions.add(region.buffer());
            return region;
        }
    }
}
