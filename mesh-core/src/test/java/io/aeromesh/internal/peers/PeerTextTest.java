package io.aeromesh.internal.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class PeerTextTest
{
    private final KnownPeer named = new KnownPeer("10.0.0.1:40300");
    private final KnownPeer unnamed = new KnownPeer("[::1]:40300");
    private final byte[] content;

    PeerTextTest()
    {
        named.name("gate way µ");
        named.roundTripNs(123_456);
        named.seenMs(1_700_000_000_000L);
        content = PeerText.encode(List.of(named, unnamed));
    }

    @Test
    void shouldReadWhatItWrites()
    {
        final List<KnownPeer> read = PeerText.decode(content, 10);
        assertEquals(2, read.size());
        assertEquals(named.address(), read.get(0).address());
        assertEquals(named.name(), read.get(0).name());
        assertEquals(named.id(), read.get(0).id());
        assertEquals(named.roundTripNs(), read.get(0).roundTripNs());
        assertEquals(named.seenMs(), read.get(0).seenMs());
        assertEquals("", read.get(1).name());
        assertEquals(-1, read.get(1).roundTripNs());
        assertEquals(List.of(), PeerText.decode(PeerText.encode(List.of()), 10));
    }

    @Test
    void shouldTakeNoMoreThanItMay()
    {
        assertEquals(1, PeerText.decode(content, 1).size());
    }

    @Test
    void shouldRefuseEveryTruncationAndEveryFlippedBit()
    {
        for (int length = 0; length < content.length; length++)
        {
            refuses(Arrays.copyOf(content, length));
        }
        for (int bit = 0; bit < content.length * Byte.SIZE; bit++)
        {
            final byte[] flipped = content.clone();
            flipped[bit / Byte.SIZE] ^= (byte)(1 << bit % Byte.SIZE);
            refuses(flipped);
        }
        refuses(Arrays.copyOf(content, content.length + 1));
    }

    @Test
    void shouldRefuseWhatIsWholeAndMakesNoSense()
    {
        for (final String body : List.of("a:1\t1\t1", "a:1\t1\t1\tn\tm", "a:1\tx\t1\tn", "a:1\t1\t\tn",
            "a:1\t1\t1\t" + "n".repeat(129)))
        {
            refuses(withHeader(body));
        }
    }

    @Test
    void shouldRefuseRandomBytes()
    {
        final Random random = new Random(1);
        for (int i = 0; i < 10_000; i++)
        {
            final byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            refuses(noise);
        }
    }

    private static byte[] withHeader(final String body)
    {
        final byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        final CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return ("aeromesh-peers 1 " + String.format("%08x", checksum.getValue()) + " " + bytes.length + "\n" + body)
            .getBytes(StandardCharsets.UTF_8);
    }

    private static void refuses(final byte[] bytes)
    {
        final MeshException refused = assertThrows(MeshException.class, () -> PeerText.decode(bytes, 10));
        assertEquals(ErrorCode.MEMORY_DAMAGED, refused.code());
        assertTrue(refused.getMessage().contains("known places"), refused.getMessage());
    }
}
