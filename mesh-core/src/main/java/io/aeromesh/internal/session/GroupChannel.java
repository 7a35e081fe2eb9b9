package io.aeromesh.internal.session;

import io.aeromesh.BroadcastChannel;
import io.aeromesh.BroadcastSpec;
import io.aeromesh.Lease;
import io.aeromesh.MessageHandler;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.os.Parking;
import java.util.List;

/**
 * The application's side of a broadcast channel.
 */
public final class GroupChannel extends SendingEnd implements BroadcastChannel
{
    private final BroadcastSpec spec;
    private final GroupGate gate = new GroupGate();
    private final Continuing continuing = new Continuing();
    private final LeaseShares shares;
    private int nextStream;

    GroupChannel(final BroadcastSpec spec, final NodeLeases leases, final Parking agent)
    {
        super("broadcast channel '" + spec.name() + "'", spec.windowLength(), leases, spec.parkable(), agent);
        this.spec = spec;
        shares = new LeaseShares(gate, spec.retainLength() > 0);
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
    public long transfer(final Lease lease)
    {
        assert enter();
        try
        {
            final long refusal = refusal();
            return refusal < 0 ? refusal : shareOrCopy(lease);
        }
        finally
        {
            assert exit();
        }
    }

    private long shareOrCopy(final Lease lease)
    {
        leases().requireHeldHere(lease);
        final int length = lease.length();
        final long position = shares.transfer(lease, leases(), send());
        if (position == NodeLeases.NOT_ATTACHED)
        {
            agent().wake(); // may have to ask
            return copy(lease);
        }
        if (position > 0)
        {
            handedOver().increment(length);
            if (shares.hasOthers())
            {
                copied().increment(length);
            }
        }
        return position;
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
                count += poll(streams[nextStream], handler, Math.min(share, limit - count));
            }
            if (tellEvents())
            {
                agent().wake(); // has to settle with who has left
            }
            return count;
        }
        finally
        {
            assert exit();
        }
    }

    private int poll(final ReceiveStream stream, final MessageHandler handler, final int limit)
    {
        final long before = stream.appConsumed();
        try
        {
            return stream.poll(continuing.with(handler), limit);
        }
        finally
        {
            // also a part of a lease, which counts as no message; what can not be, which ends a session; and what a
            // handler has thrown for
            if (before != stream.appConsumed() || stream.isStuck())
            {
                agent().wake(); // has to acknowledge
            }
        }
    }

    private boolean tellEvents()
    {
        boolean isAny = false;
        GroupEvent event;
        while ((event = gate.events.peek()) != null && (event.stream() == null || event.stream().letGoWhenDrained()))
        {
            gate.events.poll();
            isAny = true;
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
        return isAny;
    }

    @Override
    public void arm()
    {
        waiter().arm();
    }

    @Override
    public boolean isArmed()
    {
        return waiter().isArmed();
    }

    @Override
    public long sleepNsMax()
    {
        long sleepNs = Long.MAX_VALUE;
        for (final ReceiveStream stream : gate.streams)
        {
            sleepNs = Math.min(sleepNs, stream.sleepNsMax());
        }
        return sleepNs;
    }

    @Override
    public void disarm()
    {
        waiter().disarm();
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
        agent().wake();
    }
}
