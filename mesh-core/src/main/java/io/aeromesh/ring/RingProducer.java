package io.aeromesh.ring;

import static io.aeromesh.ring.RingDescriptor.ALIGNMENT;
import static io.aeromesh.ring.RingDescriptor.HEADER_LENGTH;
import static io.aeromesh.ring.RingDescriptor.TYPE_PACKET;
import static io.aeromesh.ring.RingDescriptor.TYPE_PADDING;
import static io.aeromesh.ring.RingDescriptor.align;

import io.aeromesh.spi.Lane;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The writing end of a ring.
 * <p>
 * <b>Threading:</b> one thread. <b>Allocation:</b> none after construction. Never blocks, takes no lock.
 * <b>Ownership:</b> the memory is the caller's and must stay mapped while this end is used.
 * <p>
 * <b>Memory order.</b> The consumer looks at the header at its own position only. Invariant: when the record before
 * position p becomes visible, the header at p already reads zero or a committed record.
 * <ul>
 * <li>At the start all memory is zero, which makes it true for position 0.</li>
 * <li>{@link #commit} first writes zero into the header after the new record (plain), then stores the new record's
 * header with release. Whoever loads that header with acquire therefore sees the packet and the zero after it, and
 * never the bytes of an earlier lap. So consumed space needs no zeroing, and the line of the next record is owned by
 * this core ahead of time.</li>
 * <li>A record that does not fit before the end goes to the start. Its header there is stored before that of the
 * padding, again with release: nothing is visible until the padding is, and then both are.</li>
 * <li>The room for the zero belongs to the record: it is claimed only where the head, loaded with acquire, has passed
 * those 8 bytes too. The consumer stores the head with release after its handlers returned, so that no read of the
 * last lap can see a write of this one.</li>
 * </ul>
 * The head is the one word of the other side's that this end reads, and it reads no other: where records and headers go
 * follows from the tail, which is on heap. The head is loaded into a local, once for each look, and the local is
 * checked before it becomes the limit: it may only grow, up to the tail, in steps of the alignment. Otherwise this end
 * is corrupt for good. So however the other side changes it, a claim lies within the records; what it can do is have
 * its own packets overwritten.
 */
public final class RingProducer
{
    /** The other side published a head that can not be; the ring is of no more use. */
    public static final int CORRUPT = -8;

    private static final int NO_CLAIM = -1;

    private final UnsafeBuffer buffer;
    private final int capacity;
    private final int mask;
    private final int headOffset;
    private final int maxPacketLength;
    private long tail;
    private long headLimit;
    private int claimLength = NO_CLAIM;
    private int claimPadding;
    private String failure;

    /**
     * Takes the writing end of a new ring.
     *
     * @param region of {@link RingDescriptor#regionLength} bytes, 8-byte aligned, all zero.
     */
    public RingProducer(final DirectBuffer region)
    {
        capacity = RingDescriptor.capacityOf(region.capacity());
        buffer = new UnsafeBuffer(region, 0, region.capacity());
        mask = capacity - 1;
        headOffset = RingDescriptor.headOffset(capacity);
        maxPacketLength = RingDescriptor.maxPacketLength(capacity);
        headLimit = capacity;
    }

    /**
     * Longest packet, in bytes.
     */
    public int maxPacketLength()
    {
        return maxPacketLength;
    }

    /**
     * Bytes of records that the ring can hold.
     */
    public int capacity()
    {
        return capacity;
    }

    /**
     * Bytes committed since the ring was made, with headers and paddings.
     */
    public long tail()
    {
        return tail;
    }

    /**
     * Bytes that are free now, in records. Reads the head, so it costs a cache line when the consumer has moved.
     *
     * @return free bytes, or 0 when this end is corrupt.
     */
    public int available()
    {
        return refreshLimit() ? (int)(headLimit - tail) : 0;
    }

    /**
     * Claims room for one packet. Nothing is visible before {@link #commit}.
     *
     * @param length of the packet, in bytes.
     * @return offset of the packet in {@link #buffer()}, or {@link Lane#BACK_PRESSURED} or {@link #CORRUPT}.
     * @throws IllegalArgumentException when the length is negative or above {@link #maxPacketLength()}.
     * @throws IllegalStateException    when a claim is outstanding.
     */
    public int tryClaim(final int length)
    {
        if (length < 0 || length > maxPacketLength || NO_CLAIM != claimLength)
        {
            throw badClaim(length);
        }

        final int aligned = align(length + HEADER_LENGTH);
        final int index = (int)tail & mask;
        final int untilEnd = capacity - index;
        final int padding = aligned <= untilEnd ? 0 : untilEnd;
        if (tail + padding + aligned + HEADER_LENGTH > headLimit)
        {
            if (!refreshLimit())
            {
                return CORRUPT;
            }
            if (tail + padding + aligned + HEADER_LENGTH > headLimit)
            {
                return Lane.BACK_PRESSURED;
            }
        }

        claimLength = length;
        claimPadding = padding;
        return (0 == padding ? index : 0) + HEADER_LENGTH;
    }

    /**
     * The memory of the claim.
     */
    public MutableDirectBuffer buffer()
    {
        return buffer;
    }

    /**
     * Makes the claimed packet visible.
     *
     * @throws IllegalStateException when nothing is claimed.
     */
    public void commit()
    {
        final int length = claimLength;
        if (NO_CLAIM == length)
        {
            throw new IllegalStateException("nothing is claimed");
        }

        final int padding = claimPadding;
        final int index = (int)tail & mask;
        final int recordIndex = 0 == padding ? index : 0;
        final int aligned = align(length + HEADER_LENGTH);
        buffer.putLong((recordIndex + aligned) & mask, 0L);
        buffer.putLongRelease(recordIndex, RingDescriptor.header(TYPE_PACKET, length + HEADER_LENGTH));
        if (0 != padding)
        {
            buffer.putLongRelease(index, RingDescriptor.header(TYPE_PADDING, padding));
        }

        tail += padding + aligned;
        claimLength = NO_CLAIM;
    }

    /**
     * Gives the claimed room back. Harmless when nothing is claimed.
     */
    public void abort()
    {
        claimLength = NO_CLAIM;
    }

    /**
     * Whether a claim is outstanding.
     */
    public boolean hasClaim()
    {
        return NO_CLAIM != claimLength;
    }

    /**
     * Why this end is corrupt, or null.
     */
    public String failure()
    {
        return failure;
    }

    private boolean refreshLimit()
    {
        if (null != failure)
        {
            return false;
        }

        final long head = buffer.getLongAcquire(headOffset);
        if (head < headLimit - capacity || head > tail || 0 != (head & (ALIGNMENT - 1)))
        {
            failure = "head out of range: head=" + head + ", last head=" + (headLimit - capacity) + ", tail=" + tail;
            return false;
        }

        headLimit = head + capacity;
        return true;
    }

    private RuntimeException badClaim(final int length)
    {
        return NO_CLAIM != claimLength ?
            new IllegalStateException("a claim is outstanding: length=" + claimLength) :
            new IllegalArgumentException("need 0 <= length <= " + maxPacketLength + ": length=" + length);
    }
}
