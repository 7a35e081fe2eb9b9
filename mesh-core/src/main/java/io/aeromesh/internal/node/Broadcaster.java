package io.aeromesh.internal.node;

import io.aeromesh.internal.link.Link;
import io.aeromesh.internal.link.NodeSelf;
import io.aeromesh.internal.session.BroadcastSender;
import io.aeromesh.internal.session.SendStream;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.spi.Lane;
import java.util.List;

/**
 * Sends this node's broadcasts on all of its links. Each packet has a sequence of the node's, by which hops tell a
 * repetition. Agent thread.
 */
final class Broadcaster implements BroadcastSender
{
    private final NodeSelf self;
    private final int hopLimit;
    private final List<EdgeSlot> slots;
    private final Discards discards;
    private int sequence;

    Broadcaster(final NodeSelf self, final int hopLimit, final List<EdgeSlot> slots, final Discards discards)
    {
        this.self = self;
        this.hopLimit = hopLimit;
        this.slots = slots;
        this.discards = discards;
    }

    @Override
    public void send(final long streamId, final SendStream stream, final long position, final int length)
    {
        sequence++;
        for (int i = 0; i < slots.size(); i++)
        {
            final List<LinkReader> readers = slots.get(i).readers();
            for (int j = 0; j < readers.size(); j++)
            {
                final Link link = readers.get(j).link();
                if (link.state() == Link.State.UP)
                {
                    send(link, streamId, stream, position, length);
                }
            }
        }
    }

    private void send(
        final Link link, final long streamId, final SendStream stream, final long position, final int length)
    {
        final Lane lane = link.data();
        final int offset = lane.tryClaim(PacketHeader.LENGTH + length);
        if (offset < 0)
        {
            discards.addOwn(self.id(), streamId, position, link, lane);
            return;
        }
        PacketHeader.write(lane.buffer(), offset, PacketHeader.BROADCAST, hopLimit, sequence, self.instanceLow(),
            self.id(), streamId, position);
        stream.copyTo(position, length, lane.buffer(), offset + PacketHeader.LENGTH);
        lane.commit();
    }
}
