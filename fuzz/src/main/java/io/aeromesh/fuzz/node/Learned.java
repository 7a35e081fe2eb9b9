package io.aeromesh.fuzz.node;

import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.AckDecoder;
import io.aeromesh.protocol.codec.ChannelKind;
import io.aeromesh.protocol.codec.DirectDecoder;
import io.aeromesh.protocol.codec.HelloDecoder;
import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.protocol.codec.OpenDecoder;
import io.aeromesh.spi.PacketHandler;
import org.agrona.DirectBuffer;

/**
 * What the neighbour hears from the node, which no fuzzer would guess: numbers that the node has drawn.
 * <p>
 * <b>Threading:</b> one thread.
 */
final class Learned implements PacketHandler
{
    long nonce;
    long proxyEnd;
    long groupEnd;
    long groupStream;
    long window;
    long sentPosition;
    long hostToken;
    long processToken;
    long regionId;
    String address = "";
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    @Override
    public Action onPacket(final DirectBuffer buffer, final int offset, final int length)
    {
        final int type = PacketHeader.type(buffer, offset);
        if (type == PacketHeader.LINK || type == PacketHeader.CONTROL)
        {
            hear(buffer, offset + PacketHeader.LENGTH);
        }
        else
        {
            sentPosition = PacketHeader.position(buffer, offset) + length - PacketHeader.LENGTH;
        }
        return Action.CONTINUE;
    }

    private void hear(final DirectBuffer buffer, final int offset)
    {
        switch (header.wrap(buffer, offset).templateId())
        {
            case HelloDecoder.TEMPLATE_ID ->
                nonce = new HelloDecoder().wrapAndApplyHeader(buffer, offset, header).nonce();
            case OpenDecoder.TEMPLATE_ID ->
            {
                final OpenDecoder open = new OpenDecoder().wrapAndApplyHeader(buffer, offset, header);
                if (open.kind() == ChannelKind.PROXY)
                {
                    proxyEnd = open.endId();
                    window = open.windowLength();
                }
                else
                {
                    groupEnd = open.endId();
                    groupStream = open.streamId();
                }
            }
            case AckDecoder.TEMPLATE_ID ->
                sentPosition = new AckDecoder().wrapAndApplyHeader(buffer, offset, header).sentPosition();
            case DirectDecoder.TEMPLATE_ID ->
            {
                final DirectDecoder direct = new DirectDecoder().wrapAndApplyHeader(buffer, offset, header);
                hostToken = direct.hostToken();
                processToken = direct.processToken();
                regionId = direct.regionId();
                address = direct.address();
            }
            default ->
            {
                // says nothing that is not known
            }
        }
    }
}
