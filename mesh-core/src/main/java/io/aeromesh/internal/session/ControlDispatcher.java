package io.aeromesh.internal.session;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.protocol.codec.AckDecoder;
import io.aeromesh.protocol.codec.ArenaDecoder;
import io.aeromesh.protocol.codec.CloseAckDecoder;
import io.aeromesh.protocol.codec.CloseDecoder;
import io.aeromesh.protocol.codec.CongestionDecoder;
import io.aeromesh.protocol.codec.DirectDecoder;
import io.aeromesh.protocol.codec.MessageHeaderDecoder;
import io.aeromesh.protocol.codec.OpenDecoder;
import io.aeromesh.protocol.codec.RejectDecoder;
import io.aeromesh.protocol.codec.ResetDecoder;
import org.agrona.DirectBuffer;

/**
 * Reads the control packets of sessions. The bytes lie in memory that nobody else changes, and their shape was checked.
 * Agent thread.
 */
public final class ControlDispatcher
{
    private final Sessions sessions;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OpenDecoder open = new OpenDecoder();
    private final RejectDecoder reject = new RejectDecoder();
    private final AckDecoder ack = new AckDecoder();
    private final CloseDecoder close = new CloseDecoder();
    private final ResetDecoder reset = new ResetDecoder();
    private final CongestionDecoder congestion = new CongestionDecoder();
    private final ArenaDecoder arena = new ArenaDecoder();
    private final DirectDecoder direct = new DirectDecoder();

    /**
     * @param sessions that the packets are for.
     */
    public ControlDispatcher(final Sessions sessions)
    {
        this.sessions = sessions;
    }

    /**
     * Takes one message.
     *
     * @param sourceId   node that sent it.
     * @param sessionId  of the packet header.
     * @param buffer     holding the message.
     * @param offset     of the message header.
     * @param templateId of the message.
     * @return whether it is an Open that nobody here takes.
     * @throws MeshException PROTOCOL_VIOLATION when it is no message of sessions.
     */
    public boolean onMessage(
        final long sourceId, final long sessionId, final DirectBuffer buffer, final int offset, final int templateId)
    {
        switch (templateId)
        {
            case AckDecoder.TEMPLATE_ID ->
            {
                ack.wrapAndApplyHeader(buffer, offset, header);
                if (ack.endId() == 0)
                {
                    sessions.onQuestion(sourceId, sessionId);
                    return false;
                }
                final Session session = sessions.sessionFor(sourceId, sessionId);
                if (session != null)
                {
                    session.onAck(ack);
                }
            }
            case OpenDecoder.TEMPLATE_ID ->
            {
                open.wrapAndApplyHeader(buffer, offset, header);
                return !sessions.onOpen(sourceId, open, open.channelName(), open.sourceName(), Addressee.SELF);
            }
            case RejectDecoder.TEMPLATE_ID ->
            {
                reject.wrapAndApplyHeader(buffer, offset, header);
                sessions.onReject(
                    sourceId, reject.endId(), reject.reason(), reject.localValue(), reject.remoteValue());
            }
            case CloseDecoder.TEMPLATE_ID ->
            {
                close.wrapAndApplyHeader(buffer, offset, header);
                sessions.onClose(sourceId, sessionId, close.endId(), close.consumedPosition(), close.reason());
            }
            case DirectDecoder.TEMPLATE_ID ->
            {
                final Session session = sessions.sessionFor(sourceId, sessionId);
                direct.wrapAndApplyHeader(buffer, offset, header);
                if (session != null && session.direct() != null && direct.endId() == session.peerEnd())
                {
                    session.direct().onPeer(direct);
                }
            }
            case ArenaDecoder.TEMPLATE_ID ->
            {
                final Session session = sessions.sessionFor(sourceId, sessionId);
                arena.wrapAndApplyHeader(buffer, offset, header);
                if (session != null && session.arenas() != null && arena.endId() == session.peerEnd())
                {
                    session.arenas().onPeer(arena);
                }
            }
            case CloseAckDecoder.TEMPLATE_ID -> sessions.onCloseAck(sourceId, sessionId);
            case ResetDecoder.TEMPLATE_ID ->
                sessions.onReset(
                    sourceId, reset.wrapAndApplyHeader(buffer, offset, header).endId(), reset.died() != 0);
            case CongestionDecoder.TEMPLATE_ID ->
            {
                congestion.wrapAndApplyHeader(buffer, offset, header);
                sessions.onNotice(sourceId, congestion.sessionId(), congestion.position());
            }
            default -> throw new MeshException(
                ErrorCode.PROTOCOL_VIOLATION, "templateId=" + templateId + " does not belong to a session");
        }
        return false;
    }

    /**
     * Takes an Open that came to the node of this context, and that nobody there takes.
     *
     * @param offset of the message header.
     */
    public void onOpenToHost(final long sourceId, final DirectBuffer buffer, final int offset)
    {
        open.wrapAndApplyHeader(buffer, offset, header);
        sessions.onOpen(sourceId, open, open.channelName(), open.sourceName(), Addressee.HOST);
    }

    /**
     * Whom an Open came to.
     */
    enum Addressee
    {
        /** This node or context. */
        SELF,
        /** The node of this context: it is taken here or left to others. */
        HOST
    }
}
