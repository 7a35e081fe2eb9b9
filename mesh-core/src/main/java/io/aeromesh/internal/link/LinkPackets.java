package io.aeromesh.internal.link;

import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.EdgePingEncoder;
import io.aeromesh.protocol.codec.EdgePongEncoder;
import io.aeromesh.protocol.codec.GoodbyeEncoder;
import io.aeromesh.protocol.codec.HelloEncoder;
import io.aeromesh.protocol.codec.MarkEncoder;
import io.aeromesh.protocol.codec.MessageHeaderEncoder;
import io.aeromesh.protocol.codec.RefuseEncoder;
import io.aeromesh.protocol.codec.RefuseReason;
import io.aeromesh.spi.Lane;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Encodes the packets of a link straight into its lanes. Each method returns false when there is no room now. Agent
 * thread only; shared by all links of a node.
 */
public final class LinkPackets
{
    private static final int TEXT_LENGTH_MAX = 400;

    private final NodeSelf self;
    private final MessageHeaderEncoder messageHeader = new MessageHeaderEncoder();
    private final HelloEncoder hello = new HelloEncoder();
    private final MarkEncoder mark = new MarkEncoder();
    private final RefuseEncoder refuse = new RefuseEncoder();
    private final GoodbyeEncoder goodbye = new GoodbyeEncoder();
    private final EdgePingEncoder ping = new EdgePingEncoder();
    private final EdgePongEncoder pong = new EdgePongEncoder();

    /**
     * @param self who this node is.
     */
    public LinkPackets(final NodeSelf self)
    {
        this.self = self;
    }

    /**
     * Who this node is.
     */
    public NodeSelf self()
    {
        return self;
    }

    boolean hello(final Lane lane, final long nonce, final long peerNonce, final String edgeName)
    {
        final byte[] edge = utf8(edgeName);
        final int offset = claim(lane, HelloEncoder.BLOCK_LENGTH + HelloEncoder.nameHeaderLength() +
            self.nameUtf8().length + HelloEncoder.edgeNameHeaderLength() + edge.length);
        if (offset < 0)
        {
            return false;
        }
        hello.wrapAndApplyHeader(lane.buffer(), offset, messageHeader)
            .protocolVersionMin((short)PacketHeader.VERSION_MIN)
            .protocolVersionMax((short)PacketHeader.VERSION)
            .nodeId(self.id());
        hello.instance().high(self.instanceHigh()).low(self.instanceLow());
        hello.incarnation(self.incarnation())
            .configHash(self.configHash())
            .nonce(nonce)
            .peerNonce(peerNonce)
            .putName(self.nameUtf8(), 0, self.nameUtf8().length)
            .putEdgeName(edge, 0, edge.length);
        lane.commit();
        return true;
    }

    boolean mark(final Lane lane, final long peerNonce)
    {
        final int offset = claim(lane, MarkEncoder.BLOCK_LENGTH);
        if (offset < 0)
        {
            return false;
        }
        mark.wrapAndApplyHeader(lane.buffer(), offset, messageHeader).nonce(peerNonce);
        lane.commit();
        return true;
    }

    boolean refuse(final Lane lane, final long peerNonce, final RefuseReason reason, final String detail)
    {
        final byte[] text = utf8(detail);
        final int offset = claim(
            lane, RefuseEncoder.BLOCK_LENGTH + RefuseEncoder.detailHeaderLength() + text.length);
        if (offset < 0)
        {
            return false;
        }
        refuse.wrapAndApplyHeader(lane.buffer(), offset, messageHeader)
            .peerNonce(peerNonce)
            .reason(reason)
            .putDetail(text, 0, text.length);
        lane.commit();
        return true;
    }

    boolean goodbye(final Lane lane, final long nonce)
    {
        final int offset = claim(lane, GoodbyeEncoder.BLOCK_LENGTH);
        if (offset < 0)
        {
            return false;
        }
        goodbye.wrapAndApplyHeader(lane.buffer(), offset, messageHeader).nonce(nonce);
        lane.commit();
        return true;
    }

    boolean ping(final Lane lane, final long correlationId)
    {
        final int offset = claim(lane, EdgePingEncoder.BLOCK_LENGTH);
        if (offset < 0)
        {
            return false;
        }
        ping.wrapAndApplyHeader(lane.buffer(), offset, messageHeader).correlationId(correlationId);
        lane.commit();
        return true;
    }

    boolean pong(final Lane lane, final long correlationId)
    {
        final int offset = claim(lane, EdgePongEncoder.BLOCK_LENGTH);
        if (offset < 0)
        {
            return false;
        }
        pong.wrapAndApplyHeader(lane.buffer(), offset, messageHeader).correlationId(correlationId);
        lane.commit();
        return true;
    }

    /**
     * Sends an SBE message that is encoded already, with its message header.
     */
    boolean message(final Lane lane, final DirectBuffer message, final int length)
    {
        final int offset = claim(lane, length - MessageHeaderEncoder.ENCODED_LENGTH);
        if (offset < 0)
        {
            return false;
        }
        lane.buffer().putBytes(offset, message, 0, length);
        lane.commit();
        return true;
    }

    private int claim(final Lane lane, final int bodyLength)
    {
        final int offset =
            lane.tryClaim(PacketHeader.LENGTH + MessageHeaderEncoder.ENCODED_LENGTH + bodyLength);
        if (offset < 0)
        {
            return offset;
        }
        PacketHeader.write(lane.buffer(), offset, PacketHeader.LINK, 1, 0, 0, self.id(), 0, 0);
        return offset + PacketHeader.LENGTH;
    }

    private static byte[] utf8(final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= TEXT_LENGTH_MAX ? bytes : Arrays.copyOf(bytes, TEXT_LENGTH_MAX);
    }
}
