package io.aeromesh.internal.node;

import io.aeromesh.internal.link.Link;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.HelloDecoder;
import io.aeromesh.protocol.codec.MarkDecoder;
import io.aeromesh.protocol.codec.RefuseDecoder;
import io.aeromesh.protocol.codec.ResetDecoder;
import io.aeromesh.spi.PacketHandler;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the lanes of one link and counts. A packet that breaks the protocol costs the link, after the poll.
 * <p>
 * <b>Threading:</b> agent thread only.
 */
final class LinkReader implements PacketHandler
{
    private static final int DATA_LIMIT = 64;

    private final Link link;
    private final EdgeSlot slot;
    private final PacketRouter router;
    private final long onlyFor;
    /** Of packets from a process of another user, which must not change them after the check; else null. */
    private final UnsafeBuffer copy;
    private final PacketHandler controlHandler = this::onControlPacket;
    private String fault;
    /** Bytes of data that may still be read ahead of a Reset, as the peer may go on sending meanwhile. */
    private long drainLength;
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
        copy = link.edge().peerUser().isEmpty() ? null : new UnsafeBuffer(
            new byte[Math.max(link.control().maxPacketLength(), link.data().maxPacketLength())]);
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
        drainLength = link.data().capacity();
        final int count = link.control().poll(controlHandler, limit);
        if (count > 0)
        {
            link.onHeard(nowNs);
            slot.roundTripNs.setPlain(link.roundTripNs());
            count();
        }
        return count;
    }

    int pollData()
    {
        final long before = bytes;
        final int count = link.data().poll(this, DATA_LIMIT);
        drainLength -= bytes - before;
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

    /**
     * What a dead context had sent is behind this in the other lane, and is delivered before its end is told of, or
     * told on. Its node has put them there in this order; between hosts a network may change it.
     */
    private Action onControlPacket(final DirectBuffer buffer, final int offset, final int length)
    {
        if (PacketRouter.templateId(buffer, offset, length) == ResetDecoder.TEMPLATE_ID &&
            PacketHeader.type(buffer, offset) == PacketHeader.CONTROL)
        {
            if (copy == null)
            {
                drainLength = link.data().capacity(); // no more can have been there; another user has that once a cycle
            }
            boolean hasMore = true;
            while (hasMore && drainLength > 0 && fault == null)
            {
                hasMore = pollData() > 0;
            }
        }
        return onPacket(buffer, offset, length);
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
        final String problem = problem(buffer, offset, length);
        if (problem == null)
        {
            return Action.CONTINUE;
        }
        fault = problem;
        return Action.BREAK;
    }

    private String problem(final DirectBuffer buffer, final int offset, final int length)
    {
        if (onlyFor != 0 && !isBetweenEnds(buffer, offset, length))
        {
            return "a packet that is not from the peer to this node";
        }
        return copy == null ? router.onPacket(this, buffer, offset, length) : onCopy(buffer, offset, length);
    }

    private String onCopy(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length > copy.capacity())
        {
            return "packet of " + length + " bytes, at most " + copy.capacity();
        }
        copy.putBytes(0, buffer, offset, length);
        return isOfPeer(length) ? router.onPacket(this, copy, 0, length) :
            "a packet in the name of another, from a process of user '" + link.edge().peerUser() + "'";
    }

    /**
     * Whether a packet is the peer's own, where it is a context of another user; who is none passes others' on.
     */
    private boolean isOfPeer(final int length)
    {
        return length < PacketHeader.LENGTH || PacketHeader.type(copy, 0) == PacketHeader.LINK || !link.isToGuest() ||
            PacketHeader.sourceId(copy, 0) == link.peerId();
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
