package io.aeromesh.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeromesh.protocol.codec.AckEncoder;
import io.aeromesh.protocol.codec.ChannelKind;
import io.aeromesh.protocol.codec.HelloEncoder;
import io.aeromesh.protocol.codec.MessageHeaderEncoder;
import io.aeromesh.protocol.codec.OpenEncoder;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Bytes that other versions and languages rely on: a change here is a new protocol version.
 */
class GoldenMessagesTest
{
    private final byte[] bytes = new byte[512];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    @Test
    void shouldKeepTheBytesOfHello()
    {
        final HelloEncoder hello = new HelloEncoder().wrapAndApplyHeader(buffer, 0, header);
        hello.protocolVersionMin((short)1).protocolVersionMax((short)2).nodeId(3);
        hello.instance().high(4).low(5);
        hello.incarnation(6).configHash(7).nonce(8).peerNonce(9).name("a").edgeName("bc");

        assertEquals("3a000100bd1b0000" + "0102" + le(3) + le(4) + le(5) + le(6) + le(7) + le(8) + le(9) + "010061" +
            "02006263", hex(hello.limit()));
    }

    @Test
    void shouldKeepTheBytesOfOpen()
    {
        final OpenEncoder open = new OpenEncoder().wrapAndApplyHeader(buffer, 0, header);
        open.endId(1).peerEndId(2);
        open.instance().high(3).low(4);
        open.openSequence(5).schemaFingerprint(6).startPosition(7).windowLength(8).streamId(9)
            .kind(ChannelKind.BROADCAST).wantsRetained((short)1).channelName("c").sourceName("s");

        assertEquals("46001400bd1b0000" + le(1) + le(2) + le(3) + le(4) + le(5) + le(6) + le(7) + "08000000" + le(9) +
            "0101" + "010063" + "010073", hex(open.limit()));
    }

    @Test
    void shouldKeepTheBytesOfAck()
    {
        final AckEncoder ack = new AckEncoder().wrapAndApplyHeader(buffer, 0, header);
        ack.endId(1).consumedPosition(2).receivedPosition(3).sentPosition(4).probe(5).probeAnswer(6).echoSequence(7)
            .blocksCount(1).next().beginPosition(8).endPosition(9);

        assertEquals("34001600bd1b0000" + le(1) + le(2) + le(3) + le(4) + le(5) + le(6) + "07000000" + "10000100" +
            le(8) + le(9), hex(ack.limit()));
    }

    private String hex(final int length)
    {
        return HexFormat.of().formatHex(bytes, 0, length);
    }

    private static String le(final int value)
    {
        return String.format("%02x00000000000000", value);
    }
}
