package io.aeromesh.sim;

import io.aeromesh.fake.ForwardingLane;
import io.aeromesh.sim.PacketWatch.LaneKind;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.PacketHandler;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A lane whose packets arrive as the shape of its link says. Packets wait here, in order, until they are due; no more
 * of them than the lane can hold, so that a lane that does not get on fills up to its sender.
 * <p>
 * <b>Threading:</b> the simulation's one thread.
 */
public final class SimLane extends ForwardingLane
{
    private static final long AT_ONCE = Long.MIN_VALUE;

    private final LaneKind kind;
    private final LinkShape shape;
    private final SimMedium medium;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private long lastDueNs;
    private long polls;
    private long delivered;
    private boolean isDown;

    private record Waiting(UnsafeBuffer packet, long dueNs)
    {
    }

    SimLane(final Lane inner, final LaneKind kind, final LinkShape shape, final SimMedium medium)
    {
        super(inner);
        this.kind = kind;
        this.shape = shape;
        this.medium = medium;
    }

    /**
     * How often the node has looked.
     */
    public long polls()
    {
        return polls;
    }

    /**
     * Packets that the node has consumed.
     */
    public long delivered()
    {
        return delivered;
    }

    /**
     * Whether a packet could be consumed now.
     */
    public boolean isDue()
    {
        return !shape.isDeaf && !waiting.isEmpty() && waiting.peek().dueNs <= medium.clock().nanoTime();
    }

    /**
     * Bytes that left the sender's buffer and have not been consumed.
     */
    public int waitingBytes()
    {
        return waitingBytes;
    }

    /**
     * Bytes that a receiver can be behind.
     */
    public int waitingBytesMax()
    {
        return capacity() + maxPacketLength();
    }

    /**
     * What waits is due within the usual delay.
     */
    void hurry()
    {
        final long latestNs = medium.clock().nanoTime() + shape.delayNs + shape.jitterNs;
        lastDueNs = Math.min(lastDueNs, latestNs);
        for (int i = waiting.size(); i > 0; i--)
        {
            final Waiting next = waiting.poll();
            waiting.add(new Waiting(next.packet, Math.min(next.dueNs, latestNs)));
        }
    }

    void down()
    {
        isDown = true;
        lastDueNs = AT_ONCE;
        if (shape.ending == LinkShape.Ending.LOST)
        {
            waiting.clear();
            waitingBytes = 0;
        }
    }

    @Override
    public int tryClaim(final int length)
    {
        return shape.refuses() ? BACK_PRESSURED : super.tryClaim(length);
    }

    @Override
    public int poll(final PacketHandler handler, final int limit)
    {
        polls++;
        final boolean isSilent =
            isDown && shape.ending == LinkShape.Ending.LOST || shape.isDeaf && !isDown && !shape.isLeaky;
        if (isSilent)
        {
            return 0;
        }
        if (medium.watch() == null)
        {
            return super.poll(handler, limit);
        }
        if (waitingBytes < capacity() || shape.isLeaky)
        {
            super.poll(this::arrive, limit);
        }
        return deliver(handler, Math.min(limit, shape.packetsMax));
    }

    private PacketHandler.Action arrive(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        lastDueNs = Math.max(lastDueNs, shape.dueNs(medium.clock().nanoTime()));
        waiting.add(new Waiting(new UnsafeBuffer(bytes), lastDueNs));
        waitingBytes += length;
        return waitingBytes < capacity() || shape.isLeaky ?
            PacketHandler.Action.CONTINUE : PacketHandler.Action.BREAK;
    }

    private int deliver(final PacketHandler handler, final int limit)
    {
        final long nowNs = medium.clock().nanoTime();
        int count = 0;
        while (count < limit && !waiting.isEmpty() && (isDown || !shape.isDeaf && waiting.peek().dueNs <= nowNs))
        {
            final Waiting next = waiting.poll();
            final int length = next.packet.capacity();
            waitingBytes -= length;
            delivered++;
            medium.watch().onPacket(medium, kind, next.packet, 0, length);
            final PacketHandler.Action action = handler.onPacket(next.packet, 0, length);
            if (action == PacketHandler.Action.ABORT)
            {
                waiting.addFirst(next);
                waitingBytes += length;
                delivered--;
                break;
            }
            count++;
            if (action == PacketHandler.Action.BREAK)
            {
                break;
            }
        }
        return count;
    }
}
