package io.aeromesh.aeron;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What two sessions say to each other about their link, on the control lane. Little-endian.
 * <pre>
 *  0        4        8        12       16
 *  | magic  | type   | sender | echo   |
 * </pre>
 * {@code sender} is the link id that the sender of the frame wants to see on packets to it; {@code echo} is the link id
 * of the receiver as the sender knows it, 0: not yet. Stateless; the caller owns the buffers.
 */
final class LinkFrame
{
    static final int LENGTH = 16;
    /** The sender is ready for packets under its link id; it went through all that came before under another. */
    static final int OPEN = 1;
    /** The sender has ended the link of that pair of ids. */
    static final int CLOSE = 2;

    private static final int MAGIC = 0x314C_4D41;
    private static final int TYPE_OFFSET = 4;
    private static final int SENDER_OFFSET = 8;
    private static final int ECHO_OFFSET = 12;

    private LinkFrame()
    {
    }

    static void encode(
        final MutableDirectBuffer buffer, final int offset, final int type, final int sender, final int echo)
    {
        buffer.putInt(offset, MAGIC, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + TYPE_OFFSET, type, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + SENDER_OFFSET, sender, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + ECHO_OFFSET, echo, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The frame's type, or 0 when it is not a frame of ours.
     */
    static int type(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length != LENGTH || buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN) != MAGIC)
        {
            return 0;
        }

        final int type = buffer.getInt(offset + TYPE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        return (type == OPEN || type == CLOSE) && sender(buffer, offset) != 0 ? type : 0;
    }

    static int sender(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset + SENDER_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    static int echo(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset + ECHO_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The reserved value of a packet's frame: whom it is for, and under which link id; 0: a frame of this class.
     */
    static long address(final int sessionId, final int linkId)
    {
        return ((long)sessionId << Integer.SIZE) | (linkId & 0xFFFF_FFFFL);
    }
}
