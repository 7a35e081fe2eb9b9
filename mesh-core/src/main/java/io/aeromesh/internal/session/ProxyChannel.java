package io.aeromesh.internal.session;

import io.aeromesh.Channel;
import io.aeromesh.ChannelPath;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.ControlledMessageHandler;
import io.aeromesh.MessageHandler;
import io.aeromesh.SessionReport;
import io.aeromesh.error.MeshException;

/**
 * The application's side of a channel to one other node.
 */
public final class ProxyChannel extends SendingEnd implements Channel
{
    private final ChannelSpec spec;
    private final ChannelGate gate = new ChannelGate();
    private volatile SessionReport closeReport;
    private volatile boolean replaced;

    // the end's thread
    private ReceiveStream receive;
    private long seenStatus;
    private long begunSession;

    ProxyChannel(final ChannelSpec spec)
    {
        super("channel '" + spec.name() + "' to '" + spec.peer() + "'", spec.windowLength());
        this.spec = spec;
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
        return new ChannelPath(ChannelPath.Kind.PROXY, "under construction");
    }

    @Override
    public void mode(final ChannelSpec.Mode mode)
    {
        throw new UnsupportedOperationException("under construction");
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
            case ChannelGate.NO_ROUTE -> NO_ROUTE;
            case ChannelGate.CLOSED -> CLOSED;
            default -> NOT_CONNECTED;
        };
    }

    @Override
    public int poll(final MessageHandler handler, final int limit)
    {
        assert enter();
        try
        {
            return beginPoll() ? endPoll(receive.poll(handler, limit)) : 0;
        }
        finally
        {
            assert exit();
        }
    }

    @Override
    public int controlledPoll(final ControlledMessageHandler handler, final int limit)
    {
        assert enter();
        try
        {
            return beginPoll() ? endPoll(receive.controlledPoll(handler, limit)) : 0;
        }
        finally
        {
            assert exit();
        }
    }

    /**
     * Takes notice of a change of status.
     *
     * @return whether there is a stream to poll.
     */
    private boolean beginPoll()
    {
        if (gate.isCloseRequested())
        {
            return false;
        }
        final long status = gate.status();
        if (status != seenStatus)
        {
            onStatus(status);
        }
        return receive != null;
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
        if (ChannelGate.state(seenStatus) == ChannelGate.ENDED && receive.isDrained())
        {
            receive = null;
            final SessionReport report = new SessionReport(peer(), name(), gate.endReason, gate.startPosition,
                gate.acknowledgedPosition, send().appTail(), gate.outcome);
            gate.report(ChannelGate.session(seenStatus), report.acceptedPosition());
            spec.listener().onSessionEnded(this, report);
        }
        return count;
    }

    @Override
    public void close()
    {
        gate.requestClose();
    }

    @Override
    public SessionReport closeReport()
    {
        return closeReport;
    }
}
