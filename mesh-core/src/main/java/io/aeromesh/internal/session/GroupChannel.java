package io.aeromesh.internal.session;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.MessageHandler;
import io.aeromesh.internal.lease.NodeLeases;
import java.util.List;

/**
 * The application's side of a broadcast channel.
 */
public final class GroupChannel extends SendingEnd implements BroadcastChannel
{
    private final BroadcastSpec spec;
    private final GroupGate gate = new GroupGate();
    private int nextStream;

    GroupChannel(final BroadcastSpec spec, final NodeLeases leases)
    {
        super("broadcast channel '" + spec.name() + "'", spec.windowLength(), leases);
        this.spec = spec;
    }

    BroadcastSpec spec()
    {
        return spec;
    }

    GroupGate gate()
    {
        return gate;
    }

    @Override
    public String name()
    {
        return spec.name();
    }

    @Override
    public List<String> members()
    {
        return gate.members;
    }

    @Override
    long refusal()
    {
        if (gate.closeRequested || gate.closed)
        {
            return CLOSED;
        }
        return gate.accepting ? 0 : NOT_CONNECTED;
    }

    @Override
    public int poll(final MessageHandler handler, final int limit)
    {
        if (gate.closeRequested)
        {
            return 0;
        }
        assert enter();
        try
        {
            final ReceiveStream[] streams = gate.streams;
            final int share = streams.length == 0 ? 0 : Math.max(1, limit / streams.length);
            int count = 0;
            for (int i = 0; i < streams.length && count < limit; i++)
            {
                nextStream = nextStream + 1 < streams.length ? nextStream + 1 : 0;
                count += streams[nextStream].poll(handler, Math.min(share, limit - count));
            }
            tellEvents();
            return count;
        }
        finally
        {
            assert exit();
        }
    }

    private void tellEvents()
    {
        GroupEvent event;
        while ((event = gate.events.peek()) != null && (event.stream() == null || event.stream().letGoWhenDrained()))
        {
            gate.events.poll();
            if (event.report() != null)
            {
                spec.listener().onMemberLeft(this, event.report());
            }
            else if (event.rejection() != null)
            {
                spec.listener().onRejected(this, event.rejection());
            }
            else
            {
                spec.listener().onMemberJoined(this, event.member());
            }
        }
    }

    @Override
    public boolean isClosed()
    {
        return gate.closed;
    }

    @Override
    public void close()
    {
        gate.closeRequested = true;
    }
}
