package io.aeromesh.internal.session;

import io.aeromesh.ChannelSpec.Lifetime;
import io.aeromesh.SessionReport;
import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.SessionReport.Outcome;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.os.Waiter;
import io.aeromesh.protocol.codec.ChannelKind;
import io.aeromesh.protocol.codec.CloseReason;
import io.aeromesh.status.ChannelCounters;
import io.aeromesh.status.MeshHistogram;

/**
 * The agent's side of a {@link PeerChannel}: one session after the other.
 */
final class PeerEnd implements SessionOwner
{
    private static final long ACKNOWLEDGED_INTERVAL_NS = 1_000_000;

    private final PeerChannel channel;
    private final ChannelGate gate;
    private final SendStream send;
    private final Destination peer;
    private final SessionNode node;
    private Session session;
    private SendCursor cursor;
    private boolean missedOpen;
    private boolean closing;
    private boolean closed;
    private long closeDeadlineNs;
    private long nextNoteNs;
    private final ChannelCounters counters;
    private final AcknowledgedSample sample;
    private boolean isConsumed;
    private PeerChannel successor;

    PeerEnd(final PeerChannel channel, final Destination peer, final SessionNode node)
    {
        this.channel = channel;
        this.peer = peer;
        this.node = node;
        counters = node.counters().channel(channel.toString());
        sample = new AcknowledgedSample(node.status().times(MeshHistogram.ACKNOWLEDGED));
        gate = channel.gate();
        send = channel.send();
        begin();
    }

    private void begin()
    {
        sample.reset();
        cursor = new SendCursor();
        cursor.position(send.freedPosition());
        session = node.newSession(this, peer, false);
        session.direct(new DirectSetup(session, node, gate, windowLength()));
        if (!node.memories().isEmpty())
        {
            session.arenas(new ArenaSetup(session, node));
        }
    }

    /**
     * What it is found by.
     */
    ChannelKey key()
    {
        return new ChannelKey(peer.id(), channel.name());
    }

    PeerChannel channel()
    {
        return channel;
    }

    Destination peer()
    {
        return peer;
    }

    Session session()
    {
        return session;
    }

    /**
     * Notes a channel that takes this one's place when it has drained; one that waited before is closed unused.
     */
    void succeededBy(final PeerChannel next)
    {
        if (successor != null)
        {
            successor.closeUnused();
        }
        successor = next;
    }

    PeerChannel successor()
    {
        return successor;
    }

    /**
     * The peer has asked for a session while the last one was not reported yet. This end asks the peer in its turn,
     * unless it is closed before.
     */
    void missOpen()
    {
        missedOpen = true;
    }

    boolean hasMissedOpen()
    {
        return missedOpen;
    }

    boolean isClosed()
    {
        return closed;
    }

    int doWork(final long nowNs)
    {
        if (gate.waiter() != null)
        {
            passBellOn();
        }
        if (gate.isCloseRequested() && close(nowNs))
        {
            return 1;
        }
        if (session.state() == Session.State.ENDED)
        {
            return gate.state() == ChannelGate.ENDED && gate.isReported() ? afterReport() : 0;
        }
        final String failure = failure();
        if (failure != null)
        {
            node.counters().malformed();
            node.report(new MeshException(ErrorCode.PROTOCOL_VIOLATION, channel + ": " + failure));
            node.closeLater(session, CloseReason.PROTOCOL_ERROR);
            session.end(EndReason.PROTOCOL_ERROR, Outcome.UNKNOWN);
            return 1;
        }
        final boolean hasWay = session.way() != null;
        if (gate.state() == ChannelGate.CONNECTED != hasWay && session.state() == Session.State.CONNECTED)
        {
            gate.publish(hasWay ? ChannelGate.CONNECTED : ChannelGate.NO_ROUTE);
        }
        noteDirect(nowNs);
        return show(session.doWork(nowNs), nowNs);
    }

    /**
     * Shows how far the channel is. Apart, so that {@link #doWork} stays short enough to be inlined where all channels
     * are run.
     *
     * @return the work.
     */
    private int show(final int work, final long nowNs)
    {
        if (work > 0 || isConsumed)
        {
            isConsumed = false;
            counters.sent(channel.acceptedPosition(), channel.acknowledgedPosition());
            counters.received(session.inbound() == null ? 0 : session.inbound().receivedPosition());
            channel.count(node.counters());
            if (sample.isDue(nowNs))
            {
                sample.look(send.tailPosition(), send.freedPosition(), nowNs);
            }
        }
        return work;
    }

    /**
     * The peer's thread has rung for this end's thread, which only this process can wake.
     */
    private void passBellOn()
    {
        final DirectLink link = gate.direct();
        if (link != null && gate.waiter().isArmed() && link.parking().isRung())
        {
            gate.waiter().wake();
        }
    }

    /**
     * What the peer wrote that can not be, or null.
     */
    private String failure()
    {
        final String byProxy = session.failure();
        final DirectLink link = gate.direct();
        return byProxy != null || link == null ? byProxy : link.pipe().reader().failure();
    }

    /**
     * Seldom, as a look takes the line from the peer's core.
     */
    private void noteDirect(final long nowNs)
    {
        final DirectLink link = gate.direct();
        if (link != null && nowNs - nextNoteNs >= 0)
        {
            nextNoteNs = nowNs + ACKNOWLEDGED_INTERVAL_NS;
            counters.sent(channel.acceptedPosition(), channel.noteAcknowledged(link));
            channel.count(node.counters());
        }
    }

    private int afterReport()
    {
        LettingGo.free(channel); // the end's thread has let go with its report
        if (channel.spec().lifetime() == Lifetime.ONE_SESSION)
        {
            finish(null);
        }
        else
        {
            send.free(gate.reportedPosition); // a claim may have been committed since, for the next session
            gate.nextSession();
            gate.publish(ChannelGate.CONNECTING);
            begin();
        }
        return 1;
    }

    /**
     * Waits for the peer to consume what was accepted, up to the bound.
     *
     * @return true when the end is closed now.
     */
    private boolean close(final long nowNs)
    {
        if (!closing)
        {
            closing = true;
            closeDeadlineNs = nowNs + channel.spec().closeDrainNs();
        }
        final DirectLink link = gate.direct();
        final boolean drained = acknowledged(link) >= channel.acceptedPosition();
        final boolean letGo = link == null || channel.isLetGo(node.closer());
        if (session.state() == Session.State.CONNECTED && !(drained && letGo) && nowNs - closeDeadlineNs < 0)
        {
            return false;
        }
        closeNow(EndReason.CLOSED_HERE, CloseReason.CLOSED_BY_PEER);
        return true;
    }

    /**
     * Whether it waits for what no event tells: its bound, or how far the peer has consumed directly.
     */
    boolean isClosing()
    {
        return closing;
    }

    private long acknowledged(final DirectLink link)
    {
        return link == null ? channel.acknowledgedPosition() : channel.noteAcknowledged(link);
    }

    /**
     * Closes without waiting.
     *
     * @param toPeer what the peer is told, unless this end's thread may still consume what came directly.
     */
    void closeNow(final EndReason reason, final CloseReason toPeer)
    {
        if (closed)
        {
            return;
        }
        final SessionReport report = new SessionReport(channel.peer(), channel.name(), reason, startPosition(),
            acknowledged(gate.direct()), channel.acceptedPosition(), Outcome.UNKNOWN);
        closed = true;
        if (session.state() != Session.State.ENDED)
        {
            final boolean letGo = gate.direct() == null || channel.isLetGo(node.closer());
            node.closeLater(session, letGo ? toPeer : CloseReason.ABANDONED);
            session.end(reason, Outcome.UNKNOWN);
        }
        finish(report);
    }

    private void finish(final SessionReport report)
    {
        closed = true;
        counters.close();
        channel.closeReport(report);
        send.abandon();
        if (session.inbound() != null)
        {
            session.inbound().stream().abandon();
        }
        gate.requestClose();
        gate.publish(ChannelGate.CLOSED);
        node.letGo(channel, session);
    }

    private long startPosition()
    {
        return session.outbound() == null ? send.freedPosition() : session.outbound().startPosition();
    }

    // --- SessionOwner ---

    @Override
    public Waiter waiter()
    {
        return gate.waiter();
    }

    @Override
    public String channelName()
    {
        return channel.name();
    }

    @Override
    public ChannelKind kind()
    {
        return ChannelKind.PROXY;
    }

    @Override
    public long schemaFingerprint()
    {
        return channel.spec().schemaFingerprint();
    }

    @Override
    public int windowLength()
    {
        return channel.spec().windowLength();
    }

    @Override
    public long streamId()
    {
        return 0;
    }

    @Override
    public boolean admits(final Session any)
    {
        return true;
    }

    @Override
    public Outbound newOutbound(final Session forSession, final boolean wantsRetained)
    {
        return new Outbound(send, cursor, cursor.position());
    }

    @Override
    public void onReady(final Session ready)
    {
        gate.receive = ready.inbound().stream();
    }

    @Override
    public void onConnected(final Session connected)
    {
        counters.connected();
        gate.publish(connected.way() != null ? ChannelGate.CONNECTED : ChannelGate.NO_ROUTE);
        if (connected.direct() != null)
        {
            connected.direct().onConnected(connected.inbound().stream().capacity());
        }
    }

    @Override
    public void onConsumed(final Session acknowledged)
    {
        send.free(acknowledged.outbound().consumedPosition());
        isConsumed = true;
    }

    @Override
    public void onEnded(final Session ended, final EndReason reason, final Outcome outcome)
    {
        if (closed)
        {
            return;
        }
        if (ended.inbound() == null)
        {
            begin(); // it never began for the application
            return;
        }
        gate.endReason = reason;
        gate.outcome = outcome;
        gate.startPosition = ended.outbound().startPosition();
        gate.acknowledgedPosition = send.freedPosition();
        gate.publish(ChannelGate.ENDED);
    }

    @Override
    public void onRejected(final Session rejected, final MeshException error)
    {
        gate.reject(error);
    }
}
