package io.aeromesh.protocol;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.agrona.BitUtil.SIZE_OF_BYTE;
import static org.agrona.BitUtil.SIZE_OF_INT;
import static org.agrona.BitUtil.SIZE_OF_LONG;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The header in front of every packet. Stateless: hops read it in place and patch one byte.
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------+---------------+---------------+---------------+
 *  |    version    |     type      |     flags     |   hop limit   |
 *  +---------------+---------------+---------------+---------------+
 *  |                     transmission sequence                     |
 *  +---------------------------------------------------------------+
 *  |                    destination node id (64)                   |
 *  +---------------------------------------------------------------+
 *  |                      source node id (64)                      |
 *  +---------------------------------------------------------------+
 *  |                        session id (64)                        |
 *  +---------------------------------------------------------------+
 *  |                         position (64)                         |
 *  +---------------------------------------------------------------+
 *  |                            payload                           ...
 * </pre>
 * Little-endian. {@link #DATA} and {@link #BROADCAST} carry bytes of a session's stream from {@code position} on, a
 * multiple of 8 of them; {@link #CONTROL} and {@link #LINK} carry one SBE message.
 */
public final class PacketHeader
{
    /** Version of the protocol that this code speaks. */
    public static final int VERSION = 1;
    /** Oldest version that this code understands. */
    public static final int VERSION_MIN = 1;

    /** Bytes of one stream for one receiver; the session id is the receiver's end. */
    public static final int DATA = 1;
    /**
     * Bytes of one stream for all members; the session id is the source's stream. As they are for no node alone, the
     * destination is the lower half of the source's instance: what a dead instance sent may still be under way.
     */
    public static final int BROADCAST = 2;
    /** An SBE message for the destination, forwarded on the control lane. */
    public static final int CONTROL = 3;
    /** An SBE message for the neighbour, never forwarded. */
    public static final int LINK = 4;

    /** Offset of the version, one byte. */
    public static final int VERSION_OFFSET = 0;
    /** Offset of the type, one byte. */
    public static final int TYPE_OFFSET = VERSION_OFFSET + SIZE_OF_BYTE;
    /** Offset of the flags, one byte, 0 in this version. */
    public static final int FLAGS_OFFSET = TYPE_OFFSET + SIZE_OF_BYTE;
    /** Offset of the hop limit, one byte. */
    public static final int HOP_LIMIT_OFFSET = FLAGS_OFFSET + SIZE_OF_BYTE;
    /** Offset of the transmission sequence, four bytes. */
    public static final int SEQUENCE_OFFSET = HOP_LIMIT_OFFSET + SIZE_OF_BYTE;
    /** Offset of the destination node id, eight bytes. */
    public static final int DESTINATION_OFFSET = SEQUENCE_OFFSET + SIZE_OF_INT;
    /** Offset of the source node id, eight bytes. */
    public static final int SOURCE_OFFSET = DESTINATION_OFFSET + SIZE_OF_LONG;
    /** Offset of the session id, eight bytes. */
    public static final int SESSION_OFFSET = SOURCE_OFFSET + SIZE_OF_LONG;
    /** Offset of the position, eight bytes. */
    public static final int POSITION_OFFSET = SESSION_OFFSET + SIZE_OF_LONG;
    /** Length of the header in bytes. */
    public static final int LENGTH = POSITION_OFFSET + SIZE_OF_LONG;

    private PacketHeader()
    {
    }

    /**
     * Writes a whole header.
     */
    public static void write(
        final MutableDirectBuffer buffer,
        final int offset,
        final int type,
        final int hopLimit,
        final int sequence,
        final long destinationId,
        final long sourceId,
        final long sessionId,
        final long position)
    {
        buffer.putInt(offset, VERSION | type << 8 | hopLimit << 24, LITTLE_ENDIAN);
        buffer.putInt(offset + SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        buffer.putLong(offset + DESTINATION_OFFSET, destinationId, LITTLE_ENDIAN);
        buffer.putLong(offset + SOURCE_OFFSET, sourceId, LITTLE_ENDIAN);
        buffer.putLong(offset + SESSION_OFFSET, sessionId, LITTLE_ENDIAN);
        buffer.putLong(offset + POSITION_OFFSET, position, LITTLE_ENDIAN);
    }

    /**
     * Protocol version.
     */
    public static int version(final DirectBuffer buffer, final int offset)
    {
        return buffer.getByte(offset + VERSION_OFFSET) & 0xFF;
    }

    /**
     * Version, type, flags and hop limit in one look: what a hop decides by. Read once, it can not change between a
     * check and its use.
     */
    public static int first(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset, LITTLE_ENDIAN);
    }

    /**
     * Whether {@link #first} is of DATA of this version.
     */
    public static boolean isData(final int first)
    {
        return (first & 0xFFFF) == (VERSION | DATA << 8);
    }

    /**
     * Version in {@link #first}.
     */
    public static int version(final int first)
    {
        return first & 0xFF;
    }

    /**
     * Type in {@link #first}.
     */
    public static int type(final int first)
    {
        return first >>> 8 & 0xFF;
    }

    /**
     * Hop limit in {@link #first}.
     */
    public static int hopLimit(final int first)
    {
        return first >>> 24;
    }

    /**
     * Type of the packet.
     */
    public static int type(final DirectBuffer buffer, final int offset)
    {
        return buffer.getByte(offset + TYPE_OFFSET) & 0xFF;
    }

    /**
     * Hops that the packet may still make.
     */
    public static int hopLimit(final DirectBuffer buffer, final int offset)
    {
        return buffer.getByte(offset + HOP_LIMIT_OFFSET) & 0xFF;
    }

    /**
     * Changes the hop limit in place.
     */
    public static void hopLimit(final MutableDirectBuffer buffer, final int offset, final int hopLimit)
    {
        buffer.putByte(offset + HOP_LIMIT_OFFSET, (byte)hopLimit);
    }

    /**
     * Counts the transmissions of a sender, compared with wrap-around.
     */
    public static int sequence(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset + SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * Node that the packet is for; 0 for BROADCAST and LINK.
     */
    public static long destinationId(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + DESTINATION_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * Node that made the packet.
     */
    public static long sourceId(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + SOURCE_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * Receiver's end id (DATA, CONTROL) or source's stream id (BROADCAST).
     */
    public static long sessionId(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + SESSION_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * Stream position of the first payload byte.
     */
    public static long position(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + POSITION_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * Changes the position in place, where a hop splits a packet.
     */
    public static void position(final MutableDirectBuffer buffer, final int offset, final long position)
    {
        buffer.putLong(offset + POSITION_OFFSET, position, LITTLE_ENDIAN);
    }
}
