package io.aeromesh.internal.session;

import io.aeromesh.Lease;
import io.aeromesh.MessageClaim;
import io.aeromesh.MessageSink;
import io.aeromesh.internal.lease.NodeLeases;
import io.aeromesh.os.Parking;
import io.aeromesh.os.Waiter;
import io.aeromesh.status.NodeCounters;
import org.agrona.DirectBuffer;

/**
 * The sending side that all kinds of channel ends have.
 * <p>
 * <b>Threading:</b> the end's thread, as {@link io.aeromesh.Channel} says; the positions from any.
 */
abstract class SendingEnd implements MessageSink, Awaitable
{
    private final String description;
    private final SendStream send;
    private final NodeLeases leases;
    private final LeaseTally copied = new LeaseTally();
    private final LeaseTally handedOver = new LeaseTally();
    private final Parking agent;
    private final Waiter waiter;
    private final ThreadConfinement confinement = new ThreadConfinement();

    SendingEnd(
        final String description,
        final int windowLength,
        final NodeLeases leases,
        final boolean isParkable,
        final Parking agent)
    {
        this.leases = leases;
        this.description = description;
        this.agent = agent;
        send = new SendStream(windowLength, agent);
        waiter = isParkable ? new Waiter() : null;
    }

    /**
     * The node's agent, to be woken for what it is to see.
     */
    final Parking agent()
    {
        return agent;
    }

    /**
     * The end's thread, where it may wait; or null.
     */
    final Waiter waiter()
    {
        return waiter;
    }

    @Override
    public final boolean isParkable()
    {
        return waiter != null;
    }

    final SendStream send()
    {
        return send;
    }

    /**
     * Why nothing is accepted now, a negative result of {@link MessageSink}; or 0.
     */
    abstract long refusal();

    /**
     * To be used as {@code assert enter()}.
     */
    final boolean enter()
    {
        return confinement.enter(description);
    }

    /**
     * To be used as {@code assert exit()}.
     */
    final boolean exit()
    {
        return confinement.exit();
    }

    @Override
    public final int maxMessageLength()
    {
        return send.messageLengthMax();
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        assert enter();
        try
        {
            final long refusal = refusal();
            return refusal < 0 ? refusal : send.offer(buffer, offset, length);
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
            final long refusal = refusal();
            return refusal < 0 ? refusal : send.tryClaim(length, claim);
        }
        finally
        {
            assert exit();
        }
    }

    /**
     * Sends the bytes of a lease by the stream.
     */
    final long copy(final Lease lease)
    {
        leases.requireHeldHere(lease);
        final int length = lease.length();
        final long position = send.transfer(lease);
        if (position > 0)
        {
            copied.increment(length);
        }
        return position;
    }

    /**
     * Leases that were sent by copying their bytes. Any thread reads.
     */
    final LeaseTally copied()
    {
        return copied;
    }

    /**
     * Leases that were sent without a copy. Any thread reads.
     */
    final LeaseTally handedOver()
    {
        return handedOver;
    }

    /**
     * Shows what was sent since it was shown last. Agent thread.
     */
    final void count(final NodeCounters counters)
    {
        if (!copied.isEmpty())
        {
            counters.leasesCopied(copied.takeCount(), copied.takeBytes());
        }
        if (!handedOver.isEmpty())
        {
            counters.leasesHandedOver(handedOver.takeCount(), handedOver.takeBytes());
        }
    }

    final NodeLeases leases()
    {
        return leases;
    }

    /**
     * Up to here the other side has consumed, in bytes of this end's stream.
     */
    public long acknowledgedPosition()
    {
        return send.freedPosition();
    }

    /**
     * Behind the last accepted message, in bytes of this end's stream.
     */
    public long acceptedPosition()
    {
        return send.tailPosition();
    }

    @Override
    public final String toString()
    {
        return description;
    }
}
