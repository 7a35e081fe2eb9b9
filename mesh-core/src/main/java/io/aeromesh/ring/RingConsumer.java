package io.aeromesh.ring;

import static io.aeromesh.ring.RingDescriptor.HEADER_LENGTH;
import static io.aeromesh.ring.RingDescriptor.TYPE_PACKET;
import static io.aeromesh.ring.RingDescriptor.TYPE_PADDING;
import static io.aeromesh.ring.RingDescriptor.align;

import io.aeromesh.spi.PacketHandler;
import io.aeromesh.spi.PacketHandler.Action;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The reading end of a ring.
 * <p>
 * <b>Threading:</b> one thread, and {@link #poll} is not called from within a handler. <b>Allocation:</b> none after
 * construction, except when the ring is found corrupt. Never blocks, takes no lock. <b>Ownership:</b> the memory is
 * the caller's and must stay mapped while this end is used.
 * <p>
 * <b>Memory order.</b> A header is loaded once, with acquire, which pairs with the release of
 * {@link RingProducer#commit}: the packet, and the zero in the header after it, are visible. The head is stored with
 * release after the handlers returned, so that all their reads come before any write of the producer into that room.
 * It is stored at the end of a poll, on {@link Action#COMMIT}, and after each eighth of the capacity within a long
 * poll: rarely, because it is the line that the producer reads when it runs out of room.
 * <p>
 * <b>Trust.</b> The producer may be another process, which can change any byte at any time, so no word of the ring is
 * looked at twice. {@link #poll} loads a header into a local, and from then on knows that local alone: it is zero, or
 * as a whole within the range of a packet's headers, or that of the padding up to the end; then a packet's length is
 * held against what is left of the records; then it is used. {@link #isEmpty()} asks whether there is a header and
 * passes nothing on. The head is kept on heap and only ever written to the memory, so that nothing which the peer
 * writes can move it out of the ring. A bad header makes this end corrupt for good. The packet's bytes may change until
 * the handler returns: who relies on them copies them first. No check of Agrona's is relied on.
 */
public final class RingConsumer
{
    /** A header can not be; the ring is of no more use. */
    public static final int CORRUPT = -8;

    private static final long SHORTEST_PACKET = RingDescriptor.header(TYPE_PACKET, HEADER_LENGTH);

    private final UnsafeBuffer buffer;
    private final int capacity;
    private final int mask;
    private final int headOffset;
    private final int packetLengthMax;
    private final int publishLength;
    private long head;
    private String failure;

    /**
     * Takes the reading end of a new ring.
     *
     * @param region of {@link RingDescriptor#regionLength} bytes, 8-byte aligned, from which nothing was read yet.
     */
    public RingConsumer(final DirectBuffer region)
    {
        capacity = RingDescriptor.capacityOf(region.capacity());
        buffer = new UnsafeBuffer(region, 0, region.capacity());
        mask = capacity - 1;
        headOffset = RingDescriptor.headOffset(capacity);
        packetLengthMax = RingDescriptor.maxPacketLength(capacity);
        publishLength = capacity >> 3;
    }

    /**
     * Bytes consumed since the ring was made, with headers and paddings.
     */
    public long head()
    {
        return head;
    }

    /**
     * Why this end is corrupt, or null.
     */
    public String failure()
    {
        return failure;
    }

    /**
     * Whether {@link #poll} would find nothing, for the price of one load.
     */
    public boolean isEmpty()
    {
        return null == failure && 0 == buffer.getLongAcquire((int)head & mask);
    }

    /**
     * Hands packets to the handler, in order. A handler that throws has consumed its packet.
     *
     * @param handler called for each packet; the buffer is borrowed until it returns.
     * @param limit   of packets.
     * @return packets consumed, or {@link #CORRUPT} when there is nothing to consume before a bad header.
     */
    public int poll(final PacketHandler handler, final int limit)
    {
        if (null != failure)
        {
            return CORRUPT;
        }

        final UnsafeBuffer buffer = this.buffer;
        long published = head;
        long position = published;
        int count = 0;
        try
        {
            while (count < limit)
            {
                final int index = (int)position & mask;
                final long header = buffer.getLongAcquire(index);
                if (0 == header)
                {
                    break;
                }

                // in one comparison: a packet, whose record is neither shorter than its header nor too long
                if (Long.compareUnsigned(header - SHORTEST_PACKET, packetLengthMax) > 0)
                {
                    if (!isPadding(header, index))
                    {
                        return corrupt(header, position, count);
                    }
                    position += capacity - index;
                    continue;
                }

                final int recordLength = RingDescriptor.recordLength(header);
                final int aligned = align(recordLength);
                if (aligned > capacity - index)
                {
                    return corrupt(header, position, count);
                }

                position += aligned;
                count++;
                final Action action =
                    handler.onPacket(buffer, index + HEADER_LENGTH, recordLength - HEADER_LENGTH);
                if (Action.CONTINUE == action)
                {
                    if (position - published >= publishLength)
                    {
                        buffer.putLongRelease(headOffset, position);
                        published = position;
                    }
                }
                else if (Action.COMMIT == action)
                {
                    buffer.putLongRelease(headOffset, position);
                    published = position;
                }
                else
                {
                    if (Action.ABORT == action)
                    {
                        position -= aligned;
                        count--;
                    }
                    break;
                }
            }
        }
        finally
        {
            head = position;
            if (position != published)
            {
                buffer.putLongRelease(headOffset, position);
            }
        }

        return count;
    }

    private boolean isPadding(final long header, final int index)
    {
        final int length = RingDescriptor.recordLength(header);
        return TYPE_PADDING == RingDescriptor.type(header) &&
            length == capacity - index && length < packetLengthMax + HEADER_LENGTH;
    }

    private int corrupt(final long header, final long position, final int count)
    {
        failure = "bad record header: position=" + position + ", type=" + RingDescriptor.type(header) +
            ", length=" + RingDescriptor.recordLength(header) + ", longest=" + (packetLengthMax + HEADER_LENGTH) +
            ", until end=" + (capacity - ((int)position & mask));
        return count > 0 ? count : CORRUPT;
    }
}
