package io.aeromesh.internal.session;

import io.aeromesh.Channel;
import io.aeromesh.ChannelPath;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.ChannelState;
import io.aeromesh.ControlledMessageHandler;
import io.aeromesh.Lease;
import io.aeromesh.MessageClaim;
import io.aeromesh.MessageHandler;
import io.aeromesh.SessionReport;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.direct.ClaimHolder;
import io.aeromesh.internal.direct.DirectReader;
import io.aeromesh.internal.direct.DirectWriter;
import io.aeromesh.internal.direct.Position;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.os.Parking;
import java.util.Objects;
import org.agrona.DirectBuffer;

/**
 * The application's side of a channel to one other node. The stream of each direction goes by proxy or directly, and
 * changes its way at a position, on its own:
 * <pre>
 *   to direct   the writer notes in the shared memory at which position it begins there; the reader goes over when it
 *               has consumed up to that position
 *   to proxy    the writer seals: the seal's end is the position from which on the send stream goes on; the reader
 *               jumps there, and its acknowledgement lets the peer's agent send
 * </pre>
 * Where the peer's thread parks, nothing is sent without a look whether it is to be woken; else nothing of that is on
 * the way of a message, as {@code sendSignal} is set only there.
 * <p>
 * {@code sendSignal} and {@code pollSignal} are what the gate's signal was when the direct way was last found good;
 * while it has not changed, nothing else is looked at.
 */
public final class PeerChannel extends SendingEnd implements Channel
{
    private final ChannelSpec spec;
    private final ChannelGate gate;
    private volatile SessionReport closeReport;
    private volatile boolean replaced;

    private volatile boolean letGo;
    private volatile Thread user;
    private volatile boolean sendsDirectly;
    private volatile long directBegin = Long.MAX_VALUE;
    private volatile long lastSeal;
    /** What was accepted when that was written, as a seal is no message. */
    private volatile long acceptedBeforeSeal;
    /** Behind what went directly, of memory that is unmapped. */
    private volatile long formerDirectEnd;
    private final Position acknowledged = new Position();

    // the end's thread
    private ReceiveStream receive;
    private long seenStatus;
    private long begunSession;
    private DirectLink link;
    private DirectWriter writer;
    private DirectReader reader;
    private ClaimHolder claimHolder;
    private boolean receivesDirectly;
    private boolean isPolling;
    private final Continuing continuing = new Continuing();
    private int sendSignal;
    private int pollSignal;
    private long toldConsumed;

    PeerChannel(final ChannelSpec spec, final NodeLeases leases, final Parking agent)
    {
        super("channel '" + spec.name() + "' to '" + spec.peer() + "'", spec.windowLength(), leases, spec.parkable(),
            agent);
        this.spec = spec;
        gate = new ChannelGate(spec.mode(), agent, waiter());
        sendSignal = gate.signal() - 1;
        pollSignal = sendSignal;
    }

    ChannelSpec spec()
    {
        return spec;
    }

    ChannelGate gate()
    {
        return gate;
    }

    /**
     * Closes this end at once, as another takes its place.
     */
    void replace()
    {
        replaced = true;
        close();
    }

    boolean isReplaced()
    {
        return replaced;
    }

    /**
     * Closes an end whose turn never came.
     */
    void closeUnused()
    {
        closeReport = new SessionReport(peer(), name(), SessionReport.EndReason.CLOSED_HERE, 0, 0, 0,
            SessionReport.Outcome.NOT_CONSUMED);
        gate.requestClose();
        gate.publish(ChannelGate.CLOSED);
    }

    void closeReport(final SessionReport report)
    {
        closeReport = report;
    }

    @Override
    public String peer()
    {
        return spec.peer();
    }

    @Override
    public String name()
    {
        return spec.name();
    }

    @Override
    public ChannelState state()
    {
        return gate.isCloseRequested() ? ChannelState.CLOSED : switch (ChannelGate.state(gate.status()))
        {
            case ChannelGate.CONNECTED -> ChannelState.CONNECTED;
            case ChannelGate.NO_ROUTE -> ChannelState.NO_ROUTE;
            case ChannelGate.ENDED -> ChannelState.SESSION_ENDED;
            case ChannelGate.CLOSED -> ChannelState.CLOSED;
            default -> ChannelState.CONNECTING;
        };
    }

    @Override
    public ChannelPath path()
    {
        final DirectLink direct = gate.direct();
        if (sendsDirectly && direct != null)
        {
            return direct.path();
        }
        final boolean isConnected = switch (state())
        {
            case CONNECTED, NO_ROUTE -> true;
            default -> false;
        };
        final String streamReason = gate.streamReason();
        if (isConnected && streamReason != null)
        {
            return new ChannelPath(ChannelPath.Kind.DIRECT_UDP, streamReason);
        }
        return new ChannelPath(isConnected ? ChannelPath.Kind.PROXY : ChannelPath.Kind.NONE,
            !isConnected ? "state is " + state() : direct == null ? gate.proxyReason() :
                gate.isDirectWanted() ? "joined directly; the next message changes over" : "direct is not wanted");
    }

    @Override
    public void mode(final Mode mode)
    {
        gate.mode(Objects.requireNonNull(mode, "mode"));
    }

    @Override
    long refusal()
    {
        if (gate.isCloseRequested())
        {
            return CLOSED;
        }
        return switch (ChannelGate.state(gate.status()))
        {
            case ChannelGate.CONNECTED -> 0;
            case ChannelGate.NO_ROUTE -> sendsDirectly ? 0 : NO_ROUTE;
            case ChannelGate.CLOSED -> CLOSED;
            default -> NOT_CONNECTED;
        };
    }

    // --- sending ---

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        assert enter();
        try
        {
            if (isOnDirectWay(sendSignal))
            {
                return writer.offer(buffer, offset, length);
            }
            final long refusal = chooseWay();
            if (refusal < 0 || !sendsDirectly)
            {
                return refusal < 0 ? refusal : send().offer(buffer, offset, length);
            }
            final long position = writer.offer(buffer, offset, length);
            link.parking().ring();
            return position;
        }
        finally
        {
            assert exit();
        }
    }

    @Override
    public long tryClaim(final int length, final MessageClaim claim)
    {
        assert enter();
        try
        {
            if (!isOnDirectWay(sendSignal))
            {
                final long refusal = chooseWay();
                if (refusal < 0 || !sendsDirectly)
                {
                    return refusal < 0 ? refusal : send().tryClaim(length, claim);
                }
            }
            return writer.tryClaim(length, claim, claimHolder);
        }
        finally
        {
            assert exit();
        }
    }

    @Override
    public long transfer(final Lease lease)
    {
        assert enter();
        try
        {
            final long refusal = isOnDirectWay(sendSignal) ? 0 : chooseWay();
            return refusal < 0 ? refusal : sendsDirectly ? handOver(lease) : transferByProxy(lease);
        }
        finally
        {
            assert exit();
        }
    }

    private long transferByProxy(final Lease lease)
    {
        leases().requireHeldHere(lease);
        final HandleWay handles = gate.handles();
        if (handles == null)
        {
            return copy(lease);
        }
        final int length = lease.length();
        final long position = handles.transfer(lease, send());
        if (position == NodeLeases.NOT_ATTACHED)
        {
            return copy(lease);
        }
        if (position > 0)
        {
            handedOver().increment(length);
        }
        else
        {
            agent().wake(); // may have to ask
        }
        return position;
    }

    private long handOver(final Lease lease)
    {
        leases().requireHeldHere(lease);
        final int length = lease.length();
        long position = writer.transfer(lease);
        if (position == NodeLeases.NOT_ATTACHED && !leases().isForwardable(lease))
        {
            if (!leases().copy(lease)) // of a dead owner, or shared with others: a block of this node's own goes
            {
                return BACK_PRESSURED;
            }
            position = writer.transfer(lease);
        }
        if (position == NodeLeases.NOT_ATTACHED)
        {
            if (link.arenas().ask(leases().addressOf(lease)) == ArenaSetup.Answer.REFUSED)
            {
                return copyPastDirect(lease);
            }
            agent().wake(); // has to ask
            return BACK_PRESSURED;
        }
        if (position > 0)
        {
            handedOver().increment(length);
            link.parking().ring();
        }
        return position;
    }

    /**
     * The peer can not attach to the memory of this lease: it goes by the proxy way, and what comes after goes directly
     * again.
     */
    private long copyPastDirect(final Lease lease)
    {
        if (gate.mode() == Mode.DIRECT)
        {
            throw new MeshException(ErrorCode.DIRECT_UNAVAILABLE, this + " has mode DIRECT, and '" + peer() +
                "' can not attach to the memory of this lease: its errors say why");
        }
        if (!leaveDirect())
        {
            return BACK_PRESSURED;
        }
        sendSignal = gate.signal() - 1; // the way is to be chosen anew
        return copy(lease);
    }

    private boolean isOnDirectWay(final int seenSignal)
    {
        return seenSignal == gate.signal() && user == Thread.currentThread();
    }

    /**
     * Decides which way the next message goes.
     *
     * @return 0, or why none is accepted.
     */
    private long chooseWay()
    {
        user = Thread.currentThread(); // before the look at what asks it to let go: close() does it the other way round
        final int signal = gate.signal();
        final long refusal = refusal();
        if (refusal < 0)
        {
            letGoIfClosed();
            return refusal;
        }
        takeLink();
        if (link != null && gate.isDirectWanted())
        {
            // not while the reader is still before the last seal: it has to see where that part began
            if (!sendsDirectly && !send().hasClaim() && writer.consumedPosition() >= lastSeal)
            {
                directBegin = send().appTail();
                writer.begin(directBegin);
                sendsDirectly = true;
            }
        }
        else if (sendsDirectly && !leaveDirect())
        {
            return BACK_PRESSURED;
        }
        if (sendsDirectly)
        {
            sendSignal = link.parking().ringsPeer() ? signal - 1 : signal;
            return 0;
        }
        sendSignal = signal - 1; // also where the gate's signal is yet to come after what it speaks of
        return gate.mode() == Mode.DIRECT && gate.streamReason() == null ? NOT_CONNECTED : 0;
    }

    private void takeLink()
    {
        if (link == null && gate.direct() != null)
        {
            link = gate.direct();
            writer = link.pipe().writer();
            reader = link.pipe().reader();
            claimHolder = link.parking().ringsPeer() ? link.parking() : writer;
            if (waiter() != null && waiter().isArmed())
            {
                link.parking().park(); // this is the last look already: what comes after it has to ring
            }
        }
    }

    /**
     * Seals the direct way; the send stream goes on at the seal's end.
     *
     * @return false when there is no room for the seal now, or what went by proxy before is not consumed yet.
     */
    private boolean leaveDirect()
    {
        if (writer.hasClaim())
        {
            throw new IllegalStateException("a claim is outstanding: commit or abort it first");
        }
        final long position = writer.sealPosition();
        if (position < 0 || !send().isSettled())
        {
            return false;
        }
        acceptedBeforeSeal = acceptedPosition(); // before the seal's position, by which others find it
        lastSeal = position;
        send().jump(position); // before the seal: the peer may ask for it as soon as it sees the seal
        writer.seal();
        link.parking().ring();
        sendsDirectly = false;
        return true;
    }

    /**
     * Positions are those of one stream, whichever way its parts went.
     */
    @Override
    public long acceptedPosition()
    {
        final long end = streamEnd();
        return end == lastSeal ? acceptedBeforeSeal : end;
    }

    /**
     * Where the next message begins: behind the last one, or behind a seal that nothing has followed yet.
     */
    private long streamEnd()
    {
        final DirectLink direct = gate.direct();
        final long byProxy = send().tailPosition();
        return Math.max(byProxy, direct == null ? formerDirectEnd : direct.pipe().writer().acceptedPosition());
    }

    /**
     * The memory of this link is unmapped next, and what was accepted there stays accepted. Agent thread.
     */
    void onUnmapping(final DirectLink direct)
    {
        formerDirectEnd = direct.pipe().writer().acceptedPosition();
    }

    /**
     * Exact for the end's own thread; what others see may be a millisecond old, or as old as the agent's sleep.
     */
    @Override
    public long acknowledgedPosition()
    {
        if (link != null && !letGo && user == Thread.currentThread())
        {
            noteAcknowledged(link);
        }
        final long position = acknowledged.getAcquire();
        return withoutSeal(gate.direct() == null ? Math.max(super.acknowledgedPosition(), position) : position);
    }

    /**
     * Looks how far the peer has consumed. The agent, or the end's thread until it has let go.
     */
    long noteAcknowledged(final DirectLink direct)
    {
        final long byProxy = super.acknowledgedPosition();
        final long directly = direct.pipe().writer().consumedPosition();
        final long begin = directBegin;
        final long seal = lastSeal;
        final long position;
        if (directly >= begin)
        {
            // the reader went over when it had consumed all before, whatever acknowledgements are still on their way
            position = directly < seal ? directly : Math.max(byProxy, directly);
        }
        else
        {
            position = seal > begin ? Math.min(byProxy, begin) : Math.max(byProxy, directly);
        }
        if (position > acknowledged.getAcquire())
        {
            acknowledged.setRelease(position);
        }
        return withoutSeal(Math.max(position, acknowledged.getAcquire()));
    }

    /**
     * The peer consumes seals too, also one that nothing has followed yet.
     */
    private long withoutSeal(final long position)
    {
        return Math.min(position, acceptedPosition());
    }

    // --- letting go ---

    @Override
    public void close()
    {
        gate.requestClose();
        final Thread owner = user;
        if (owner == null || owner == Thread.currentThread())
        {
            letGoIfClosed();
        }
    }

    /**
     * From now on the end's thread touches no shared memory. Not from within a handler, and not while a claim's buffer
     * may be written: then the next call does it.
     */
    private void letGoIfClosed()
    {
        if (gate.isCloseRequested() && !letGo && !isUsingMemory())
        {
            letGo = true;
            forgetWay();
            agent().wake();
        }
    }

    private boolean isUsingMemory()
    {
        return isPolling || link != null && writer.hasClaim();
    }

    /**
     * The gate's signal changes after what it speaks of: whoever has seen that before the signal must not take the
     * quick way once more.
     */
    private void forgetWay()
    {
        final int signal = gate.signal() - 1;
        sendSignal = signal;
        pollSignal = signal;
    }

    /**
     * Whether the end's thread will touch no shared memory any more.
     *
     * @param closer thread that waits for this end to close, and so does nothing else, but may be within a handler or
     *               have a claim; or null.
     */
    boolean isLetGo(final Thread closer)
    {
        final Thread owner = user;
        return letGo || gate.isCloseRequested() && owner != null &&
            (owner == closer && !isUsingMemory() || !owner.isAlive());
    }

    /**
     * The memory goes: the end's thread, which waits for the node to close, is told when that has returned.
     */
    void onTakenAway()
    {
        letGo = true;
    }

    // --- receiving ---

    @Override
    public int poll(final MessageHandler handler, final int limit)
    {
        return controlledPoll(continuing.with(handler), limit);
    }

    @Override
    public int controlledPoll(final ControlledMessageHandler handler, final int limit)
    {
        assert enter();
        isPolling = true;
        try
        {
            if (isOnDirectWay(pollSignal) && receivesDirectly)
            {
                final int count = reader.poll(handler, limit);
                if (count != 0 || reader.sealedAt() < 0 && reader.failure() == null)
                {
                    return count;
                }
            }
            return beginPoll() ? endPoll(pollBothWays(handler, limit)) : 0;
        }
        finally
        {
            isPolling = false;
            letGoIfClosed();
            assert exit();
        }
    }

    private int pollBothWays(final ControlledMessageHandler handler, final int limit)
    {
        final int direct = receivesDirectly ? reader.poll(handler, limit) : 0;
        if (direct > 0 || !leavesDirect())
        {
            return direct;
        }
        final int count = receive.poll(handler, limit);
        return count > 0 || !entersDirect() ? count : reader.poll(handler, limit);
    }

    /**
     * Takes notice of a change of status.
     *
     * @return whether there is a stream to poll.
     */
    private boolean beginPoll()
    {
        user = Thread.currentThread();
        final int signal = gate.signal();
        if (gate.isCloseRequested())
        {
            return false;
        }
        final long status = gate.status();
        if (status != seenStatus)
        {
            onStatus(status);
        }
        if (receive == null || gate.isCloseRequested())
        {
            return false;
        }
        takeLink();
        if (ChannelGate.state(seenStatus) != ChannelGate.ENDED)
        {
            pollSignal = signal;
        }
        return true;
    }

    /**
     * Whether the messages of now come by proxy; goes over where the peer has sealed.
     */
    private boolean leavesDirect()
    {
        if (receivesDirectly && reader.sealedAt() >= 0)
        {
            receivesDirectly = false;
            receive.jump(reader.sealedAt());
        }
        return !receivesDirectly;
    }

    /**
     * Whether the peer's stream goes on directly where what came by proxy ends.
     */
    private boolean entersDirect()
    {
        if (link != null && reader.beginsAt(receive.appConsumed()))
        {
            receivesDirectly = true;
            reader.begin(receive.appConsumed());
        }
        return receivesDirectly;
    }

    private void onStatus(final long status)
    {
        seenStatus = status;
        final int state = ChannelGate.state(status);
        final boolean hasSession =
            state == ChannelGate.CONNECTED || state == ChannelGate.NO_ROUTE || state == ChannelGate.ENDED;
        if (hasSession && begunSession != ChannelGate.session(status))
        {
            begunSession = ChannelGate.session(status);
            receive = gate.receive;
            spec.listener().onConnected(this);
        }
        final MeshException rejection = gate.takeRejection();
        if (rejection != null)
        {
            spec.listener().onRejected(this, rejection);
        }
    }

    private int endPoll(final int count)
    {
        if (receive.appConsumed() != toldConsumed || receive.isStuck() || link != null && reader.failure() != null)
        {
            toldConsumed = receive.appConsumed();
            agent().wake(); // has to acknowledge, or to end what can not go on
        }
        if (ChannelGate.state(seenStatus) == ChannelGate.ENDED && isDrained())
        {
            final long accepted = acceptedPosition();
            final long end = streamEnd();
            if (link != null)
            {
                gate.acknowledgedPosition = noteAcknowledged(link);
                link = null;
                writer = null;
                reader = null;
                claimHolder = null;
                receivesDirectly = false;
                sendsDirectly = false;
                lastSeal = 0;
                directBegin = Long.MAX_VALUE;
                forgetWay();
            }
            if (end > send().appTail())
            {
                send().jump(end);
            }
            receive.releaseLease();
            receive = null;
            final SessionReport report = new SessionReport(peer(), name(), gate.endReason, gate.startPosition,
                gate.acknowledgedPosition, accepted, gate.outcome);
            gate.report(ChannelGate.session(seenStatus), end);
            spec.listener().onSessionEnded(this, report);
        }
        return count;
    }

    /**
     * Whether all that the peer has committed is consumed, and the end's thread needs the shared memory no more.
     */
    private boolean isDrained()
    {
        if (!receive.isDrained())
        {
            return false;
        }
        takeLink();
        return link == null || !writer.hasClaim() &&
            (receivesDirectly ? reader.isDrained() :
                !reader.beginsAt(receive.appConsumed()));
    }

    // --- waiting ---

    @Override
    public void arm()
    {
        waiter().arm();
        if (link != null && !letGo)
        {
            link.parking().park();
        }
    }

    @Override
    public boolean isArmed()
    {
        return waiter().isArmed();
    }

    @Override
    public long sleepNsMax()
    {
        return Math.min(receive == null ? Long.MAX_VALUE : receive.sleepNsMax(),
            link != null && !letGo ? link.parking().sleepNsMax() : Long.MAX_VALUE);
    }

    /**
     * Not in memory that was let go since, in the last look.
     */
    @Override
    public void disarm()
    {
        waiter().disarm();
        if (link != null && !letGo)
        {
            link.parking().awake();
        }
    }

    @Override
    public SessionReport closeReport()
    {
        return closeReport;
    }
}
