package io.aeromesh.internal.session;

import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.SessionReport.Outcome;
import io.aeromesh.internal.lease.LeasePeer;
import io.aeromesh.internal.link.Link;
import io.aeromesh.protocol.NodeIds;
import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.protocol.codec.AckDecoder;
import io.aeromesh.protocol.codec.ChannelKind;
import io.aeromesh.protocol.codec.CloseReason;
import io.aeromesh.protocol.codec.OpenDecoder;
import io.aeromesh.spi.Lane;
import io.aeromesh.status.MeshEvent;
import org.agrona.DirectBuffer;

/**
 * One open of a channel, seen from one end: the pair of end ids, what is sent and what is received.
 * <pre>
 *   OPENING --peer's end known--> GREETED --peer knows ours, its stream starts at a known position--> READY
 *   READY --first acknowledgement: the peer is ready too--> CONNECTED --> ENDED
 * </pre>
 * Everything owed to the peer is a due flag; flags stay set until there is room and a way, and an event (a change of
 * path, a notice of discards) sets them again. So nothing here needs a timer.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Allocation:</b> none while connected.
 */
final class Session
{
    /** Longest DATA packet: keeps hops fair and a discard small. */
    static final int PACKET_LENGTH_MAX = 8 * 1024;
    /** Packets that one session sends in one duty cycle. */
    private static final int PACKETS_PER_CYCLE = 16;

    enum State
    {
        OPENING, GREETED, READY, CONNECTED, ENDED
    }

    private final SessionOwner owner;
    private Destination peer;
    private final SessionNode node;
    private long localEnd;
    private long openSequence;
    private final byte[] channelNameUtf8;
    private final boolean wantsRetained;

    private State state = State.OPENING;
    private long peerEnd;
    private long peerOpenSequence;
    private long peerInstanceHigh;
    private long peerInstanceLow;
    private long peerStreamId;
    private Outbound outbound;
    private Inbound inbound;

    private DirectSetup direct;
    private ArenaSetup arenas;
    private boolean openDue = true;
    private boolean probeDue;
    private boolean hadNoWay;
    private boolean isOpenSent;
    private boolean echoSent;
    private long peerProbe;
    /** Once answered, the peer's session lasts, and a handle that was not good before is none. */
    private long doubtProbe;
    private boolean isDoubtConfirmed;

    Session(
        final SessionOwner owner,
        final Destination peer,
        final SessionNode node,
        final long localEnd,
        final long openSequence,
        final boolean wantsRetained)
    {
        this.owner = owner;
        this.peer = peer;
        this.node = node;
        this.localEnd = localEnd;
        this.openSequence = openSequence;
        this.wantsRetained = wantsRetained;
        channelNameUtf8 = NodeIds.utf8(owner.channelName());
    }

    /**
     * Goes on as another end, before anything was received.
     */
    void renew(final long freshEnd, final long freshOpenSequence)
    {
        localEnd = freshEnd;
        openSequence = freshOpenSequence;
    }

    SessionOwner owner()
    {
        return owner;
    }

    Destination peer()
    {
        return peer;
    }

    /**
     * A context of the peer has answered in its place, before anything else was said.
     */
    void peer(final Destination context)
    {
        peer = context;
    }

    /**
     * The first link on the way to the peer: the direct stream where this session has it, else the next hop, else the
     * stream that other sessions have; null: no way now.
     */
    Link way()
    {
        final Link stream = direct == null ? null : direct.stream();
        if (stream != null)
        {
            return stream;
        }
        final Link routed = peer.routedLink();
        return routed == null && direct != null && direct.isWanted() ? peer.stream().link() : routed;
    }

    State state()
    {
        return state;
    }

    long localEnd()
    {
        return localEnd;
    }

    long peerEnd()
    {
        return peerEnd;
    }

    long peerStreamId()
    {
        return peerStreamId;
    }

    long openSequence()
    {
        return openSequence;
    }

    byte[] channelNameUtf8()
    {
        return channelNameUtf8;
    }

    /**
     * Whether the peer may keep it as a request for a channel that it has not open.
     */
    boolean isRequest()
    {
        return isOpenSent && peerEnd == 0 && owner.kind() == ChannelKind.PROXY;
    }

    /**
     * The peer has the channel open: it is told again that this end has.
     */
    void greetAgain()
    {
        openDue |= state == State.OPENING;
    }

    /**
     * The peer is told again that this end has the channel open, and so are its contexts.
     */
    void announce()
    {
        openDue = true;
    }

    /**
     * Whether the peer's end is of that open of the channel, or a later one.
     */
    boolean isOfOpen(final long instanceHigh, final long instanceLow, final long sequence)
    {
        return peerInstanceHigh == instanceHigh && peerInstanceLow == instanceLow && peerOpenSequence >= sequence;
    }

    /**
     * Of the instance that the peer's end belongs to.
     */
    long peerInstanceHigh()
    {
        return peerInstanceHigh;
    }

    long peerInstanceLow()
    {
        return peerInstanceLow;
    }

    /**
     * The peer's instance, as one that leases are handed to and come from.
     */
    LeasePeer leasePeer()
    {
        return new LeasePeer(node.leases(), peerInstanceHigh, peerInstanceLow);
    }

    /**
     * What joins the two ends directly, or null where nothing may.
     */
    DirectSetup direct()
    {
        return direct;
    }

    void direct(final DirectSetup setup)
    {
        direct = setup;
    }

    /**
     * What lets leases be handed over, or null where they never are.
     */
    ArenaSetup arenas()
    {
        return arenas;
    }

    void arenas(final ArenaSetup setup)
    {
        arenas = setup;
    }

    Outbound outbound()
    {
        return outbound;
    }

    Inbound inbound()
    {
        return inbound;
    }

    // --- events ---

    /**
     * The way to the peer was replaced, or a relay discarded something on it: whatever was under way may be lost.
     */
    void onPathChanged()
    {
        openDue |= state != State.CONNECTED;
        if (direct != null)
        {
            direct.onPathChanged();
        }
        if (arenas != null)
        {
            arenas.onPathChanged();
        }
        if (inbound != null)
        {
            inbound.ackDue();
            // also before the peer is known to be ready: it may be, and have broadcast what was lost
            probeDue = true;
        }
        if (hadNoWay)
        {
            hadNoWay = false;
            if (outbound != null)
            {
                outbound.repairAll(); // what was under way is lost: a question first would cost a round trip
            }
        }
    }

    /**
     * The direct stream to the peer is up or down.
     *
     * @param isLoss whether what was under way may be lost.
     */
    void onStream(final boolean isLoss)
    {
        if (direct != null)
        {
            direct.onStream();
            if (isLoss || hadNoWay || state != State.CONNECTED)
            {
                onPathChanged(); // else nothing is lost: what comes by the old way later has its place in the ring
            }
        }
    }

    /**
     * This node has another place for direct streams, or none; what was under way along one may be lost.
     */
    void onPlaceChanged()
    {
        if (direct != null)
        {
            direct.onPlaceChanged();
            onPathChanged();
        }
    }

    /**
     * The routing table knows another instance of the peer than before.
     */
    void onPeerInstance(final long instanceHigh, final long instanceLow)
    {
        if (peerEnd != 0 && (peerInstanceHigh != instanceHigh || peerInstanceLow != instanceLow))
        {
            end(EndReason.PEER_RESTARTED, Outcome.UNKNOWN);
        }
        else
        {
            onPathChanged();
        }
    }

    /**
     * Takes an Open that was checked: it comes from the peer's current instance, fits the schema and the limits.
     */
    void onOpen(final OpenDecoder open)
    {
        final long theirEnd = open.endId();
        final long ourEnd = open.peerEndId();
        final long instanceHigh = open.instance().high();
        final long instanceLow = open.instance().low();
        if (peerEnd != 0 && theirEnd != peerEnd)
        {
            final boolean sameInstance = instanceHigh == peerInstanceHigh && instanceLow == peerInstanceLow;
            if (!sameInstance && !peer.isRouted())
            {
                onPathChanged(); // nobody says which instance of a context is the later: that one answers the question
                return;
            }
            if (!sameInstance || open.openSequence() > peerOpenSequence)
            {
                end(sameInstance ? EndReason.REPLACED_BY_PEER : EndReason.PEER_RESTARTED, Outcome.UNKNOWN);
            }
            return;
        }
        if (ourEnd != 0 && ourEnd != localEnd)
        {
            openDue = true; // the peer still means an older end of ours
            return;
        }

        if (outbound == null)
        {
            peerInstanceHigh = instanceHigh;
            peerInstanceLow = instanceLow;
            if (!owner.admits(this))
            {
                openDue = true; // which makes the peer say it again
                return;
            }
            outbound = owner.newOutbound(this, open.wantsRetained() != 0);
            if (outbound == null)
            {
                node.rejectFull(this, theirEnd);
                return;
            }
            peerEnd = theirEnd;
            peerOpenSequence = open.openSequence();
            peerStreamId = open.streamId();
            state = State.GREETED;
            node.onPeerEnd(this);
        }
        openDue |= ourEnd == 0 || !echoSent;
        if (state == State.GREETED && ourEnd == localEnd)
        {
            inbound = new Inbound(new ReceiveStream(peer.name(), (int)open.windowLength(), open.startPosition(),
                leasePeer(), owner.waiter()), open.startPosition());
            state = State.READY;
            owner.onReady(this);
        }
    }

    /**
     * A later end of the peer asks whoever serves its channel: the one before may have chosen another for that, and has
     * told nobody. Ends no session that has begun.
     */
    void leaveUnlessBegun(final OpenDecoder open)
    {
        final boolean isLater = open.openSequence() > peerOpenSequence ||
            open.instance().high() != peerInstanceHigh || open.instance().low() != peerInstanceLow;
        if (open.endId() != peerEnd && isLater)
        {
            onRejected();
        }
    }

    /**
     * The peer will not take its part as it is now: nothing is owed to it. It is asked again after a change, by a fresh
     * end: the word may have come late, and it has since taken its part, from a position on that is not owed any more.
     */
    void onRejected()
    {
        if (state == State.GREETED)
        {
            node.renew(this);
            peerEnd = 0;
            peerStreamId = 0;
            echoSent = false;
            outbound = null;
            state = State.OPENING;
        }
    }

    void onAck(final AckDecoder ack)
    {
        if (ack.endId() != peerEnd || state != State.READY && state != State.CONNECTED)
        {
            return;
        }
        if (!outbound.onAck(ack.consumedPosition(), ack.receivedPosition()))
        {
            node.counters().malformed();
            return;
        }
        final int echoSequence = ack.echoSequence();
        final long probe = ack.probe();
        final long probeAnswer = ack.probeAnswer();
        final RangeSet peerBeyond = outbound.peerBeyond();
        peerBeyond.clear();
        final AckDecoder.BlocksDecoder blocks = ack.blocks();
        while (blocks.hasNext())
        {
            blocks.next();
            final long misaligned = (blocks.beginPosition() | blocks.endPosition()) & (StreamRecord.ALIGNMENT - 1);
            if (misaligned == 0 && blocks.beginPosition() < blocks.endPosition())
            {
                peerBeyond.add(blocks.beginPosition(), blocks.endPosition());
            }
        }
        peerBeyond.advance(outbound.receivedPosition());

        if (state == State.READY)
        {
            state = State.CONNECTED;
            node.status().events().note(MeshEvent.SESSION_CONNECTED, owner.channelName(), peer.name());
            // a broadcast may have been under way before the peer was ready for it
            probeDue |= outbound.sentPosition() > outbound.receivedPosition();
            owner.onConnected(this);
        }
        if (probe != 0)
        {
            peerProbe = Math.max(peerProbe, probe); // an older one may come later, by another way
            inbound.ackDue();
            if (owner.kind() == ChannelKind.BROADCAST)
            {
                outbound.repairAll(); // the peer's way to us has changed, along which our broadcasts went
            }
        }
        if (probeAnswer != 0)
        {
            outbound.onProbeAnswer(probeAnswer);
            isDoubtConfirmed |= doubtProbe != 0 && probeAnswer >= doubtProbe;
        }
        outbound.onGaps(echoSequence);
        owner.onConsumed(this);
    }

    /**
     * The kernel, or the peer's node on its word, says that the peer is dead. Whether it closed before is in the memory
     * that joins the two ends, if any does: the word of that by the nodes may still be on its way, or lost.
     */
    void onPeerDied()
    {
        final CloseReason reason = state == State.ENDED || direct == null ? null : direct.peerClose();
        if (reason == null)
        {
            end(EndReason.PEER_DIED, Outcome.UNKNOWN);
        }
        else
        {
            onClose(direct.peerConsumed(), reason);
        }
    }

    /**
     * This end is being closed, and the peer is told: so it is where it looks when this process is gone.
     */
    void onClosing(final CloseReason reason)
    {
        if (direct != null)
        {
            final ReceiveStream stream = inbound == null ? null : inbound.stream();
            // while a handler is at work nobody can say yet what will have been consumed
            final boolean isFinal = stream == null || stream.isQuiet();
            direct.onClosing(isFinal ? reason : CloseReason.ABANDONED, stream == null ? 0 : stream.consumedPosition());
        }
    }

    /**
     * The peer has closed its end, having consumed up to the position.
     */
    void onClose(final long consumed, final CloseReason reason)
    {
        if (outbound != null && consumed > outbound.consumedPosition() && consumed <= outbound.sentPosition())
        {
            outbound.onAck(consumed, Math.max(consumed, outbound.receivedPosition()));
            owner.onConsumed(this);
        }
        end(switch (reason)
        {
            case REPLACED -> EndReason.REPLACED_BY_PEER;
            case EVICTED -> EndReason.EVICTED;
            case PROTOCOL_ERROR -> EndReason.PROTOCOL_ERROR;
            // ABANDONED: its thread may go on with what it has
            default -> EndReason.CLOSED_BY_PEER;
        }, reason == CloseReason.CLOSED_BY_PEER || reason == CloseReason.REPLACED ?
            Outcome.NOT_CONSUMED : Outcome.UNKNOWN); // else the peer's application may go on with what it has
    }

    /**
     * A relay discarded packets that this end sent; for a packet without stream bytes the position is
     * {@link ControlSender#NO_POSITION}.
     */
    void onCongestion(final long position)
    {
        if (position != ControlSender.NO_POSITION && outbound != null && state == State.CONNECTED)
        {
            outbound.onCongestion(position & -StreamRecord.ALIGNMENT);
        }
        onPathChanged();
    }

    void onData(final long position, final int sequence, final DirectBuffer buffer, final int offset, final int length)
    {
        if (inbound == null)
        {
            return; // the peer sends again what was under way before we were ready, see onAck
        }
        inbound.onSequence(sequence);
        onStreamBytes(position, buffer, offset, length);
    }

    void onBroadcast(final long position, final DirectBuffer buffer, final int offset, final int length)
    {
        if (inbound != null)
        {
            onStreamBytes(position, buffer, offset, length);
        }
    }

    private void onStreamBytes(final long position, final DirectBuffer buffer, final int offset, final int length)
    {
        switch (inbound.onData(position, buffer, offset, length))
        {
            case STORED ->
                {
                }
            case DUPLICATE -> node.counters().duplicate();
            case MALFORMED -> node.counters().malformed();
            case BEYOND_WINDOW, TOO_SCATTERED -> node.counters().beyondWindow();
        }
    }

    /**
     * Ends the session at this end and tells the owner. Nothing is sent.
     */
    void end(final EndReason reason, final Outcome outcome)
    {
        if (state != State.ENDED)
        {
            state = State.ENDED;
            if (inbound != null)
            {
                node.status().events().note(
                    MeshEvent.SESSION_ENDED, owner.channelName(), peer.name() + ": " + reason);
                inbound.stream().end();
            }
            if (direct != null)
            {
                direct.onEnded();
            }
            node.onEnded(this);
            owner.onEnded(this, reason, outcome);
        }
    }

    /**
     * What the peer wrote that can not be, or null. A handle that is not good may be one that the peer has taken back
     * as its session is over, and the word of that is still on its way: it is asked, and if it answers, it is not so.
     */
    String failure()
    {
        final ReceiveStream stream = inbound == null ? null : inbound.stream();
        if (stream == null || !stream.isStuck() || stream.failure() != null)
        {
            return stream == null ? null : stream.failure();
        }
        if (doubtProbe == 0)
        {
            doubtProbe = outbound.nextProbe();
            probeDue = true;
        }
        return isDoubtConfirmed ? stream.doubt() : null;
    }

    /**
     * Whether the application has read all whole messages that have come.
     */
    boolean isRead()
    {
        return inbound == null || inbound.stream().isReadUpTo(inbound.receivedPosition());
    }

    // --- duty ---

    /**
     * Sends what is due, and data while connected.
     */
    int doWork(final long nowNs)
    {
        if (direct != null)
        {
            direct.follow(nowNs);
        }
        final Link way = way();
        if (way == null)
        {
            hadNoWay = true;
            return 0;
        }

        int work = 0;
        if (openDue)
        {
            work += sendOpen();
        }
        if (inbound != null && !openDue && inbound.isAckDue() | probeDue)
        {
            work += sendAck();
        }
        if (inbound != null && inbound.isNoticeDue() &&
            node.packets().congestion(peer, localEnd, inbound.discardedPosition()))
        {
            inbound.onNoticeSent();
            work++;
        }
        if (direct != null)
        {
            work += direct.doWork();
        }
        if (arenas != null)
        {
            work += arenas.doWork();
        }
        if (state == State.CONNECTED)
        {
            work += sendData(way.data());
        }
        return work;
    }

    private int sendOpen()
    {
        if (!node.packets().open(this, node.self(), wantsRetained))
        {
            return 0;
        }
        openDue = false;
        isOpenSent = true;
        echoSent = peerEnd != 0;
        return 1;
    }

    private int sendAck()
    {
        final long consumed = inbound.stream().consumedPosition();
        inbound.followReader(); // after that look, so that nothing consumed is beyond what is received
        final long probe = probeDue ? outbound.startProbe() : 0;
        // each answers the last question, as the one that did may have been lost with the way that it went by
        if (!node.packets().ack(this, consumed, probe, peerProbe))
        {
            return 0;
        }
        inbound.onAckSent(consumed);
        probeDue = false;
        return 1;
    }

    private int sendData(final Lane lane)
    {
        final int payloadMax =
            Math.min(lane.maxPacketLength(), PACKET_LENGTH_MAX) - PacketHeader.LENGTH & -StreamRecord.ALIGNMENT;
        int packets = 0;
        while (packets < PACKETS_PER_CYCLE)
        {
            final long position = outbound.nextRepair();
            if (position < 0)
            {
                break;
            }
            final int length = outbound.stream().contiguous(position, outbound.repairLength(payloadMax));
            if (!sendPacket(lane, position, length))
            {
                return packets;
            }
            outbound.repaired(length);
            node.counters().resent();
            packets++;
        }
        return owner.kind() == ChannelKind.PROXY ? packets + sendNew(lane, payloadMax, packets) : packets;
    }

    private int sendNew(final Lane lane, final int payloadMax, final int sentAlready)
    {
        final SendStream stream = outbound.stream();
        final long tail = stream.tailPosition();
        outbound.followWriter(); // after the tail: before it, the bytes up to that tail could be taken for this way's
        final long limit = Math.min(tail, outbound.sendLimit() & -StreamRecord.ALIGNMENT);
        int packets = 0;
        while (outbound.sentPosition() < limit && sentAlready + packets < PACKETS_PER_CYCLE)
        {
            final long position = outbound.sentPosition();
            final int length = stream.contiguous(position, (int)Math.min(payloadMax, limit - position));
            if (!sendPacket(lane, position, length))
            {
                break;
            }
            outbound.sent(length);
            packets++;
        }
        return packets;
    }

    private boolean sendPacket(final Lane lane, final long position, final int length)
    {
        final int offset = lane.tryClaim(PacketHeader.LENGTH + length);
        if (offset < 0)
        {
            return false;
        }
        PacketHeader.write(lane.buffer(), offset, PacketHeader.DATA, node.hopLimit(), outbound.takeSequence(),
            peer.id(), node.self().id(), peerEnd, position);
        outbound.stream().copyTo(position, length, lane.buffer(), offset + PacketHeader.LENGTH);
        lane.commit();
        return true;
    }
}
