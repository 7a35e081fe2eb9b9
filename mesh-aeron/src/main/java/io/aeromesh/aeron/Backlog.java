package io.aeromesh.aeron;

import io.aeromesh.spi.PacketHandler;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Copies of packets that came in on a lane and were not polled before its generation ended. They leave the image at
 * once, so that the next generation does not wait behind them.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> per packet, which happens at the end of an edge only.
 * <b>Bound:</b> what the peer's lane can hold; more than that no honest peer has under way.
 */
final class Backlog
{
    private final ArrayDeque<byte[]> packets = new ArrayDeque<>();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final int lengthMax;
    private int length;

    Backlog(final int lengthMax)
    {
        this.lengthMax = lengthMax;
    }

    /**
     * Copies a packet.
     *
     * @return false when the bound is reached.
     */
    boolean add(final DirectBuffer buffer, final int offset, final int packetLength)
    {
        final int frameLength = packetLength + AeronOptions.FRAME_ALIGNMENT;
        if (frameLength > lengthMax - length)
        {
            return false;
        }

        final byte[] packet = new byte[packetLength];
        buffer.getBytes(offset, packet);
        packets.add(packet);
        length += frameLength;
        return true;
    }

    int poll(final PacketHandler handler, final int limit)
    {
        int count = 0;
        PacketHandler.Action action = PacketHandler.Action.CONTINUE;
        while (count < limit && action != PacketHandler.Action.BREAK && !packets.isEmpty())
        {
            final byte[] packet = packets.poll();
            length -= packet.length + AeronOptions.FRAME_ALIGNMENT;
            view.wrap(packet);
            action = handler.onPacket(view, 0, packet.length);
            if (action == PacketHandler.Action.ABORT)
            {
                packets.addFirst(packet);
                length += packet.length + AeronOptions.FRAME_ALIGNMENT;
                break;
            }
            count++;
        }
        return count;
    }

    void clear()
    {
        packets.clear();
        length = 0;
    }
}
