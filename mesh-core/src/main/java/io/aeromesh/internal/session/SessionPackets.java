package io.aeromesh.internal.session;

import io.aeromesh.internal.lease.ArenaAddress;
import io.aeromesh.internal.link.NodeSelf;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.codec.AckEncoder;
import io.aeromesh.protocol.codec.ArenaEncoder;
import io.aeromesh.protocol.codec.ArenaWord;
import io.aeromesh.protocol.codec.ChannelKind;
import io.aeromesh.protocol.codec.CloseAckEncoder;
import io.aeromesh.protocol.codec.CloseEncoder;
import io.aeromesh.protocol.codec.CloseReason;
import io.aeromesh.protocol.codec.CongestionEncoder;
import io.aeromesh.protocol.codec.DirectEncoder;
import io.aeromesh.protocol.codec.OpenEncoder;
import io.aeromesh.protocol.codec.RejectEncoder;
import io.aeromesh.protocol.codec.RejectReason;
import io.aeromesh.protocol.codec.ResetEncoder;

/**
 * Encodes the control packets of sessions straight into the lane. Each method returns false when there is no way or no
 * room now; nothing was sent then. Agent thread only.
 */
final class SessionPackets
{
    private final ControlSender sender;
    private final OpenEncoder open = new OpenEncoder();
    private final RejectEncoder reject = new RejectEncoder();
    private final AckEncoder ack = new AckEncoder();
    private final CloseEncoder close = new CloseEncoder();
    private final CloseAckEncoder closeAck = new CloseAckEncoder();
    private final ResetEncoder reset = new ResetEncoder();
    private final CongestionEncoder congestion = new CongestionEncoder();
    private final ArenaEncoder arena = new ArenaEncoder();
    private final DirectEncoder direct = new DirectEncoder();

    SessionPackets(final ControlSender sender)
    {
        this.sender = sender;
    }

    boolean open(final Session session, final NodeSelf self, final boolean wantsRetained)
    {
        final SessionOwner owner = session.owner();
        final int length = OpenEncoder.BLOCK_LENGTH +
            OpenEncoder.channelNameHeaderLength() + session.channelNameUtf8().length +
            OpenEncoder.sourceNameHeaderLength() + self.nameUtf8().length;
        if (!sender.begin(session.way(), session.peer().id(), 0, length))
        {
            return false;
        }
        open.wrapAndApplyHeader(sender.buffer(), sender.offset(), sender.messageHeader())
            .endId(session.localEnd())
            .peerEndId(session.peerEnd());
        open.instance().high(self.instanceHigh()).low(self.instanceLow());
        open.openSequence(session.openSequence())
            .schemaFingerprint(owner.schemaFingerprint())
            .startPosition(session.outbound() == null ? 0 : session.outbound().startPosition())
            .windowLength(owner.windowLength())
            .streamId(owner.streamId())
            .kind(owner.kind())
            .wantsRetained((short)(wantsRetained ? 1 : 0))
            .putChannelName(session.channelNameUtf8(), 0, session.channelNameUtf8().length)
            .putSourceName(self.nameUtf8(), 0, self.nameUtf8().length);
        sender.commit();
        return true;
    }

    boolean reject(
        final Destination to,
        final long endId,
        final ChannelKind kind,
        final RejectReason reason,
        final long localValue,
        final long remoteValue,
        final byte[] channelName)
    {
        final int length =
            RejectEncoder.BLOCK_LENGTH + RejectEncoder.channelNameHeaderLength() + channelName.length;
        if (!sender.begin(to.way(), to.id(), endId, length))
        {
            return false;
        }
        reject.wrapAndApplyHeader(sender.buffer(), sender.offset(), sender.messageHeader())
            .endId(endId)
            .reason(reason)
            .localValue(localValue)
            .remoteValue(remoteValue)
            .kind(kind)
            .putChannelName(channelName, 0, channelName.length);
        sender.commit();
        return true;
    }

    /**
     * Sends the state of the receiving half, with a probe and the answer to the last one of the peer.
     */
    boolean ack(final Session session, final long consumed, final long probe, final long probeAnswer)
    {
        final Inbound inbound = session.inbound();
        final RangeSet beyond = inbound.beyond();
        final int length = AckEncoder.BLOCK_LENGTH + AckEncoder.BlocksEncoder.sbeHeaderSize() +
            beyond.size() * AckEncoder.BlocksEncoder.sbeBlockLength();
        if (!sender.begin(session.way(), session.peer().id(), session.peerEnd(), length))
        {
            return false;
        }
        final AckEncoder.BlocksEncoder blocks =
            ack.wrapAndApplyHeader(sender.buffer(), sender.offset(), sender.messageHeader())
                .endId(session.localEnd())
                .consumedPosition(consumed)
                .receivedPosition(inbound.receivedPosition())
                .sentPosition(session.outbound().sentPosition())
                .probe(probe)
                .probeAnswer(probeAnswer)
                .echoSequence(inbound.echoSequence())
                .blocksCount(beyond.size());
        for (int i = 0; i < beyond.size(); i++)
        {
            blocks.next().beginPosition(beyond.begin(i)).endPosition(beyond.end(i));
        }
        sender.commit();
        return true;
    }

    /**
     * Asks whether an end is there, by an acknowledgement of nothing: if it is not, a reset says so.
     */
    boolean question(final Destination to, final long peerEnd)
    {
        if (!sender.begin(to.way(), to.id(), peerEnd,
            AckEncoder.BLOCK_LENGTH + AckEncoder.BlocksEncoder.sbeHeaderSize()))
        {
            return false;
        }
        ack.wrapAndApplyHeader(sender.buffer(), sender.offset(), sender.messageHeader())
            .endId(0)
            .consumedPosition(0)
            .receivedPosition(0)
            .sentPosition(0)
            .probe(0)
            .probeAnswer(0)
            .echoSequence(0)
            .blocksCount(0);
        sender.commit();
        return true;
    }

    boolean close(
        final Destination to,
        final long peerEnd,
        final long localEnd,
        final long finalPosition,
        final long consumedPosition,
        final CloseReason reason)
    {
        if (!sender.begin(to.way(), to.id(), peerEnd, CloseEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        close.wrapAndApplyHeader(sender.buffer(), sender.offset(), sender.messageHeader())
            .endId(localEnd)
            .finalPosition(finalPosition)
            .consumedPosition(consumedPosition)
            .reason(reason);
        sender.commit();
        return true;
    }

    boolean closeAck(final Destination to, final long peerEnd, final long localEnd, final long consumedPosition)
    {
        if (!sender.begin(to.way(), to.id(), peerEnd, CloseAckEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        closeAck.wrapAndApplyHeader(sender.buffer(), sender.offset(), sender.messageHeader())
            .endId(localEnd)
            .consumedPosition(consumedPosition);
        sender.commit();
        return true;
    }

    boolean reset(final Destination to, final long unknownEnd)
    {
        if (!sender.begin(to.way(), to.id(), 0, ResetEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        reset.wrapAndApplyHeader(sender.buffer(), sender.offset(), sender.messageHeader())
            .endId(unknownEnd)
            .died((short)0);
        sender.commit();
        return true;
    }

    boolean direct(final Session session, final DirectSetup setup)
    {
        final byte[] address = setup.address();
        final int length = DirectEncoder.BLOCK_LENGTH + DirectEncoder.addressHeaderLength() + address.length;
        if (!sender.begin(session.way(), session.peer().id(), session.peerEnd(), length))
        {
            return false;
        }
        direct.wrapAndApplyHeader(sender.buffer(), sender.offset(), sender.messageHeader())
            .endId(session.localEnd())
            .wanted((short)(setup.isWanted() ? 1 : 0))
            .failed((short)(setup.isFailed() ? 1 : 0))
            .processToken(setup.processToken())
            .hostToken(setup.hostToken())
            .regionId(setup.regionId())
            .order(setup.nextOrder())
            .putAddress(address, 0, address.length);
        sender.commit();
        return true;
    }

    boolean arena(
        final Session session, final ArenaAddress address, final ArenaWord word, final long memoryToken)
    {
        final byte[] ownerName = NodeIds.utf8(address.creatorName());
        final int length = ArenaEncoder.BLOCK_LENGTH + ArenaEncoder.ownerNameHeaderLength() + ownerName.length;
        if (!sender.begin(session.way(), session.peer().id(), session.peerEnd(), length))
        {
            return false;
        }
        arena.wrapAndApplyHeader(sender.buffer(), sender.offset(), sender.messageHeader()).endId(session.localEnd());
        arena.instance().high(address.instanceHigh()).low(address.instanceLow());
        arena.directoryId(address.directoryId()).word(word).memoryToken(memoryToken)
            .putOwnerName(ownerName, 0, ownerName.length);
        sender.commit();
        return true;
    }

    boolean congestion(final Destination to, final long sessionId, final long position)
    {
        if (!sender.begin(to.way(), to.id(), 0, CongestionEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        congestion.wrapAndApplyHeader(sender.buffer(), sender.offset(), sender.messageHeader())
            .sessionId(sessionId)
            .position(position);
        sender.commit();
        return true;
    }
}
