package io.aeromesh.aeron;

import io.aeromesh.error.MeshException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a place announces on its network. Little-endian.
 * <pre>
 *  0        4        12       13               14
 *  | magic  | mesh   | asks   | n              | address, n bytes |
 * </pre>
 * {@code mesh} is the hash of the mesh's name: places of others are not heard. {@code asks} is not 0 where the others
 * are to announce theirs. An instance is a decoder, used by one thread.
 */
final class LanFrame
{
    private static final int MAGIC = 0x3144_4D41;
    private static final int ADDRESS_OFFSET = 14;
    private static final int BYTE_MASK = 0xFF;
    /** Longest frame, in bytes. */
    static final int LENGTH_MAX = ADDRESS_OFFSET + BYTE_MASK;

    private boolean isAsking;
    private String address = "";

    /**
     * Writes a frame into a buffer that is empty, little-endian and of {@link #LENGTH_MAX}, and flips it.
     */
    static void encode(final ByteBuffer buffer, final long mesh, final boolean isAsking, final String address)
    {
        final byte[] bytes = address.getBytes(StandardCharsets.UTF_8);
        buffer.putInt(MAGIC).putLong(mesh).put((byte)(isAsking ? 1 : 0)).put((byte)bytes.length).put(bytes).flip();
    }

    /**
     * Reads what is left of a buffer.
     *
     * @return false when it is not a frame of that mesh.
     * @throws MeshException BAD_EDGE_CONFIG when it is, and its address is not that of one host, in numbers.
     */
    boolean decode(final ByteBuffer buffer, final long mesh)
    {
        if (buffer.remaining() < ADDRESS_OFFSET || buffer.getInt() != MAGIC || buffer.getLong() != mesh)
        {
            return false;
        }
        isAsking = buffer.get() != 0;
        final int length = buffer.get() & BYTE_MASK;
        if (length != buffer.remaining())
        {
            return false;
        }
        final byte[] bytes = new byte[length];
        buffer.get(bytes);
        address = new String(bytes, StandardCharsets.UTF_8);
        PlaceAddresses.check(address);
        return true;
    }

    boolean isAsking()
    {
        return isAsking;
    }

    /**
     * Where the sender's place is reached.
     */
    String address()
    {
        return address;
    }
}
