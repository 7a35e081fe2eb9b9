package io.aeromesh.aeron;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.EdgeListener;
import io.aeron.Image;

/**
 * What we have with one remote session, over all of its generations.
 * <p>
 * Each end draws a link id per generation and tells it to the other in OPEN frames; packets carry the receiver's id. An
 * end is up when it has seen its own id echoed and has sent the echo of the other's. An OPEN is answered until both
 * echo, so whichever end sees the other later starts it, and no timer is needed. Another id in an OPEN, a CLOSE, or
 * the end of an image ends the generation. The next one begins after {@link #RENEWAL_DELAY_NS}, so that an edge that
 * is refused again and again costs little.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Owns:</b> the present generation's edge until it goes down, and the
 * receivers of the session's images.
 */
final class Link
{
    /** Between the end of a generation and the next one, in nanoseconds. */
    static final long RENEWAL_DELAY_NS = DriverSettings.CHECK_INTERVAL_NS;

    private enum State
    {
        /** No edge. */
        IDLE,
        /** Edge made, not announced. */
        PENDING,
        /** Edge announced. */
        UP
    }

    private final AeronMedium medium;
    private final int remoteSessionId;
    private LaneReceiver control;
    private LaneReceiver data;
    private LinkReceiver frames;
    private AeronEdge edge;
    private State state = State.IDLE;
    private String peerName = "";
    private String downReason;
    private int localId;
    private int remoteId;
    private int sentEcho;
    private boolean isEchoed;
    private boolean isOpenDue;
    private boolean isRefusalSent;
    private boolean isRenewal;
    private boolean isRetired;
    private long renewalNs;

    Link(final AeronMedium medium, final int remoteSessionId)
    {
        this.medium = medium;
        this.remoteSessionId = remoteSessionId;
    }

    int remoteSessionId()
    {
        return remoteSessionId;
    }

    /**
     * Name of the node at the other end, as it said; empty: not yet.
     */
    String peerName()
    {
        return peerName;
    }

    /**
     * Whether all images of that session are here.
     */
    boolean isWhole()
    {
        return control != null && data != null && frames != null;
    }

    boolean isUp()
    {
        return state == State.UP;
    }

    /**
     * True if nothing is left to do for that session.
     */
    boolean isOver()
    {
        return state == State.IDLE && control == null && data == null && frames == null;
    }

    void onImage(final StreamKind kind, final LiveImage image, final int sessionId)
    {
        switch (kind)
        {
            case CONTROL -> control = new LaneReceiver(this, image);
            case DATA -> data = new LaneReceiver(this, image);
            default -> frames = new LinkReceiver(this, image, sessionId);
        }
        isRetired = false;
    }

    void onNoImage(final Image image)
    {
        if (control != null && control.isOf(image))
        {
            control = null;
            fail("the peer's control lane has ended");
        }
        if (data != null && data.isOf(image))
        {
            data = null;
            fail("the peer's data lane has ended");
        }
        if (frames != null && frames.isOf(image))
        {
            frames = null;
            fail("the peer has ended");
        }
    }

    /**
     * The streams go: lets go of their memory. An edge that was up is reported down at the next duty cycle.
     */
    void onStreamsGone(final String reason)
    {
        fail(reason);
        control = null;
        data = null;
        frames = null;
        if (state == State.PENDING)
        {
            toIdle();
        }
    }

    void flush()
    {
        medium.flush();
    }

    int doWork(final long nowNs, final EdgeListener listener)
    {
        int workCount = frames == null ? 0 : frames.poll();
        if (state != State.IDLE && downReason == null && (frames == null || frames.isEnded()))
        {
            fail("the peer has ended");
        }
        else if (state != State.IDLE && downReason == null && !medium.isConnected())
        {
            fail("the peer is silent");
        }

        if (state == State.IDLE)
        {
            workCount += begin(nowNs);
        }
        else if (state == State.PENDING)
        {
            workCount += pending(listener);
        }
        if (state == State.UP && downReason != null)
        {
            goDown(listener);
            workCount++;
        }
        return workCount + (state == State.UP ? 0 : pump());
    }

    /**
     * Another session of the same node has taken the place of this one.
     */
    void retire(final EdgeListener listener)
    {
        isRetired = true;
        fail("a newer session of " + peerName + " took its place");
        goDown(listener);
    }

    /**
     * Ends the edge from this side; what {@link AeronEdge#close} does.
     */
    void onEdgeClosed(final AeronEdge closed)
    {
        if (closed == edge)
        {
            if (state == State.UP)
            {
                sendClose();
            }
            toIdle();
        }
    }

    /**
     * The medium closes: tells the peer, which would otherwise have to wait for our streams to end.
     */
    void sayGoodbye()
    {
        if (state == State.UP && downReason == null)
        {
            sendClose();
        }
    }

    void onFrame(final LinkFrame frame)
    {
        if (frame.type() == LinkFrame.OPEN)
        {
            peerName = frame.name();
            onOpen(frame.sender(), frame.echo());
        }
        else if (localId != 0 && frame.echo() == localId)
        {
            if (frame.type() == LinkFrame.REFUSE)
            {
                medium.onError(new MeshException(ErrorCode.LINK_TAKEN, "edge " + medium.config().toUri() +
                    " is used by nodes " + frame.name() + " and " + frame.other()));
            }
            remoteId = 0;
            isEchoed = false;
            if (state == State.UP)
            {
                fail(frame.type() == LinkFrame.REFUSE ? "refused by the peer" : "closed by the peer");
            }
        }
    }

    /**
     * The session's bytes make no sense: reads no more of it.
     */
    void onBadBytes(final String what)
    {
        final MeshException violation = new MeshException(ErrorCode.PROTOCOL_VIOLATION,
            what + " from session " + remoteSessionId + " on edge " + medium.config().toUri() + "; " +
                medium.describeDriver());
        medium.onBadBytes(violation, state != State.IDLE);
        fail("bad bytes from the peer");
        control = null;
        data = null;
        frames = null;
    }

    private void onOpen(final int sender, final int echo)
    {
        if (state == State.UP && sender != remoteId)
        {
            fail("the peer began a new generation");
        }
        if (state == State.PENDING)
        {
            isEchoed = echo == localId;
            isOpenDue |= !isEchoed || sentEcho != sender;
        }
        remoteId = sender;
    }

    private int begin(final long nowNs)
    {
        if (isRenewal)
        {
            isRenewal = false;
            renewalNs = nowNs + RENEWAL_DELAY_NS;
        }

        final boolean isDelayed = renewalNs != 0 && nowNs - renewalNs < 0;
        if (isDelayed || isRetired || !isWhole() || frames.isEnded() ||
            !medium.isConnected())
        {
            return 0;
        }

        localId = medium.nextLinkId();
        final long address = LinkFrame.address(medium.sessionId(), localId);
        final AeronLane controlLane = new AeronLane(medium.publication(StreamKind.CONTROL), control, address);
        final AeronLane dataLane = new AeronLane(medium.publication(StreamKind.DATA), data, address);
        edge = new AeronEdge(this, controlLane, dataLane,
            "session " + remoteSessionId + " at " + frames.sourceIdentity());
        control.current(controlLane);
        data.current(dataLane);
        state = State.PENDING;
        isEchoed = false;
        sentEcho = 0;
        isOpenDue = true;
        isRefusalSent = false;
        return 1;
    }

    private int pending(final EdgeListener listener)
    {
        if (downReason != null)
        {
            toIdle();
            return 1;
        }

        final String rival = remoteId == 0 ? null : medium.rivalOf(this);
        if (rival != null)
        {
            isRefusalSent = isRefusalSent ||
                medium.send(remoteSessionId, LinkFrame.REFUSE, localId, remoteId, rival);
            return 0; // goes on when the other link has ended
        }

        int workCount = 0;
        isOpenDue |= sentEcho != remoteId;
        if (isOpenDue && medium.send(remoteSessionId, LinkFrame.OPEN, localId, remoteId, ""))
        {
            isOpenDue = false;
            sentEcho = remoteId;
            workCount++;
        }

        if (isEchoed && remoteId != 0 && sentEcho == remoteId)
        {
            medium.onLinkUp(this, listener);
            if (state != State.PENDING)
            {
                return workCount; // the listener closed the medium
            }
            edge.open(LinkFrame.address(remoteSessionId, remoteId));
            state = State.UP;
            listener.onEdgeUp(medium, edge);
            workCount++;
        }
        return workCount;
    }

    private int pump()
    {
        return (control == null ? 0 : control.pump()) + (data == null ? 0 : data.pump());
    }

    private void goDown(final EdgeListener listener)
    {
        final String reason = downReason;
        final AeronEdge ended = edge;
        sendClose();
        toIdle();
        listener.onEdgeDown(medium, ended, reason);
    }

    private void fail(final String reason)
    {
        if (state != State.IDLE && downReason == null)
        {
            downReason = reason;
            edge.shut();
        }
    }

    /**
     * Says that the generation has ended; once, as the OPEN of the next one says it too.
     */
    private void sendClose()
    {
        medium.send(remoteSessionId, LinkFrame.CLOSE, localId, sentEcho, "");
    }

    private void toIdle()
    {
        if (state == State.UP)
        {
            medium.onLinkDown();
        }
        edge.shut();
        edge = null;
        if (control != null)
        {
            control.retireCurrent();
        }
        if (data != null)
        {
            data.retireCurrent();
        }
        if (remoteId == sentEcho)
        {
            remoteId = 0; // of the generation that has ended
        }
        state = State.IDLE;
        downReason = null;
        localId = 0;
        isRenewal = true;
    }
}
