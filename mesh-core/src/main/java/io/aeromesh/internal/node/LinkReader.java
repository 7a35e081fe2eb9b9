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
    private String fault;
    private long packets;
    private long bytes;

    LinkReader(final Link link, final EdgeSlot slot, final PacketRouter router)
    {
        this.link = link;
        this.slot = slot;
        this.router = router;
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
        final String problem = router.onPacket(this, buffer, offset, length);
        if (problem == null)
        {
            return Action.CONTINUE;
        }
        fault = problem;
        return Action.BREAK;
    }

    private static boolean isGreeting(final DirectBuffer buffer, final int offset, final int length)
    {
        final int templateId = PacketRouter.templateId(buffer, offset, length);
        return templateId != 0 && PacketHeader.type(buffer, offset) == PacketHeader.LINK &&
            (templateId == HelloDecoder.TEMPLATE_ID || templateId == MarkDecoder.TEMPLATE_ID ||
                templateId == RefuseDecoder.TEMPLATE_ID);
    }
}
