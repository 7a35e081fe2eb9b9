package io.aeromesh.shm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What two ends of a link say to each other before the rings; always {@link #LENGTH} bytes, little-endian:
 * <pre>
 *     0  magic (32 bits)            4  version (16)      6  type (16)
 *     8  control length (32)       12  data length (32)
 *    16  link id, high (64)        24  link id, low (64)
 *    32  generation (64)
 *    40  length of name (16)       42  length of other name (16)
 *    44  name (128 bytes, UTF-8)  172  other name (128 bytes, UTF-8)     300  end
 * </pre>
 *
 * @param type          of the message.
 * @param controlLength of each control ring, in bytes.
 * @param dataLength    of each data ring, in bytes.
 * @param linkId        hash of the link's name.
 * @param generation    that is offered.
 * @param name          of the sender.
 * @param otherName     of its peer, when that is why it refuses.
 */
record HandshakeMessage(
    Type type, int controlLength, int dataLength, LinkId linkId, long generation, String name, String otherName)
{
    /** Kinds of messages, in the order of their numbers from 1. */
    enum Type
    {
        /** From who connects. */
        HELLO,
        /** The listener has made rings. */
        OFFER,
        /** They are mapped. */
        ACKNOWLEDGE,
        /** Their file has no name any more: begin. */
        BEGIN,
        /** Two others use the link. */
        REFUSE_TAKEN,
        /** The two ends are configured differently. */
        REFUSE_CONFIG,
        /** The rings can not be made, or not mapped. */
        REFUSE_MEMORY,
        /** As many are joined with the listening end as may be. */
        REFUSE_FULL,
        /** The user of who connects is not admitted. */
        REFUSE_USER
    }

    static final int LENGTH = 300;

    /** Said as a single byte after the handshake: this end is closed on purpose. */
    static final byte GOODBYE = 'G';

    /** Said as a single byte after the handshake: to an end that is parked, there is something in the rings. */
    static final byte BELL = 'B';

    private static final int MAGIC = 0x4853_4D41;
    private static final short VERSION = 2;
    private static final int NAME_LENGTH_MAX = 128;
    private static final int NAME_LENGTH_OFFSET = 40;
    private static final int OTHER_NAME_LENGTH_OFFSET = NAME_LENGTH_OFFSET + Short.BYTES;
    private static final int NAME_OFFSET = OTHER_NAME_LENGTH_OFFSET + Short.BYTES;
    private static final int OTHER_NAME_OFFSET = NAME_OFFSET + NAME_LENGTH_MAX;
    private static final Type[] TYPES = Type.values();

    /**
     * Encodes into a cleared buffer of at least {@link #LENGTH} bytes.
     */
    void encode(final ByteBuffer buffer)
    {
        buffer.order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(0, MAGIC);
        buffer.putShort(4, VERSION);
        buffer.putShort(6, (short)(type.ordinal() + 1));
        buffer.putInt(8, controlLength);
        buffer.putInt(12, dataLength);
        buffer.putLong(16, linkId.high());
        buffer.putLong(24, linkId.low());
        buffer.putLong(32, generation);
        putName(buffer, NAME_LENGTH_OFFSET, NAME_OFFSET, name);
        putName(buffer, OTHER_NAME_LENGTH_OFFSET, OTHER_NAME_OFFSET, otherName);
    }

    /**
     * Decodes a message that is whole.
     *
     * @return the message.
     * @throws IllegalArgumentException saying what is wrong with it.
     */
    static HandshakeMessage decode(final ByteBuffer buffer)
    {
        buffer.order(ByteOrder.LITTLE_ENDIAN);
        final int magic = buffer.getInt(0);
        final int version = buffer.getShort(4);
        final int type = buffer.getShort(6);
        if (MAGIC != magic || VERSION != version || type < 1 || type > TYPES.length)
        {
            throw new IllegalArgumentException("magic=" + Integer.toHexString(magic) + ", version=" + version +
                ", type=" + type + ", expected magic=" + Integer.toHexString(MAGIC) + ", version=" + VERSION +
                ", type from 1 to " + TYPES.length);
        }
        return new HandshakeMessage(
            TYPES[type - 1],
            buffer.getInt(8),
            buffer.getInt(12),
            new LinkId(buffer.getLong(16), buffer.getLong(24)),
            buffer.getLong(32),
            name(buffer, NAME_LENGTH_OFFSET, NAME_OFFSET),
            name(buffer, OTHER_NAME_LENGTH_OFFSET, OTHER_NAME_OFFSET));
    }

    private static void putName(
        final ByteBuffer buffer, final int lengthOffset, final int offset, final String name)
    {
        final byte[] bytes = name.getBytes(LinkId.CHARSET);
        final byte[] field = Arrays.copyOf(bytes, NAME_LENGTH_MAX);
        buffer.putShort(lengthOffset, (short)Math.min(bytes.length, NAME_LENGTH_MAX));
        buffer.put(offset, field);
    }

    private static String name(final ByteBuffer buffer, final int lengthOffset, final int offset)
    {
        final int length = buffer.getShort(lengthOffset);
        if (length < 0 || length > NAME_LENGTH_MAX)
        {
            throw new IllegalArgumentException("length of a name is " + length + ", longest is " + NAME_LENGTH_MAX);
        }
        final byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        return new String(bytes, LinkId.CHARSET);
    }
}
