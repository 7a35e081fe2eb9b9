package io.aeromesh.aeron;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What two sessions say to each other about their link, on the medium's link stream. Little-endian.
 * <pre>
 *  0        4        8        12       16       17               17+n     18+n
 *  | magic  | type   | sender | echo   | n      | name, n bytes  | m      | other, m bytes |
 * </pre>
 * {@code sender} is the link id that the sender of the frame wants to see on packets to it; {@code echo} is the link id
 * of the receiver as the sender knows it, 0: not yet. {@code name} is the sender's node, {@code other} the node that
 * the sender has a link with, in a refusal. An instance is a decoder, used by one thread.
 */
final class LinkFrame
{
    /** The sender is ready for packets under its link id, and has ended what it had under another. */
    static final int OPEN = 1;
    /** The sender has ended the link of that pair of ids. */
    static final int CLOSE = 2;
    /** The sender has a link with another node already. */
    static final int REFUSE = 3;

    /** Longest name in a frame, in bytes. */
    static final int NAME_LENGTH_MAX = 128;

    private static final int MAGIC = 0x314C_4D41;
    private static final int TYPE_OFFSET = 4;
    private static final int SENDER_OFFSET = 8;
    private static final int ECHO_OFFSET = 12;
    private static final int NAME_OFFSET = 16;

    private int type;
    private int sender;
    private int echo;
    private byte[] name = {};
    private byte[] other = {};

    /**
     * Length of a frame with these names, in bytes.
     */
    static int length(final byte[] name, final byte[] other)
    {
        return NAME_OFFSET + 1 + name.length + 1 + other.length;
    }

    static void encode(
        final MutableDirectBuffer buffer,
        final int offset,
        final int type,
        final int sender,
        final int echo,
        final byte[] name,
        final byte[] other)
    {
        buffer.putInt(offset, MAGIC, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + TYPE_OFFSET, type, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + SENDER_OFFSET, sender, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + ECHO_OFFSET, echo, ByteOrder.LITTLE_ENDIAN);
        buffer.putByte(offset + NAME_OFFSET, (byte)name.length);
        buffer.putBytes(offset + NAME_OFFSET + 1, name);
        final int otherOffset = offset + NAME_OFFSET + 1 + name.length;
        buffer.putByte(otherOffset, (byte)other.length);
        buffer.putBytes(otherOffset + 1, other);
    }

    /**
     * Copies a frame out of a buffer that the peer may still change.
     *
     * @return false when it is not a frame of ours.
     */
    boolean decode(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < NAME_OFFSET + 2 || length > NAME_OFFSET + 2 + 2 * NAME_LENGTH_MAX)
        {
            return false;
        }

        final byte[] copy = new byte[length - NAME_OFFSET];
        buffer.getBytes(offset + NAME_OFFSET, copy);
        type = buffer.getInt(offset + TYPE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        sender = buffer.getInt(offset + SENDER_OFFSET, ByteOrder.LITTLE_ENDIAN);
        echo = buffer.getInt(offset + ECHO_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN) != MAGIC || type < OPEN || type > REFUSE || sender == 0)
        {
            return false;
        }

        final int nameLength = copy[0] & 0xFF;
        if (nameLength > NAME_LENGTH_MAX || nameLength + 2 > copy.length)
        {
            return false;
        }
        final int otherLength = copy[1 + nameLength] & 0xFF;
        if (nameLength + otherLength + 2 != copy.length)
        {
            return false;
        }
        name = Arrays.copyOfRange(copy, 1, 1 + nameLength);
        other = Arrays.copyOfRange(copy, 2 + nameLength, copy.length);
        return true;
    }

    int type()
    {
        return type;
    }

    int sender()
    {
        return sender;
    }

    int echo()
    {
        return echo;
    }

    String name()
    {
        return new String(name, StandardCharsets.UTF_8);
    }

    String other()
    {
        return new String(other, StandardCharsets.UTF_8);
    }

    /**
     * A name as it goes into a frame.
     */
    static byte[] nameBytes(final String name)
    {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= NAME_LENGTH_MAX ? bytes : Arrays.copyOf(bytes, NAME_LENGTH_MAX);
    }

    /**
     * The reserved value of a frame: whom it is for, and under which link id; 0: a frame of this class.
     */
    static long address(final int sessionId, final int linkId)
    {
        return ((long)sessionId << Integer.SIZE) | (linkId & 0xFFFF_FFFFL);
    }
}
