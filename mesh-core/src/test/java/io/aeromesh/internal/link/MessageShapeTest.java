package io.aeromesh.internal.link;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.codec.AckEncoder;
import io.aeromesh.protocol.codec.HelloEncoder;
import io.aeromesh.protocol.codec.MessageHeaderEncoder;
import io.aeromesh.protocol.codec.TopologyResponseEncoder;
import java.nio.ByteOrder;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MessageShapeTest
{
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    @Test
    void shouldRefuseEveryTruncationOfAMessageWithTexts()
    {
        refusesEveryTruncation(hello());
        final TopologyResponseEncoder response = new TopologyResponseEncoder().wrapAndApplyHeader(buffer, 0, header);
        refusesEveryTruncation(
            response.name("name").edgeName("edge").transport("shm").peerName("peer").limit());
    }

    @Test
    void shouldRefuseEveryTruncationOfAMessageWithAGroup()
    {
        refusesEveryTruncation(ack(3));
    }

    @Test
    void shouldRefuseLengthsThatThePacketDoesNotHave()
    {
        final int length = ack(1);
        final int groupCountOffset = MessageHeaderEncoder.ENCODED_LENGTH + AckEncoder.BLOCK_LENGTH + Short.BYTES;
        buffer.putShort(groupCountOffset, (short)0xFFFF, ByteOrder.LITTLE_ENDIAN);
        refuses(length);

        ack(1);
        buffer.putShort(groupCountOffset - Short.BYTES, (short)1, ByteOrder.LITTLE_ENDIAN);
        refuses(length);

        final int helloLength = hello();
        buffer.putShort(MessageHeaderEncoder.ENCODED_LENGTH + HelloEncoder.BLOCK_LENGTH, (short)0xFFFF);
        refuses(helloLength);
    }

    @Test
    void shouldRefuseAnotherSchemaAndUnknownTemplates()
    {
        final int length = ack(0);
        header.schemaId(1);
        refuses(length);
        ack(0);
        header.templateId(999);
        refuses(length);
    }

    @Test
    void shouldOnlyEverRefuseRandomBytes()
    {
        final Random random = new Random(1);
        final byte[] noise = new byte[256];
        for (int i = 0; i < 100_000; i++)
        {
            random.nextBytes(noise);
            buffer.putBytes(0, noise);
            header.wrap(buffer, 0).schemaId(AckEncoder.SCHEMA_ID).templateId(1 + random.nextInt(33));
            final int length = random.nextInt(noise.length);
            try
            {
                MessageShape.check(buffer, 0, length, MessageShape.templateId(buffer, 0, length));
            }
            catch (final MeshException refused)
            {
                assertEquals(ErrorCode.PROTOCOL_VIOLATION, refused.code());
            }
        }
    }

    private int hello()
    {
        return new HelloEncoder().wrapAndApplyHeader(buffer, 0, header).name("some node").edgeName("edge").limit();
    }

    private int ack(final int blocks)
    {
        final AckEncoder ack = new AckEncoder().wrapAndApplyHeader(buffer, 0, header);
        final AckEncoder.BlocksEncoder group = ack.blocksCount(blocks);
        for (int i = 0; i < blocks; i++)
        {
            group.next();
        }
        return ack.limit();
    }

    private void refusesEveryTruncation(final int length)
    {
        assertDoesNotThrow(() -> MessageShape.check(buffer, 0, length, MessageShape.templateId(buffer, 0, length)));
        for (int shorter = 0; shorter < length; shorter++)
        {
            refuses(shorter);
        }
    }

    private void refuses(final int length)
    {
        final MeshException refused = assertThrows(MeshException.class,
            () -> MessageShape.check(buffer, 0, length, MessageShape.templateId(buffer, 0, length)));
        assertEquals(ErrorCode.PROTOCOL_VIOLATION, refused.code());
    }
}
