package io.aeromesh.protocol;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * Names of nodes and the 64-bit ids made of them. Stateless; any thread.
 */
public final class NodeIds
{
    /** Stands for no node. */
    public static final long NONE = 0;

    /** Longest name, in bytes of UTF-8. */
    public static final int NAME_LENGTH_MAX = 128;

    private static final long ID_INSTEAD_OF_NONE = 1;

    private NodeIds()
    {
    }

    /**
     * Id of a name: XXH64 with seed 0 of its UTF-8 bytes, or 1 where that is 0. Part of the protocol.
     *
     * @param name 1 to 128 bytes of UTF-8 without control characters.
     * @return not {@link #NONE}.
     * @throws MeshException BAD_CONFIG for a name that is not valid.
     */
    public static long idOf(final String name)
    {
        final long hash = XxHash64.hash(utf8(name), 0);
        return hash == NONE ? ID_INSTEAD_OF_NONE : hash;
    }

    /**
     * Checks a name.
     *
     * @throws MeshException BAD_CONFIG for a name that is not valid.
     */
    public static void validate(final String name)
    {
        utf8(name);
    }

    /**
     * Encodes a name.
     *
     * @return 1 to 128 bytes.
     * @throws MeshException BAD_CONFIG for a name that is not valid.
     */
    public static byte[] utf8(final String name)
    {
        if (name == null || name.isEmpty())
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "name is empty");
        }
        if (name.length() > NAME_LENGTH_MAX)
        {
            throw tooLong(name, name.length() + " characters");
        }
        if (name.codePoints().anyMatch(Character::isISOControl))
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "control character in name=" + printable(name));
        }
        final ByteBuffer encoded;
        try
        {
            encoded = StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(name));
        }
        catch (final CharacterCodingException ex)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "unpaired surrogate in name=" + printable(name), ex);
        }
        if (encoded.remaining() > NAME_LENGTH_MAX)
        {
            throw tooLong(name, encoded.remaining() + " bytes");
        }
        final byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    /**
     * Reads a name that a peer sent.
     *
     * @param buffer holding the name; must not change meanwhile.
     * @param offset of the name, which with its length the caller has checked to lie within the packet.
     * @param length as the peer declared it, in bytes.
     * @return a valid name.
     * @throws MeshException PROTOCOL_VIOLATION for any other.
     */
    public static String decodeName(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < 1 || length > NAME_LENGTH_MAX)
        {
            throw new MeshException(
                ErrorCode.PROTOCOL_VIOLATION, "name length=" + length + ", need 1.." + NAME_LENGTH_MAX);
        }
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        final String name;
        try
        {
            name = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        }
        catch (final CharacterCodingException ex)
        {
            throw new MeshException(ErrorCode.PROTOCOL_VIOLATION, "name is not UTF-8", ex);
        }
        if (name.codePoints().anyMatch(Character::isISOControl))
        {
            throw new MeshException(
                ErrorCode.PROTOCOL_VIOLATION, "control character in name=" + printable(name));
        }
        return name;
    }

    private static MeshException tooLong(final String name, final String length)
    {
        return new MeshException(ErrorCode.BAD_CONFIG,
            "name of " + length + ", need 1.." + NAME_LENGTH_MAX + " bytes of UTF-8: " +
                printable(name.substring(0, 16)) + "...");
    }

    private static String printable(final String name)
    {
        final StringBuilder builder = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++)
        {
            final char c = name.charAt(i);
            final boolean strange = Character.isISOControl(c) || Character.isSurrogate(c);
            builder.append(strange ? String.format("\\u%04x", (int)c) : String.valueOf(c));
        }
        return builder.toString();
    }
}
