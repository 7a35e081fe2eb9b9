package io.aeromesh.internal.session;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.MessageClaim;
import io.aeromesh.MessageHandler;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The application's side of a broadcast channel.
 */
public final class GroupChannel implements BroadcastChannel
{
    private final BroadcastSpec spec;
    private final String description;
    private final SendStream send;
    private final GroupGate gate = new GroupGate();
    private final ThreadConfinement confinement = new ThreadConfinement();
    private int nextStream;

    GroupChannel(final BroadcastSpec spec)
    {
        this.spec = spec;
        description = "broadcast channel '" + spec.name() + "'";
        send = new SendStream(spec.windowLength());
    }

    BroadcastSpec spec()
    {
        return spec;
    }

    SendStream send()
    {
        return send;
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
    public int maxMessageLength()
    {
        return send.messageLengthMax();
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        assert confinement.enter(description);
        try
        {
            final long refusal = refusal();
            return refusal < 0 ? refusal : send.offer(buffer, offset, length);
        }
        finally
        {
            assert confinement.exit();
        }
    }

    @Override
    public long tryClaim(final int length, final MessageClaim claim)
    {
        assert confinement.enter(description);
        try
        {
            final long refusal = refusal();
            return refusal < 0 ? refusal : send.tryClaim(length, claim);
        }
        finally
        {
            assert confinement.exit();
        }
    }

    private long refusal()
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
        assert confinement.enter(description);
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
            assert confinement.exit();
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
    public long acknowledgedPosition()
    {
        return send.freedPosition();
    }

    @Override
    public long acceptedPosition()
    {
        return send.tailPosition();
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

    @Override
    public String toString()
    {
        return description;
    }
}
