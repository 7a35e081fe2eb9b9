package io.aeromesh.internal.node;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.link.Link;
import io.aeromesh.internal.link.MessageShape;
import io.aeromesh.internal.routing.Route;
import io.aeromesh.internal.routing.RoutingTable;
import io.aeromesh.internal.session.ControlSender;
import io.aeromesh.internal.session.Sessions;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.AckDecoder;
import io.aeromesh.protocol.codec.ArenaDecoder;
import io.aeromesh.protocol.codec.ChannelKind;
import io.aeromesh.protocol.codec.CloseDecoder;
import io.aeromesh.protocol.codec.DirectDecoder;
import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.protocol.codec.OpenDecoder;
import io.aeromesh.protocol.codec.PingDecoder;
import io.aeromesh.spi.Lane;
import io.aeromesh.status.MeshCounter;
import io.aeromesh.status.NodeCounters;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Decides for each packet: for this node, onward, or away. A packet onward is copied once, from lane to lane, with the
 * hop limit lowered; where the next edge is full it is discarded and noted in {@link Discards}.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none for data and acknowledgements.
 */
final class PacketRouter
{
    private static final int MESSAGE_LENGTH_MAX = 4096;
    private static final int TEMPLATE_ID_OFFSET = PacketHeader.LENGTH + 2;

    private long selfId;
    /** Of the node that this is a context of, or none. */
    private final long hostId;
    private final RoutingTable routes;
    private final Sessions sessions;
    private final ControlHandler control;
    private final AbsentContexts absent;
    private final Discards discards;
    private final List<EdgeSlot> slots;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[MESSAGE_LENGTH_MAX]);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OpenDecoder open = new OpenDecoder();
    private final NodeCounters counters;
    private final AtomicCounter hopLimitExceeded;
    private final AtomicCounter noRoute;
    private final AtomicCounter stale;
    private final AtomicCounter offTree;
    private final AtomicCounter repeated;
    private long nowNs;
    private int forwarded;

    PacketRouter(
        final long selfId,
        final RoutingTable routes,
        final Sessions sessions,
        final ControlHandler control,
        final AbsentContexts absent,
        final Discards discards,
        final List<EdgeSlot> slots,
        final NodeCounters counters)
    {
        this.selfId = selfId;
        this.absent = absent;
        hostId = NodeIds.isContext(selfId) ? NodeIds.nodeOf(selfId) : NodeIds.NONE;
        this.routes = routes;
        this.sessions = sessions;
        this.control = control;
        this.discards = discards;
        this.slots = slots;
        this.counters = counters;
        hopLimitExceeded = counters.node(MeshCounter.HOP_LIMIT_EXCEEDED);
        noRoute = counters.node(MeshCounter.NO_ROUTE_DISCARDS);
        stale = counters.node(MeshCounter.STALE_PACKETS);
        offTree = counters.node(MeshCounter.BROADCASTS_OFF_TREE);
        repeated = counters.node(MeshCounter.BROADCASTS_REPEATED);
    }

    /**
     * This node has given its name to another one: packets for that id are passed on to it.
     */
    void withdraw()
    {
        selfId = NodeIds.NONE;
    }

    void nowNs(final long newNowNs)
    {
        nowNs = newNowNs;
    }

    /**
     * Counts what was passed on since the last call: once for a whole poll.
     */
    void count()
    {
        if (forwarded > 0)
        {
            counters.forwarded(forwarded);
            forwarded = 0;
        }
    }

    /**
     * Takes a packet from a link.
     *
     * @return null, or what is wrong with it.
     */
    String onPacket(final LinkReader in, final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < PacketHeader.LENGTH)
        {
            return "packet of " + length + " bytes, a header has " + PacketHeader.LENGTH;
        }
        final Link link = in.link();
        final int first = PacketHeader.first(buffer, offset);
        if (PacketHeader.isData(first) && link.carriesData())
        {
            onData(PacketHeader.hopLimit(first), buffer, offset, length);
            return null;
        }
        return onOther(first, in, link, buffer, offset, length);
    }

    private String onOther(
        final int first,
        final LinkReader in,
        final Link link,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        if (PacketHeader.version(first) != PacketHeader.VERSION && link.state() == Link.State.UP)
        {
            return "packet of version " + PacketHeader.version(first) + ", agreed is " + PacketHeader.VERSION;
        }
        switch (PacketHeader.type(first))
        {
            case PacketHeader.DATA ->
            {
                stale.incrementPlain();
                return null;
            }
            case PacketHeader.BROADCAST ->
            {
                if (link.carriesData())
                {
                    onBroadcast(in, buffer, offset, length);
                }
                else
                {
                    stale.incrementPlain();
                }
                return null;
            }
            case PacketHeader.CONTROL ->
            {
                if (link.state() != Link.State.UP)
                {
                    stale.incrementPlain();
                    return null;
                }
                return onControl(in, buffer, offset, length);
            }
            case PacketHeader.LINK ->
            {
                return onLink(link, buffer, offset, length);
            }
            default ->
            {
                return "packet type " + PacketHeader.type(first) + " is not known";
            }
        }
    }

    private void onData(final int hopLimit, final DirectBuffer buffer, final int offset, final int length)
    {
        final long destinationId = PacketHeader.destinationId(buffer, offset);
        if (destinationId == selfId)
        {
            sessions.onData(
                PacketHeader.sourceId(buffer, offset),
                PacketHeader.sessionId(buffer, offset),
                PacketHeader.position(buffer, offset),
                PacketHeader.sequence(buffer, offset),
                buffer,
                offset + PacketHeader.LENGTH,
                length - PacketHeader.LENGTH);
            return;
        }

        final Link out = nextLink(destinationId, hopLimit);
        if (out != null)
        {
            forward(out, hopLimit - 1, buffer, offset, length);
        }
        else if (isAbsent(destinationId))
        {
            absent.onData(
                destinationId, PacketHeader.sourceId(buffer, offset), PacketHeader.sessionId(buffer, offset));
        }
    }

    private boolean isHost(final long destinationId)
    {
        return destinationId == hostId && hostId != NodeIds.NONE;
    }

    /**
     * Whether it is a context of this node to which there is no way.
     */
    private boolean isAbsent(final long destinationId)
    {
        return NodeIds.isContext(destinationId) && NodeIds.nodeOf(destinationId) == selfId && !hasWay(destinationId);
    }

    private boolean hasWay(final long destinationId)
    {
        final Route route = routes.route(destinationId);
        return route != null && route.next() != null;
    }

    private Link nextLink(final long destinationId, final int hopLimit)
    {
        if (hopLimit <= 1)
        {
            hopLimitExceeded.incrementPlain();
            return null;
        }
        final Route route = routes.route(destinationId);
        if (route == null || route.next() == null || hostId != NodeIds.NONE)
        {
            noRoute.incrementPlain(); // a context passes nothing on
            return null;
        }
        return (Link)route.next().attachment();
    }

    private void forward(
        final Link out, final int hopLimit, final DirectBuffer buffer, final int offset, final int length)
    {
        final Lane lane = out.data();
        if (length > lane.maxPacketLength())
        {
            forwardInParts(out, lane, hopLimit, buffer, offset, length);
            return;
        }
        final int claimed = lane.tryClaim(length);
        if (claimed < 0)
        {
            discard(out, lane, buffer, offset, PacketHeader.position(buffer, offset));
            return;
        }
        final MutableDirectBuffer target = lane.buffer();
        target.putBytes(claimed, buffer, offset, length);
        PacketHeader.hopLimit(target, claimed, hopLimit);
        lane.commit();
        forwarded++;
    }

    /**
     * A DATA packet is a range of a stream, so it can be cut anywhere at a multiple of 8.
     */
    private void forwardInParts(
        final Link out,
        final Lane lane,
        final int hopLimit,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        final int payloadMax = lane.maxPacketLength() - PacketHeader.LENGTH & -Long.BYTES;
        final int payload = length - PacketHeader.LENGTH;
        final long position = PacketHeader.position(buffer, offset);
        for (int done = 0; done < payload; done += payloadMax)
        {
            final int part = Math.min(payloadMax, payload - done);
            final int claimed = lane.tryClaim(PacketHeader.LENGTH + part);
            if (claimed < 0)
            {
                discard(out, lane, buffer, offset, position + done);
                return;
            }
            final MutableDirectBuffer target = lane.buffer();
            target.putBytes(claimed, buffer, offset, PacketHeader.LENGTH);
            PacketHeader.hopLimit(target, claimed, hopLimit);
            PacketHeader.position(target, claimed, position + done);
            target.putBytes(
                claimed + PacketHeader.LENGTH, buffer, offset + PacketHeader.LENGTH + done, part);
            lane.commit();
        }
        forwarded++;
    }

    private void discard(
        final Link out, final Lane lane, final DirectBuffer buffer, final int offset, final long position)
    {
        final long sourceId = PacketHeader.sourceId(buffer, offset);
        if (!discards.add(sourceId, PacketHeader.sessionId(buffer, offset), position, out, lane))
        {
            sessions.notice(sourceId);
        }
    }

    private void onBroadcast(final LinkReader in, final DirectBuffer buffer, final int offset, final int length)
    {
        final long sourceId = PacketHeader.sourceId(buffer, offset);
        if (sourceId == selfId)
        {
            return;
        }
        sessions.onBroadcast(
            sourceId,
            PacketHeader.sessionId(buffer, offset),
            PacketHeader.position(buffer, offset),
            buffer,
            offset + PacketHeader.LENGTH,
            length - PacketHeader.LENGTH);

        final Route back = routes.route(sourceId);
        final long instance = PacketHeader.destinationId(buffer, offset);
        if (back == null || back.next() == null || back.next().attachment() != in.link() ||
            back.destinationId() == sourceId && back.instanceLow() != instance)
        {
            offTree.incrementPlain();
            return;
        }
        final int hopLimit = PacketHeader.hopLimit(buffer, offset);
        if (hopLimit <= 1)
        {
            hopLimitExceeded.incrementPlain();
            return;
        }
        final BroadcastWindows windows = (BroadcastWindows)back.attachment();
        if (!windows.isNew(back, sourceId, instance, PacketHeader.sequence(buffer, offset)))
        {
            repeated.incrementPlain();
            return;
        }
        for (int i = 0; i < slots.size(); i++)
        {
            final List<LinkReader> readers = slots.get(i).readers();
            for (int j = 0; j < readers.size(); j++)
            {
                final Link out = readers.get(j).link();
                if (out != in.link() && out.state() == Link.State.UP)
                {
                    forward(out, hopLimit - 1, buffer, offset, length);
                }
            }
        }
    }

    private String onLink(final Link link, final DirectBuffer buffer, final int offset, final int length)
    {
        if (length > MESSAGE_LENGTH_MAX)
        {
            return "message of " + length + " bytes, at most " + MESSAGE_LENGTH_MAX;
        }
        try
        {
            message.putBytes(0, buffer, offset, length);
            link.onMessage(message, PacketHeader.LENGTH, length - PacketHeader.LENGTH, nowNs);
            return null;
        }
        catch (final MeshException | IllegalArgumentException ex)
        {
            return String.valueOf(ex.getMessage());
        }
    }

    /**
     * Whether a message that is not for this node goes on: a ping as far as it may, and all but what a node answers for
     * a context of its that is not there.
     */
    private boolean isPassedOn(
        final long destinationId, final DirectBuffer buffer, final int offset, final int length)
    {
        return templateId(buffer, offset, length) == PingDecoder.TEMPLATE_ID ?
            PacketHeader.hopLimit(buffer, offset) > 1 : !isAbsent(destinationId);
    }

    private String onControl(final LinkReader in, final DirectBuffer buffer, final int offset, final int length)
    {
        final long destinationId = PacketHeader.destinationId(buffer, offset);
        if (destinationId != selfId && !isHost(destinationId) && isPassedOn(destinationId, buffer, offset, length))
        {
            forwardControl(destinationId, buffer, offset, length);
            return null;
        }
        if (length > MESSAGE_LENGTH_MAX)
        {
            return "message of " + length + " bytes, at most " + MESSAGE_LENGTH_MAX;
        }
        try
        {
            // a private copy: the peer may change its memory after the check
            message.putBytes(0, buffer, offset, length);
            final int templateId = MessageShape.templateId(
                message, PacketHeader.LENGTH, length - PacketHeader.LENGTH);
            MessageShape.check(message, PacketHeader.LENGTH, length - PacketHeader.LENGTH, templateId);
            onMessage(in, destinationId, length, templateId);
        }
        catch (final MeshException | IllegalArgumentException ex)
        {
            // from another node, passed on by a neighbour that need not look inside: counted, the edge stays
            counters.malformed();
            control.onMalformed(ex instanceof MeshException error ? error :
                new MeshException(ErrorCode.PROTOCOL_VIOLATION, String.valueOf(ex.getMessage())));
        }
        return null;
    }

    private void onMessage(final LinkReader in, final long destinationId, final int length, final int templateId)
    {
        final long sourceId = PacketHeader.sourceId(message, 0);
        final long sessionId = PacketHeader.sessionId(message, 0);
        if (destinationId == selfId || templateId == PingDecoder.TEMPLATE_ID)
        {
            if (control.onMessage(in, sourceId, sessionId, message, PacketHeader.LENGTH, templateId, nowNs))
            {
                showToContexts(in, length);
            }
        }
        else if (isHost(destinationId))
        {
            if (templateId == OpenDecoder.TEMPLATE_ID)
            {
                control.onOpenToHost(sourceId, message, PacketHeader.LENGTH);
            }
        }
        else
        {
            absent.onMessage(destinationId, sourceId, sessionId, message, PacketHeader.LENGTH, templateId);
        }
    }

    /**
     * An Open that nobody takes at the node may be meant for whichever context has that channel. One of another user
     * may have a broadcast channel; the node's own channels are its own user's.
     */
    private void showToContexts(final LinkReader in, final int length)
    {
        final boolean isForGuests =
            open.wrapAndApplyHeader(message, PacketHeader.LENGTH, header).kind() == ChannelKind.BROADCAST;
        final int hopLimit = PacketHeader.hopLimit(message, 0);
        for (int i = 0; i < slots.size() && hopLimit > 1; i++)
        {
            final List<LinkReader> readers = slots.get(i).readers();
            for (int j = 0; j < readers.size(); j++)
            {
                final Link out = readers.get(j).link();
                if (out != in.link() && out.state() == Link.State.UP && NodeIds.isContext(out.peerId()) &&
                    (isForGuests || !out.isToGuest()))
                {
                    show(out, hopLimit, length);
                }
            }
        }
    }

    /**
     * A context that misses what another has open is asked to tell what it has itself: when it is heard again, or when
     * its lane has drained.
     */
    private void show(final Link out, final int hopLimit, final int length)
    {
        if (out.isSilent() || !passOn(out, hopLimit, message, 0, length) &&
            !discards.add(out.peerId(), 0, ControlSender.NO_POSITION, out, out.control()))
        {
            sessions.notice(out.peerId());
        }
    }

    /**
     * Of the message in a packet of type CONTROL or LINK; 0 when it is too short to have one.
     */
    static int templateId(final DirectBuffer buffer, final int offset, final int length)
    {
        return length < TEMPLATE_ID_OFFSET + Short.BYTES ? 0 :
            buffer.getShort(offset + TEMPLATE_ID_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    private void forwardControl(
        final long destinationId, final DirectBuffer buffer, final int offset, final int length)
    {
        final int hopLimit = PacketHeader.hopLimit(buffer, offset);
        final Link out = nextLink(destinationId, hopLimit);
        final int templateId = templateId(buffer, offset, length);
        if (out != null && NodeIds.isContext(destinationId) && NodeIds.nodeOf(destinationId) == selfId)
        {
            absent.onPassedOn(destinationId, PacketHeader.sourceId(buffer, offset),
                PacketHeader.sessionId(buffer, offset), templateId);
        }
        if (out == null || passOn(out, hopLimit, buffer, offset, length))
        {
            return;
        }
        switch (templateId)
        {
            // state of the source, which it sends again when asked
            case AckDecoder.TEMPLATE_ID, OpenDecoder.TEMPLATE_ID, CloseDecoder.TEMPLATE_ID,
                DirectDecoder.TEMPLATE_ID, ArenaDecoder.TEMPLATE_ID ->
                discard(out, out.control(), buffer, offset, PacketHeader.position(buffer, offset));
            // an answer or a notice, which the destination calls forth again when asked
            default -> sessions.notice(destinationId);
        }
    }

    /**
     * @return false when there is no room.
     */
    private boolean passOn(
        final Link out, final int hopLimit, final DirectBuffer buffer, final int offset, final int length)
    {
        final Lane lane = out.control();
        final int claimed = length > lane.maxPacketLength() ? Lane.BACK_PRESSURED : lane.tryClaim(length);
        if (claimed < 0)
        {
            return false;
        }
        lane.buffer().putBytes(claimed, buffer, offset, length);
        PacketHeader.hopLimit(lane.buffer(), claimed, hopLimit - 1);
        lane.commit();
        forwarded++;
        return true;
    }
}
