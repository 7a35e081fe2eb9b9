package io.aeromesh.contract;

import io.aeromesh.spi.Lane;
import io.aeromesh.spi.PacketHandler;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Packets whose content follows from their number and length, so that a copy, a loss, a swap or a torn packet shows.
 * An instance records what it receives.
 * <p>
 * <b>Threading:</b> one thread.
 */
public final class PacketLog implements PacketHandler
{
    private final List<byte[]> packets = new ArrayList<>();
    private Action action = Action.CONTINUE;

    /**
     * A log that answers {@link PacketHandler.Action#CONTINUE}.
     */
    public PacketLog()
    {
    }

    /**
     * What to answer from now on.
     */
    public PacketLog answering(final Action nextAction)
    {
        action = nextAction;
        return this;
    }

    /**
     * Copies of the packets, in the order of their arrival.
     */
    public List<byte[]> packets()
    {
        return packets;
    }

    /**
     * Their count.
     */
    public int size()
    {
        return packets.size();
    }

    @Override
    public Action onPacket(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] packet = new byte[length];
        buffer.getBytes(offset, packet);
        packets.add(packet);
        return action;
    }

    /**
     * The packet of that number and length.
     */
    public static byte[] packet(final int number, final int length)
    {
        final byte[] packet = new byte[length];
        long state = number * 0x9E37_79B9_7F4A_7C15L + length;
        for (int i = 0; i < length; i++)
        {
            state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            packet[i] = (byte)(state >>> 56);
        }
        return packet;
    }

    /**
     * Claims, writes and commits a packet.
     *
     * @return what the claim returned: not negative when the packet was committed.
     */
    public static int send(final Lane lane, final byte[] packet)
    {
        final int offset = lane.tryClaim(packet.length);
        if (offset >= 0)
        {
            final MutableDirectBuffer buffer = lane.buffer();
            buffer.putBytes(offset, packet);
            lane.commit();
        }
        return offset;
    }
}
