package io.aeromesh.internal.node;

import io.aeromesh.internal.link.Link;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.HelloDecoder;
import io.aeromesh.protocol.codec.MarkDecoder;
import io.aeromesh.protocol.codec.RefuseDecoder;
import io.aeromesh.spi.PacketHandler;
import org.agrona.DirectBuffer;

/**
 * Reads the lanes of one link and counts. A packet that breaks the protocol costs the link, after the poll.
 * <p>
 * <b>Threading:</b> agent thread only.
 */
final class LinkReader implements PacketHandler
{
    private final Link link;
    private final EdgeSlot slot;
    private final PacketRouter router;
    private final long onlyFor;
    private String fault;
    private long packets;
    private long bytes;

    /**
     * @param onlyFor id of this node where only packets from the peer to it may come; 0: any may.
     */
    LinkReader(final Link link, final EdgeSlot slot, final PacketRouter router, final long onlyFor)
    {
        this.link = link;
        this.slot = slot;
        this.router = router;
        this.onlyFor = onlyFor;
    }

    Link link()
    {
        return link;
    }

    EdgeSlot slot()
    {
        return slot;
    }

    /**
     * Why the link can not go on, or null.
     */
    String fault()
    {
        return fault;
    }

    int pollControl(final int limit, final long nowNs)
    {
        final int count = link.control().poll(this, limit);
        if (count > 0)
        {
            link.onHeard(nowNs);
            slot.roundTripNs.setPlain(link.roundTripNs());
            count();
        }
        return count;
    }

    int pollData(final int limit)
    {
        final int count = link.data().poll(this, limit);
        if (count > 0)
        {
            count();
        }
        return count;
    }

    private void count()
    {
        slot.packetsIn.getAndAddPlain(packets);
        slot.bytesIn.getAndAddPlain(bytes);
        router.count();
        packets = 0;
        bytes = 0;
    }

    @Override
    public Action onPacket(final DirectBuffer buffer, final int offset, final int length)
    {
        if (link.isComingUp() && !isGreeting(buffer, offset, length))
        {
            return Action.ABORT; // the peer is up already; this end is after its next duty
        }
        packets++;
        bytes += length;
        final String problem = onlyFor != 0 && !isBetweenEnds(buffer, offset, length) ?
            "a packet that is not from the peer to this node" : router.onPacket(this, buffer, offset, length);
        if (problem == null)
        {
            return Action.CONTINUE;
        }
        fault = problem;
        return Action.BREAK;
    }

    private boolean isBetweenEnds(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < PacketHeader.LENGTH || PacketHeader.type(buffer, offset) == PacketHeader.LINK)
        {
            return true; // looked at where it is taken
        }
        return PacketHeader.type(buffer, offset) != PacketHeader.BROADCAST &&
            PacketHeader.destinationId(buffer, offset) == onlyFor &&
            (PacketHeader.sourceId(buffer, offset) == link.peerId() || link.state() != Link.State.UP);
    }

    private static boolean isGreeting(final DirectBuffer buffer, final int offset, final int length)
    {
        final int templateId = PacketRouter.templateId(buffer, offset, length);
        return templateId != 0 && PacketHeader.type(buffer, offset) == PacketHeader.LINK &&
            (templateId == HelloDecoder.TEMPLATE_ID || templateId == MarkDecoder.TEMPLATE_ID ||
                templateId == RefuseDecoder.TEMPLATE_ID);
    }
}
