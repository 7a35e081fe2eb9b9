package io.aeromesh.fuzz.node;

import io.aeromesh.ControlledMessageHandler.Action;
import io.aeromesh.fuzz.AllocationBound;
import io.aeromesh.fuzz.FuzzInput;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A whole node, and what a hostile neighbour does to it by its edge, its direct stream and the memory of its direct
 * channel, see {@link NodeWorld} for what must hold.
 */
public final class NodeFuzz
{
    private static final int STEPS_MAX = 32;
    private static final int PACKET_MAX = 2048;
    private static final long BYTES_MAX = 8L << 20;
    private static final Action[] ACTIONS = Action.values();

    private final FuzzInput input;
    private final NodeWorld world;
    private final Neighbour neighbour;
    private final PacketMaker maker;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[NodeWorld.WINDOW]);

    private NodeFuzz(final FuzzInput input, final NodeWorld world)
    {
        this.input = input;
        this.world = world;
        neighbour = world.neighbour;
        maker = new PacketMaker(neighbour, input, new UnsafeBuffer(new byte[PACKET_MAX]));
    }

    /**
     * One execution.
     */
    public static void fuzzerTestOneInput(final byte[] bytes)
    {
        AllocationBound.hold(BYTES_MAX, bytes, NodeFuzz::run);
    }

    private static void run(final byte[] bytes)
    {
        final FuzzInput input = new FuzzInput(bytes);
        final int start = input.int8();
        try (NodeWorld world = new NodeWorld((start & 1) == 0 ? "hostile" : "z"))
        {
            final NodeFuzz one = new NodeFuzz(input, world);
            one.begin(start);
            for (int i = 0; i < STEPS_MAX && input.hasMore(); i++)
            {
                one.step();
                world.step();
            }
            world.check();
        }
    }

    /**
     * Goes some of the way by the rules, so that an input need not find it.
     */
    private void begin(final int start)
    {
        if ((start & 2) == 0)
        {
            maker.hello();
            world.step();
            maker.hello();
            maker.mark();
            world.step();
            maker.ownRoute();
            for (int i = 0; i < 4; i++)
            {
                world.step();
            }
        }
        if ((start & 6) == 0)
        {
            maker.openProxy();
            maker.openGroup();
            world.step();
            maker.ackProxy();
            world.step();
        }
    }

    private void step()
    {
        switch (input.below(20))
        {
            case 0 ->
            {
                for (int i = input.below(8); i > 0; i--)
                {
                    world.step();
                }
            }
            case 1 -> world.poll(ACTIONS[input.below(ACTIONS.length)]);
            case 2 -> world.toNeighbour.offer(message, 0, input.int16() % (world.toNeighbour.maxMessageLength() + 1));
            case 3 -> world.group.offer(message, 0, input.int16() % (world.group.maxMessageLength() + 1));
            case 4 -> neighbour.scribble(input.int16(), input.int64());
            case 5 -> neighbour.drop(input.flag());
            case 6 -> ask();
            default -> maker.make();
        }
    }

    private void ask()
    {
        switch (input.below(4))
        {
            case 0 -> world.node.ping(neighbour.name);
            case 1 -> world.node.topology();
            case 2 -> world.pause(TimeUnit.MILLISECONDS.toNanos(input.int16()));
            default -> world.node.errors();
        }
    }
}
