package io.aeromesh.internal.session;

import io.aeromesh.internal.link.Link;
import io.aeromesh.internal.routing.Route;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.MessageHeaderEncoder;
import io.aeromesh.spi.Lane;
import org.agrona.MutableDirectBuffer;

/**
 * Claims room for one control packet on the way to its destination. One packet at a time; agent thread only.
 */
public final class ControlSender
{
    /** Position in the header of a packet that carries no stream bytes. */
    public static final long NO_POSITION = Long.MAX_VALUE;

    private final long selfId;
    private final int hopLimit;
    private final MessageHeaderEncoder messageHeader = new MessageHeaderEncoder();
    private Lane lane;
    private int offset;

    /**
     * @param selfId   id of this node.
     * @param hopLimit that packets start with.
     */
    public ControlSender(final long selfId, final int hopLimit)
    {
        this.selfId = selfId;
        this.hopLimit = hopLimit;
    }

    /**
     * Begins a packet that is for no session.
     *
     * @param route         to the destination or to the node that it is a context of; may be null or without next hop.
     * @param destinationId of the node or context.
     * @param length        of the SBE message without its header.
     * @return false when there is no way or no room now.
     */
    public boolean begin(final Route route, final long destinationId, final int length)
    {
        return begin(route, destinationId, length, hopLimit);
    }

    /**
     * Begins a packet that makes no more than the given hops.
     */
    public boolean begin(final Route route, final long destinationId, final int length, final int hops)
    {
        return route != null && route.next() != null &&
            begin((Link)route.next().attachment(), destinationId, 0, length, selfId, hops);
    }

    /**
     * Begins a packet on a link.
     *
     * @param way           first link to the destination; null: there is none now.
     * @param destinationId of the node.
     * @param sessionId     the receiver's end, or 0.
     * @param length        of the SBE message without its header.
     * @return false when there is no way or no room now.
     */
    boolean begin(final Link way, final long destinationId, final long sessionId, final int length)
    {
        return way != null && begin(way, destinationId, sessionId, length, selfId, hopLimit);
    }

    /**
     * Begins an answer on a link, in the name of another.
     *
     * @param sourceId who could not answer.
     */
    boolean beginFor(
        final long sourceId, final Link way, final long destinationId, final long sessionId, final int length)
    {
        // as if it had come from there, over one hop
        return way != null && begin(way, destinationId, sessionId, length, sourceId, hopLimit - 1);
    }

    private boolean begin(
        final Link way,
        final long destinationId,
        final long sessionId,
        final int length,
        final long sourceId,
        final int hops)
    {
        lane = way.control();
        offset = lane.tryClaim(PacketHeader.LENGTH + MessageHeaderEncoder.ENCODED_LENGTH + length);
        if (offset < 0)
        {
            return false;
        }
        PacketHeader.write(lane.buffer(), offset, PacketHeader.CONTROL, hops, 0, destinationId, sourceId, sessionId,
            NO_POSITION);
        return true;
    }

    /**
     * Where the SBE message header goes.
     */
    public int offset()
    {
        return offset + PacketHeader.LENGTH;
    }

    /**
     * Buffer of the packet.
     */
    public MutableDirectBuffer buffer()
    {
        return lane.buffer();
    }

    /**
     * A header encoder to be used for the packet.
     */
    public MessageHeaderEncoder messageHeader()
    {
        return messageHeader;
    }

    /**
     * Sends the packet.
     */
    public void commit()
    {
        lane.commit();
    }
}
