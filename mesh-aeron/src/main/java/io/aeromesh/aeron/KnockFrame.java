package io.aeromesh.aeron;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What one place says at the door of another. Little-endian.
 * <pre>
 *  0        4        8        12              13               13+n     14+n
 *  | magic  | type   | stream | n             | address, n bytes | m    | name, m bytes |
 * </pre>
 * {@code address} is where the sender is reached, and in a refusal those of some of its neighbours behind it, with
 * commas between; {@code stream} is the stream at which both will receive, drawn by who dialled. {@code name} is the
 * sender's node, for people: who it is, the handshake of the link will tell. An instance is a decoder, used by one
 * thread.
 */
final class KnockFrame
{
    /** The sender receives at that stream and publishes to it. */
    static final int KNOCK = 1;
    /** The sender has no room for one more neighbour; its neighbours may. */
    static final int FULL = 2;

    /** Lowest stream: drawn ids lie above those that people choose, and are even, as an edge uses the next one too. */
    static final int STREAM_MIN = 1 << 16;
    /** Longest frame, in bytes. */
    static final int LENGTH_MAX = 14 + 255 + 255;

    /** Between addresses. */
    static final String SEPARATOR = ",";

    private static final int MAGIC = 0x314B_4D41;
    private static final int TYPE_OFFSET = 4;
    private static final int STREAM_OFFSET = 8;
    private static final int TEXT_OFFSET = 12;

    private int type;
    private int stream;
    private byte[] address = {};
    private byte[] name = {};

    /**
     * Writes a frame at the start of a buffer of {@link #LENGTH_MAX}.
     *
     * @return its length in bytes.
     */
    static int encode(
        final MutableDirectBuffer buffer, final int type, final int stream, final String address, final String name)
    {
        buffer.putInt(0, MAGIC, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(TYPE_OFFSET, type, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(STREAM_OFFSET, stream, ByteOrder.LITTLE_ENDIAN);
        final int nameOffset = putText(buffer, TEXT_OFFSET, address.getBytes(StandardCharsets.UTF_8));
        return putText(buffer, nameOffset, LinkFrame.nameBytes(name));
    }

    private static int putText(final MutableDirectBuffer buffer, final int offset, final byte[] text)
    {
        buffer.putByte(offset, (byte)text.length);
        buffer.putBytes(offset + 1, text);
        return offset + 1 + text.length;
    }

    /**
     * Copies a frame out of a buffer that the sender may still change.
     *
     * @return false when it is not a frame of ours.
     */
    boolean decode(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < TEXT_OFFSET + 2 || length > LENGTH_MAX ||
            buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN) != MAGIC)
        {
            return false;
        }
        type = buffer.getInt(offset + TYPE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        stream = buffer.getInt(offset + STREAM_OFFSET, ByteOrder.LITTLE_ENDIAN);
        final byte[] texts = new byte[length - TEXT_OFFSET];
        buffer.getBytes(offset + TEXT_OFFSET, texts);
        final int addressLength = texts[0] & 0xFF;
        if (type < KNOCK || type > FULL || stream < STREAM_MIN || (stream & ~AeronOptions.STREAM_MAX) != 0 ||
            addressLength + 2 > texts.length)
        {
            return false;
        }
        final int nameLength = texts[1 + addressLength] & 0xFF;
        if (nameLength > LinkFrame.NAME_LENGTH_MAX || addressLength + nameLength + 2 != texts.length)
        {
            return false;
        }
        address = Arrays.copyOfRange(texts, 1, 1 + addressLength);
        name = Arrays.copyOfRange(texts, 2 + addressLength, texts.length);
        return true;
    }

    int type()
    {
        return type;
    }

    int stream()
    {
        return stream;
    }

    /**
     * That of the sender, and in a refusal others.
     */
    String[] addresses()
    {
        return new String(address, StandardCharsets.UTF_8).split(SEPARATOR, -1);
    }

    /**
     * Name of the sender's node as it says, fit for a line of text.
     */
    String name()
    {
        return new String(name, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
    }
}
