package io.aeromesh.tools.torture;

import io.aeromesh.ChannelPath.Kind;
import io.aeromesh.ChannelSpec.Mode;
import java.util.List;

/**
 * A channel between two nodes, and what each end sends in a second.
 *
 * @param name      of the channel.
 * @param left      node.
 * @param right     node.
 * @param mode      of both ends.
 * @param way       that it takes when nothing is wrong.
 * @param kind      of what is sent: MESSAGE or LEASE.
 * @param leftRate  of the left node, a second.
 * @param rightRate of the right node, a second.
 */
record ChannelPlan(
    String name, String left, String right, Mode mode, Kind way, String kind, long leftRate, long rightRate)
{
    static final String WRITER = "A";
    static final String READER = "F";
    static final List<String> RELAYS = List.of("B", "C", "D", "E");
    /** Of them the one round which there is no other way. */
    static final String BRIDGE = "D";
    /** Share no memory, so that they are joined by a stream over the network. */
    static final List<String> PRIVATE = List.of("C", "E");

    static final String MESSAGE = "MESSAGE";
    static final String LEASE = "LEASE";

    /** By hops, by shared memory, by a stream over the network; messages and leases. */
    static final List<ChannelPlan> ALL = List.of(
        new ChannelPlan("orders", WRITER, READER, Mode.PROXY, Kind.PROXY, MESSAGE, 2000, 0),
        new ChannelPlan("fills", WRITER, READER, Mode.DIRECT, Kind.DIRECT_MEMORY, MESSAGE, 2000, 2000),
        new ChannelPlan("blocks", WRITER, READER, Mode.AUTO, Kind.DIRECT_MEMORY, LEASE, 200, 100),
        new ChannelPlan("quotes", "B", "D", Mode.AUTO, Kind.DIRECT_MEMORY, MESSAGE, 1000, 1000),
        new ChannelPlan("risk", "C", "E", Mode.AUTO, Kind.DIRECT_UDP, MESSAGE, 500, 500),
        new ChannelPlan("pieces", "E", "C", Mode.PROXY, Kind.PROXY, LEASE, 50, 0));

    static ChannelPlan named(final String name)
    {
        return ALL.stream().filter(channel -> channel.name().equals(name)).findFirst().orElseThrow();
    }

    boolean joins(final String node)
    {
        return left.equals(node) || right.equals(node);
    }

    String peerOf(final String node)
    {
        return left.equals(node) ? right : left;
    }

    long rateOf(final String node)
    {
        return left.equals(node) ? leftRate : rightRate;
    }

    /**
     * The directions that something is sent in.
     */
    List<Direction> directions()
    {
        return rightRate == 0 ? List.of(new Direction(this, left, right)) :
            List.of(new Direction(this, left, right), new Direction(this, right, left));
    }

    /**
     * One direction of a channel.
     *
     * @param channel that it belongs to.
     * @param source  node that sends.
     * @param target  node that gets.
     */
    record Direction(ChannelPlan channel, String source, String target)
    {
        @Override
        public String toString()
        {
            return channel.name() + ' ' + source + '>' + target;
        }
    }
}
