package io.aeromesh.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeIdsTest
{
    @Test
    void shouldHashAsThePublishedVectors()
    {
        assertEquals(0xEF46DB3751D8E999L, XxHash64.hash(new byte[0], 0));
        assertEquals(0xD24EC4F1A98C6E5BL, XxHash64.hash(NodeIds.utf8("a"), 0));
        assertEquals(0x44BC2CF5AD770999L, XxHash64.hash(NodeIds.utf8("abc"), 0));
        assertEquals(
            0xFBCEA83C8A378BF1L, XxHash64.hash(NodeIds.utf8("Nobody inspects the spammish repetition"), 0));
    }

    @Test
    void shouldTakeTheLowestFortyBitsForANode()
    {
        assertEquals(0xF1A98C6E5BL, NodeIds.idOf("a"));
        assertEquals(0xF5AD770999L, NodeIds.idOf("abc"));
        assertFalse(NodeIds.isContext(NodeIds.idOf("a")));
    }

    @Test
    void shouldMakeTheIdOfAContextOfItsNodes()
    {
        final long id = NodeIds.idOf("abc/x");
        assertTrue(NodeIds.isContext(id));
        assertEquals(NodeIds.idOf("abc"), NodeIds.nodeOf(id));
        assertEquals(XxHash64.hash(NodeIds.utf8("abc/x"), 0) >>> 40 & 0x7FFFFF, id >>> 40);
        assertNotEquals(id, NodeIds.idOf("abc/y"));
        assertEquals("abc", NodeIds.nodeOf("abc/x"));
        assertEquals("abc", NodeIds.nodeOf("abc"));
    }

    /** Whatever name a context of another user takes, its id is not that of one of the host's user. */
    @Test
    void shouldTellContextsOfOtherUsersByTheirIds()
    {
        for (int i = 0; i < 1_000; i++)
        {
            assertTrue(NodeIds.idOf("abc/bob:" + i) < 0);
            assertTrue(NodeIds.idOf("abc/" + i) > 0);
        }
        assertEquals(NodeIds.idOf("abc"), NodeIds.nodeOf(NodeIds.idOf("abc/bob:x")));
    }

    @Test
    void shouldTakeNamesUpTo128Bytes()
    {
        NodeIds.validate("x");
        NodeIds.validate("x".repeat(128));
        NodeIds.validate("\u00e9".repeat(64));
        assertEquals(4, NodeIds.utf8("\uD83D\uDE00").length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "\u0000", "\u007f", "\u0085", "\uD83D", "a\uDE00"})
    void shouldRefuseBadNames(final String name)
    {
        assertEquals(ErrorCode.BAD_CONFIG,
            assertThrows(MeshException.class, () -> NodeIds.idOf(name)).code());
    }

    @Test
    void shouldRefuseLongNames()
    {
        assertEquals(ErrorCode.BAD_CONFIG,
            assertThrows(MeshException.class, () -> NodeIds.validate("x".repeat(129))).code());
        assertEquals(ErrorCode.BAD_CONFIG,
            assertThrows(MeshException.class, () -> NodeIds.validate("\u00e9".repeat(65))).code());
        assertEquals(ErrorCode.BAD_CONFIG,
            assertThrows(MeshException.class, () -> NodeIds.validate(null)).code());
    }

    @Test
    void shouldDecodeWhatItEncodes()
    {
        final String name = "d\u00e9sk-\uD83D\uDE00";
        final byte[] bytes = NodeIds.utf8(name);
        assertArrayEquals(name.getBytes(StandardCharsets.UTF_8), bytes);
        assertEquals(name, NodeIds.decodeName(new UnsafeBuffer(bytes), 0, bytes.length));
    }

    @Test
    void shouldRefuseBadBytes()
    {
        final byte[][] bad = {
            {}, {(byte)0xC0, (byte)0x80}, {(byte)0xFF}, {'a', 0}, {(byte)0xED, (byte)0xA0, (byte)0x80},
            new byte[129]};
        for (final byte[] bytes : bad)
        {
            final MeshException ex = assertThrows(
                MeshException.class, () -> NodeIds.decodeName(new UnsafeBuffer(bytes), 0, bytes.length));
            assertEquals(ErrorCode.PROTOCOL_VIOLATION, ex.code());
        }
    }
}
