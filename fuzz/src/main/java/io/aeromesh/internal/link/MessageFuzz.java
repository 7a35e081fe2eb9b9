package io.aeromesh.internal.link;

import io.aeromesh.error.MeshException;
import io.aeromesh.fuzz.AllocationBound;
import io.aeromesh.protocol.codec.AckDecoder;
import io.aeromesh.protocol.codec.ArenaDecoder;
import io.aeromesh.protocol.codec.CloseAckDecoder;
import io.aeromesh.protocol.codec.CloseDecoder;
import io.aeromesh.protocol.codec.CongestionDecoder;
import io.aeromesh.protocol.codec.DirectDecoder;
import io.aeromesh.protocol.codec.EdgePingDecoder;
import io.aeromesh.protocol.codec.EdgePongDecoder;
import io.aeromesh.protocol.codec.GoodbyeDecoder;
import io.aeromesh.protocol.codec.HelloDecoder;
import io.aeromesh.protocol.codec.MarkDecoder;
import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.protocol.codec.OpenDecoder;
import io.aeromesh.protocol.codec.PeersDecoder;
import io.aeromesh.protocol.codec.PingDecoder;
import io.aeromesh.protocol.codec.PongDecoder;
import io.aeromesh.protocol.codec.RefuseDecoder;
import io.aeromesh.protocol.codec.RejectDecoder;
import io.aeromesh.protocol.codec.ResetDecoder;
import io.aeromesh.protocol.codec.TopologyRequestDecoder;
import io.aeromesh.protocol.codec.TopologyResponseDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Any bytes as a message: once its shape is found good, the generated decoders read every field of it, all groups and
 * texts, without looking beyond its end.
 */
public final class MessageFuzz
{
    private static final int LENGTH_MAX = 4096;

    private MessageFuzz()
    {
    }

    /**
     * One execution.
     */
    public static void fuzzerTestOneInput(final byte[] bytes)
    {
        // decoding to text takes some bytes for each byte
        AllocationBound.hold(64 * 1024 + 128L * Math.min(LENGTH_MAX, bytes.length), bytes, MessageFuzz::run);
    }

    private static void run(final byte[] bytes)
    {
        final UnsafeBuffer packet = new UnsafeBuffer(bytes, 0, Math.min(LENGTH_MAX, bytes.length));
        try
        {
            final int templateId = MessageShape.templateId(packet, 0, packet.capacity());
            MessageShape.check(packet, 0, packet.capacity(), templateId);
            read(packet, templateId, new StringBuilder());
        }
        catch (final MeshException | IllegalArgumentException refused)
        {
            // as the router takes it; the second is an unknown value of an enum
            if (refused instanceof IllegalArgumentException && !refused.getMessage().startsWith("Unknown value"))
            {
                throw refused;
            }
        }
    }

    private static void read(final UnsafeBuffer packet, final int templateId, final StringBuilder text)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        switch (templateId)
        {
            case HelloDecoder.TEMPLATE_ID -> new HelloDecoder().wrapAndApplyHeader(packet, 0, header).appendTo(text);
            case MarkDecoder.TEMPLATE_ID -> new MarkDecoder().wrapAndApplyHeader(packet, 0, header).appendTo(text);
            case RefuseDecoder.TEMPLATE_ID -> new RefuseDecoder().wrapAndApplyHeader(packet, 0, header).appendTo(text);
            case GoodbyeDecoder.TEMPLATE_ID ->
                new GoodbyeDecoder().wrapAndApplyHeader(packet, 0, header).appendTo(text);
            case EdgePingDecoder.TEMPLATE_ID ->
                new EdgePingDecoder().wrapAndApplyHeader(packet, 0, header).appendTo(text);
            case EdgePongDecoder.TEMPLATE_ID ->
                new EdgePongDecoder().wrapAndApplyHeader(packet, 0, header).appendTo(text);
            case PeersDecoder.TEMPLATE_ID -> new PeersDecoder().wrapAndApplyHeader(packet, 0, header).appendTo(text);
            case OpenDecoder.TEMPLATE_ID -> new OpenDecoder().wrapAndApplyHeader(packet, 0, header).appendTo(text);
            case RejectDecoder.TEMPLATE_ID -> new RejectDecoder().wrapAndApplyHeader(packet, 0, header).appendTo(text);
            case AckDecoder.TEMPLATE_ID -> new AckDecoder().wrapAndApplyHeader(packet, 0, header).appendTo(text);
            case CloseDecoder.TEMPLATE_ID -> new CloseDecoder().wrapAndApplyHeader(packet, 0, header).appendTo(text);
            case CloseAckDecoder.TEMPLATE_ID ->
                new CloseAckDecoder().wrapAndApplyHeader(packet, 0, header).appendTo(text);
            case ResetDecoder.TEMPLATE_ID -> new ResetDecoder().wrapAndApplyHeader(packet, 0, header).appendTo(text);
            case CongestionDecoder.TEMPLATE_ID ->
                new CongestionDecoder().wrapAndApplyHeader(packet, 0, header).appendTo(text);
            case DirectDecoder.TEMPLATE_ID -> new DirectDecoder().wrapAndApplyHeader(packet, 0, header).appendTo(text);
            case ArenaDecoder.TEMPLATE_ID -> new ArenaDecoder().wrapAndApplyHeader(packet, 0, header).appendTo(text);
            case PingDecoder.TEMPLATE_ID -> new PingDecoder().wrapAndApplyHeader(packet, 0, header).appendTo(text);
            case PongDecoder.TEMPLATE_ID -> new PongDecoder().wrapAndApplyHeader(packet, 0, header).appendTo(text);
            case TopologyRequestDecoder.TEMPLATE_ID ->
                new TopologyRequestDecoder().wrapAndApplyHeader(packet, 0, header).appendTo(text);
            case TopologyResponseDecoder.TEMPLATE_ID ->
                new TopologyResponseDecoder().wrapAndApplyHeader(packet, 0, header).appendTo(text);
            default -> throw new AssertionError("found good, and has no decoder: templateId=" + templateId);
        }
    }
}
