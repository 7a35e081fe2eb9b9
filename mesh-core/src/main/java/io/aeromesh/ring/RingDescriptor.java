package io.aeromesh.ring;

import static org.agrona.BitUtil.SIZE_OF_LONG;

import org.agrona.BitUtil;

/**
 * Layout of a ring, in bytes, in the machine's byte order (both ends are on one machine):
 * <pre>
 *   0                 records, capacity bytes, capacity is a power of two
 *   capacity + 128    head position: bytes that the consumer has released (64 bits)
 *   capacity + 256    end
 *
 *   record, 8-byte aligned:
 *   0..3              length of the record with this header, without the padding to 8 bytes
 *   4..7              type: 1 is a packet, 2 is a padding up to the end of the records
 *   8..               packet
 * </pre>
 * The head has 128 bytes to itself on either side, because the hardware fetches cache lines in pairs. The tail is in
 * no shared place: the consumer learns of a record from its header alone. A header of zero says that nothing has been
 * committed there yet.
 * <p>
 * A record is at most an eighth of the capacity, so that a padding never takes more than that.
 */
public final class RingDescriptor
{
    /** Smallest capacity, in bytes; it holds packets of {@link io.aeromesh.spi.Edge#PACKET_LENGTH_MIN}. */
    public static final int CAPACITY_MIN = 16 * 1024;
    /** Largest capacity, in bytes. */
    public static final int CAPACITY_MAX = 1 << 28;
    /** Length of a record's header, in bytes. */
    public static final int HEADER_LENGTH = SIZE_OF_LONG;
    /** Alignment of records, in bytes. */
    public static final int ALIGNMENT = SIZE_OF_LONG;
    /** Bytes after the records. */
    public static final int TRAILER_LENGTH = 256;

    static final int TYPE_PACKET = 1;
    static final int TYPE_PADDING = 2;

    private static final int HEAD_OFFSET_IN_TRAILER = 128;

    private RingDescriptor()
    {
    }

    /**
     * Bytes of memory that a ring takes.
     */
    public static int regionLength(final int capacity)
    {
        return capacity + TRAILER_LENGTH;
    }

    /**
     * Longest packet, in bytes: an eighth of the capacity without the header.
     */
    public static int maxPacketLength(final int capacity)
    {
        return (capacity >> 3) - HEADER_LENGTH;
    }

    /**
     * Refuses a capacity that is not a power of two from {@link #CAPACITY_MIN} to {@link #CAPACITY_MAX}.
     */
    public static void checkCapacity(final int capacity)
    {
        if (!isCapacity(capacity))
        {
            throw new IllegalArgumentException("need a power of two from " + CAPACITY_MIN + " to " + CAPACITY_MAX +
                ": capacity=" + capacity);
        }
    }

    /**
     * Whether a ring can have that capacity.
     */
    public static boolean isCapacity(final int capacity)
    {
        return capacity >= CAPACITY_MIN && capacity <= CAPACITY_MAX && BitUtil.isPowerOfTwo(capacity);
    }

    static int headOffset(final int capacity)
    {
        return capacity + HEAD_OFFSET_IN_TRAILER;
    }

    static int align(final int recordLength)
    {
        return (recordLength + (ALIGNMENT - 1)) & -ALIGNMENT;
    }

    static long header(final int type, final int recordLength)
    {
        return ((long)type << Integer.SIZE) | recordLength;
    }

    static int type(final long header)
    {
        return (int)(header >>> Integer.SIZE);
    }

    static int recordLength(final long header)
    {
        return (int)header;
    }

    static int capacityOf(final int regionLength)
    {
        final int capacity = regionLength - TRAILER_LENGTH;
        checkCapacity(capacity);
        return capacity;
    }
}
