package io.aeromesh.internal.session;

import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.SessionReport.EndReason;
import io.aeromesh.SessionReport.Outcome;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.direct.Position;
import io.aeromesh.os.Parking;
import io.aeromesh.os.Waiter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What passes between a channel end's thread and the agent, beside the two streams. The agent writes a session's
 * particulars, then releases the status; the end acquires the status, then reads them. After the end of a session the
 * end's thread answers with that session's number, and only then does the agent touch the particulars again. So
 * nothing of a session is reused before its owner has let go.
 */
final class ChannelGate
{
    static final int CONNECTING = 0;
    static final int CONNECTED = 1;
    static final int NO_ROUTE = 2;
    static final int ENDED = 3;
    static final int CLOSED = 4;
    private static final int STATE_MASK = 7;
    private static final int NOTICE_SHIFT = 3;
    private static final int NOTICE_MASK = 0xFFFF;
    private static final int SESSION_SHIFT = 19;
    /**
     * Loaded with this class. The JIT compiles a method once, and to call one that returns what is not loaded by then
     * stays a call for good, be it as short as {@link #direct()}; a process without direct channels loads neither.
     */
    @SuppressWarnings("unused")
    private static final List<Class<?>> LOADED = List.of(DirectLink.class, Waiter.class);

    private final Position status = new Position();
    private final Position reported = new Position();
    private final AtomicReference<MeshException> rejection = new AtomicReference<>();
    private final AtomicInteger signal = new AtomicInteger();
    private final Parking agent;
    private final Waiter waiter;
    private volatile boolean closeRequested;
    private volatile Mode mode;
    private volatile DirectLink direct;
    private volatile HandleWay handles;
    private volatile String streamReason;
    private volatile boolean peerRefusesDirect;
    private volatile String proxyReason = "not connected yet";

    // agent
    private long session = 1;
    private int state = CONNECTING;
    private int notices;

    // written by the agent before the status
    ReceiveStream receive;
    EndReason endReason;
    Outcome outcome;
    long startPosition;
    long acknowledgedPosition;

    // written by the end's thread before it answers
    long reportedPosition;

    /**
     * @param agent  of the node.
     * @param waiter the end's thread, where it may wait; or null.
     */
    ChannelGate(final Mode mode, final Parking agent, final Waiter waiter)
    {
        this.mode = mode;
        this.agent = agent;
        this.waiter = waiter;
    }

    Waiter waiter()
    {
        return waiter;
    }

    private void signalReader()
    {
        signal.getAndIncrement();
        if (waiter != null)
        {
            waiter.wake();
        }
    }

    static int state(final long status)
    {
        return (int)status & STATE_MASK;
    }

    static long session(final long status)
    {
        return status >>> SESSION_SHIFT;
    }

    long status()
    {
        return status.getAcquire();
    }

    // --- agent ---

    void publish(final int newState)
    {
        if (newState != state || newState == CONNECTING)
        {
            state = newState;
            release();
        }
    }

    int state()
    {
        return state;
    }

    private void release()
    {
        final long released = session << SESSION_SHIFT | (long)(notices & NOTICE_MASK) << NOTICE_SHIFT | state;
        status.setRelease(released);
        signalReader();
    }

    void nextSession()
    {
        session++;
    }

    boolean isReported()
    {
        return reported.getAcquire() == session;
    }

    boolean isCloseRequested()
    {
        return closeRequested;
    }

    void reject(final MeshException error)
    {
        rejection.set(error);
        notices++;
        release();
    }

    /**
     * Joins the two ends directly, or, with null, not any more.
     */
    void direct(final DirectLink link)
    {
        direct = link;
        signalReader();
    }

    /**
     * Leases may go by the proxy way as handles, or, with null, not any more.
     */
    void handles(final HandleWay way)
    {
        handles = way;
    }

    /**
     * How leases go by the proxy way as handles; null: they can not. Any thread.
     */
    HandleWay handles()
    {
        return handles;
    }

    /**
     * The direct stream carries this channel's packets, or, with null, not any more.
     *
     * @param reason for people.
     */
    void stream(final String reason)
    {
        streamReason = reason;
        signal.getAndIncrement();
    }

    /**
     * Why packets go along the direct stream; null while they do not. Any thread.
     */
    String streamReason()
    {
        return streamReason;
    }

    /**
     * Why messages go by proxy while they do, for people.
     */
    void proxyReason(final String reason)
    {
        proxyReason = reason;
    }

    String proxyReason()
    {
        return proxyReason;
    }

    void peerRefusesDirect(final boolean refuses)
    {
        if (refuses != peerRefusesDirect)
        {
            peerRefusesDirect = refuses;
            signalReader();
        }
    }

    // --- the end's thread ---

    /**
     * Changes whenever anything here has. Read before what it speaks of, it tells whether that may be used on.
     */
    int signal()
    {
        return signal.getAcquire();
    }

    /**
     * @param position where the next session's part of the stream begins.
     */
    void report(final long sessionNumber, final long position)
    {
        reportedPosition = position;
        reported.setRelease(sessionNumber);
        agent.wake();
    }

    MeshException takeRejection()
    {
        return rejection.getAndSet(null);
    }

    // --- any thread ---

    void requestClose()
    {
        closeRequested = true;
        signalReader();
        agent.wake();
    }

    Mode mode()
    {
        return mode;
    }

    void mode(final Mode newMode)
    {
        mode = newMode;
        signalReader();
        agent.wake();
    }

    DirectLink direct()
    {
        return direct;
    }

    /**
     * Whether messages may be sent directly as far as the two ends' wishes go.
     */
    boolean isDirectWanted()
    {
        return mode != Mode.PROXY && !peerRefusesDirect;
    }
}
