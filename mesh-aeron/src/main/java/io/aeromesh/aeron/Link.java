package io.aeromesh.aeron;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.spi.EdgeListener;
import io.aeron.Image;
import org.agrona.DirectBuffer;

/**
 * What we have with one remote session, over all of its generations.
 * <p>
 * Each end draws a link id per generation and tells it to the other in OPEN frames; packets carry the receiver's id. An
 * end is up when it has seen its own id echoed and has sent the echo of the other's. An OPEN is answered until both
 * echo, so whichever end sees the other later starts it, and no timer is needed. Another id in an OPEN, a CLOSE, or
 * the end of an image ends the generation. A new one begins after the old edge has been closed by its user, and not
 * before {@link #RENEWAL_DELAY_NS} have passed, so that an edge that is refused again and again costs little.
 * <p>
 * <b>Threading:</b> agent thread only. <b>Owns:</b> at most one edge, and the receivers of the session's two images.
 */
final class Link
{
    /** Between the close of a generation and the next one, in nanoseconds. */
    static final long RENEWAL_DELAY_NS = DriverSettings.CHECK_INTERVAL_NS;

    private enum State
    {
        /** No edge. */
        IDLE,
        /** Edge made, not announced. */
        PENDING,
        /** Edge announced. */
        UP,
        /** Edge announced as down, not yet closed by its user. */
        DOWN
    }

    private final AeronMedium medium;
    private final int remoteSessionId;
    private LaneReceiver control;
    private LaneReceiver data;
    private AeronEdge edge;
    private State state = State.IDLE;
    private String downReason;
    private int localId;
    private int remoteId;
    private int echoedRemoteId;
    private boolean isEchoed;
    private boolean isOpenDue;
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

    void onImage(final LaneKind kind, final Image image, final int sessionId)
    {
        final LaneReceiver receiver = new LaneReceiver(this, kind, image, sessionId);
        if (kind == LaneKind.CONTROL)
        {
            control = receiver;
        }
        else
        {
            data = receiver;
        }
        isRetired = false;
    }

    void onNoImage(final Image image)
    {
        if (control != null && control.image() == image)
        {
            control = null;
        }
        if (data != null && data.image() == image)
        {
            data = null;
        }
    }

    /**
     * The streams go: lets go of their memory. An edge that was up is reported down at the next duty cycle.
     */
    void onStreamsGone(final String reason)
    {
        control = null;
        data = null;
        if (edge != null)
        {
            edge.release();
        }
        if (state == State.UP)
        {
            fail(reason);
        }
        else if (state == State.PENDING)
        {
            toIdle();
        }
    }

    /**
     * True if nothing is left to do for that session.
     */
    boolean isOver()
    {
        return state == State.IDLE && control == null && data == null;
    }

    boolean isUp()
    {
        return state == State.UP;
    }

    int doWork(final long nowNs, final EdgeListener listener)
    {
        return switch (state)
        {
            case IDLE -> idle(nowNs);
            case PENDING -> pending(listener);
            case UP -> up(listener);
            case DOWN -> 0;
        };
    }

    /**
     * Another session has taken the place of this one.
     */
    void retire(final EdgeListener listener)
    {
        isRetired = true;
        if (state == State.UP)
        {
            fail("another session of the peer took its place");
            up(listener);
        }
        else if (state == State.PENDING)
        {
            sendClose();
            toIdle();
        }
    }

    /**
     * Ends the edge from this side; what {@link AeronEdge#close} does.
     */
    void onEdgeClosed(final AeronEdge closed)
    {
        if (closed == edge)
        {
            if (state == State.UP && downReason == null)
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

    void onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        final int type = LinkFrame.type(buffer, offset, length);
        if (type == 0)
        {
            onBadBytes("link frame of " + length + " bytes");
            return;
        }

        final int sender = LinkFrame.sender(buffer, offset);
        final int echo = LinkFrame.echo(buffer, offset);
        if (type == LinkFrame.OPEN)
        {
            onOpen(sender, echo);
        }
        else if (localId != 0 && echo == localId)
        {
            remoteId = 0;
            isEchoed = false;
            if (state == State.UP)
            {
                fail("closed by the peer");
            }
        }
    }

    void onBadBytes(final String what)
    {
        fail("bad bytes from the peer");
        medium.onBadBytes(new MeshException(ErrorCode.PROTOCOL_VIOLATION,
            what + " from session " + remoteSessionId + " on edge " + medium.config().toUri()));
    }

    private void onOpen(final int sender, final int echo)
    {
        final boolean isNew = sender != remoteId;
        remoteId = sender;
        if (state == State.UP)
        {
            if (isNew)
            {
                fail("the peer began a new generation");
            }
        }
        else if (state == State.PENDING)
        {
            isEchoed = echo == localId;
            isOpenDue |= !isEchoed || echoedRemoteId != remoteId;
        }
    }

    private int idle(final long nowNs)
    {
        if (isRenewal)
        {
            isRenewal = false;
            renewalNs = nowNs + RENEWAL_DELAY_NS;
        }

        int workCount = control == null ? 0 : control.pump(0);
        workCount += data == null ? 0 : data.pump(0);

        final boolean isDelayed = renewalNs != 0 && nowNs - renewalNs < 0;
        if (control != null && data != null && !isRetired && !isDelayed && !control.isEnded() && !data.isEnded() &&
            medium.isConnected())
        {
            localId = medium.nextLinkId();
            final long address = LinkFrame.address(medium.sessionId(), localId);
            edge = new AeronEdge(this,
                new AeronLane(medium.publication(LaneKind.CONTROL), control, address),
                new AeronLane(medium.publication(LaneKind.DATA), data, address),
                medium.peerAddress(control.image()));
            state = State.PENDING;
            isEchoed = false;
            echoedRemoteId = 0;
            isOpenDue = true;
            workCount++;
        }
        return workCount;
    }

    private int pending(final EdgeListener listener)
    {
        int workCount = edge.pump();
        if (edge == null || edge.endReason() != null || !medium.isConnected() || downReason != null)
        {
            toIdle();
            return workCount + 1;
        }

        if (isOpenDue && medium.send(remoteSessionId, LinkFrame.OPEN, localId, remoteId))
        {
            isOpenDue = false;
            echoedRemoteId = remoteId;
            workCount++;
        }

        if (isEchoed && remoteId != 0 && echoedRemoteId == remoteId)
        {
            edge.open(LinkFrame.address(remoteSessionId, remoteId));
            state = State.UP;
            medium.onLinkUp(this, listener);
            listener.onEdgeUp(medium, edge);
            workCount++;
        }
        return workCount;
    }

    private int up(final EdgeListener listener)
    {
        if (downReason == null)
        {
            final String endReason = edge.endReason();
            if (endReason != null)
            {
                fail(endReason);
            }
            else if (!medium.isConnected())
            {
                fail("the peer is silent");
            }
        }

        if (downReason == null)
        {
            return 0;
        }

        final String reason = downReason;
        downReason = null;
        state = State.DOWN;
        sendClose();
        listener.onEdgeDown(medium, edge, reason);
        return 1;
    }

    private void fail(final String reason)
    {
        if (downReason == null)
        {
            downReason = reason;
            if (edge != null)
            {
                edge.shut();
            }
        }
    }

    /**
     * Says that the generation has ended; once, as the OPEN of the next one says it too.
     */
    private void sendClose()
    {
        medium.send(remoteSessionId, LinkFrame.CLOSE, localId, echoedRemoteId);
    }

    private void toIdle()
    {
        if (edge != null)
        {
            edge.release();
            edge = null;
        }
        if (remoteId == echoedRemoteId)
        {
            remoteId = 0; // of the generation that has ended
        }
        state = State.IDLE;
        downReason = null;
        localId = 0;
        isRenewal = true;
    }
}
