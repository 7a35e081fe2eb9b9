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
 * <p>
 * A name {@code node/context} is that of a context of a node: of a process that has no place in the routing table, but
 * goes by its node's. Therefore its id ends as its node's does, and differs in the highest 24 bits, which are 0 in the
 * id of a node.
 */
public final class NodeIds
{
    /** Stands for no node. */
    public static final long NONE = 0;

    /** Longest name, in bytes of UTF-8. */
    public static final int NAME_LENGTH_MAX = 128;

    /** Between the name of a node and that of its context. */
    public static final char CONTEXT_SEPARATOR = '/';

    /** Between the name of a user and the rest of the name of its context, of a host that another user runs. */
    public static final char USER_SEPARATOR = ':';

    private static final int NODE_BITS = 40;
    private static final long NODE_MASK = (1L << NODE_BITS) - 1;
    private static final long ID_INSTEAD_OF_NONE = 1;
    private static final long CONTEXT_INSTEAD_OF_NONE = 1L << NODE_BITS;
    /** In the id of a context of another user than its node's, and in no other, whatever its name. */
    private static final long OTHER_USER = Long.MIN_VALUE;

    private NodeIds()
    {
    }

    /**
     * Id of a name: the lowest 40 bits of the XXH64 with seed 0 of its UTF-8 bytes, or 1 where they are 0; of a context
     * those of its node's name, and above them 23 bits of the XXH64 of its whole name, 40 to 62, or 1 where they are 0;
     * bit 63 is 1 where its name tells of a user. Part of the protocol.
     *
     * @param name 1 to 128 bytes of UTF-8 without control characters.
     * @return not {@link #NONE}.
     * @throws MeshException BAD_CONFIG for a name that is not valid.
     */
    public static long idOf(final String name)
    {
        final long hash = XxHash64.hash(utf8(name), 0);
        final int separator = name.indexOf(CONTEXT_SEPARATOR);
        if (separator < 1)
        {
            final long node = nodeOf(hash);
            return node == NONE ? ID_INSTEAD_OF_NONE : node;
        }
        final long context = hash & ~NODE_MASK & ~OTHER_USER;
        return idOf(name.substring(0, separator)) | (context == NONE ? CONTEXT_INSTEAD_OF_NONE : context) |
            (userOf(name).isEmpty() ? 0 : OTHER_USER);
    }

    /**
     * Id of the node that a context belongs to; of a node itself its own.
     */
    public static long nodeOf(final long id)
    {
        return id & NODE_MASK;
    }

    /**
     * Whether an id is that of a context.
     */
    public static boolean isContext(final long id)
    {
        return (id & ~NODE_MASK) != 0;
    }

    /**
     * Whether a name is that of a context.
     */
    public static boolean isContext(final String name)
    {
        return name.indexOf(CONTEXT_SEPARATOR) >= 0;
    }

    /**
     * Name of the node that a context belongs to; of a node itself its own.
     */
    public static String nodeOf(final String name)
    {
        final int separator = name.indexOf(CONTEXT_SEPARATOR);
        return separator < 0 ? name : name.substring(0, separator);
    }

    /**
     * Whether the names of two contexts of one node, or of a context and its node, tell of no other user than the
     * node's, or of the same. Of what has no node in common names tell nothing: true.
     */
    public static boolean haveOneUser(final String name, final String other)
    {
        return !nodeOf(name).equals(nodeOf(other)) || userOf(name).equals(userOf(other));
    }

    private static String userOf(final String name)
    {
        final int start = name.indexOf(CONTEXT_SEPARATOR) + 1;
        final int end = name.indexOf(USER_SEPARATOR, start);
        return start == 0 || end < 0 ? "" : name.substring(start, end);
    }

    /**
     * Checks the name of a node or a context.
     *
     * @throws MeshException BAD_CONFIG for a name that is not valid.
     */
    public static void validateNode(final String name)
    {
        utf8(name);
        final int separator = name.indexOf(CONTEXT_SEPARATOR);
        if (separator == 0 || separator == name.length() - 1 ||
            separator > 0 && name.indexOf(CONTEXT_SEPARATOR, separator + 1) > 0)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "name='" + printable(name) + "', need NODE or NODE/CONTEXT");
        }
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
