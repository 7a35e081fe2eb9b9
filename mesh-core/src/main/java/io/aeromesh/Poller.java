package io.aeromesh;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.internal.session.Awaitable;
import io.aeromesh.os.MeshOs;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.IdleStrategy;

/**
 * Polls several channels by one thread, each in its turn, and waits for them.
 * <p>
 * <b>Threading:</b> one thread, which is that of all its channels. <b>Blocking:</b> {@link #await} alone, never longer
 * than it is told. <b>Allocation:</b> none in {@link #poll} and {@link #await}. <b>Ownership:</b> none: who opened a
 * channel closes it, and removes it here.
 */
public final class Poller
{
    /** Polls before the first sleep: what comes soon finds the thread awake. */
    private static final int SPINS = 100;

    private final MeshOs os;
    private final IdleStrategy strategy;
    private final List<Awaitable> channels = new ArrayList<>();
    private int next;

    /**
     * @param strategy null: sleeps until woken.
     */
    private Poller(final MeshOs os, final IdleStrategy strategy)
    {
        this.os = os;
        this.strategy = strategy;
    }

    static Poller of(final MeshOs os, final Idle idle)
    {
        return new Poller(os, idle == Idle.PARKED ? null : idle.get());
    }

    /**
     * Adds a channel.
     *
     * @throws MeshException BAD_CONFIG when it is there already, or when this poller sleeps and the channel was not
     *                       opened with {@link ChannelSpec#parkable(boolean)}.
     */
    public Poller add(final Channel channel)
    {
        return add((Object)channel);
    }

    /**
     * Adds a broadcast channel.
     *
     * @throws MeshException as {@link #add(Channel)}.
     */
    public Poller add(final BroadcastChannel channel)
    {
        return add((Object)channel);
    }

    private Poller add(final Object channel)
    {
        if (!(channel instanceof Awaitable awaitable))
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, channel + " was not opened by a node");
        }
        if (channels.contains(awaitable))
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, channel + " is polled here already");
        }
        if (strategy == null && !awaitable.isParkable())
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, channel + " has parkable=false, so that nobody would wake " +
                "this poller with idle=PARKED: open it with parkable(true)");
        }
        channels.add(awaitable);
        return this;
    }

    /**
     * Removes a channel; nothing happens when it is not there.
     */
    public void remove(final MessageSink channel)
    {
        channels.removeIf(one -> one == channel);
        next = 0;
    }

    /**
     * Polls each channel once, beginning with another one each time. Each has an equal share of the limit, so that one
     * that always has messages delays the others by no more than that.
     *
     * @param handler as of {@link Channel#poll}; what it throws leaves the channels behind to the next call.
     * @param limit   of messages in this call.
     * @return number of messages consumed.
     */
    public int poll(final MessageHandler handler, final int limit)
    {
        final int size = channels.size();
        final int share = size == 0 ? 0 : Math.max(1, limit / size);
        int count = 0;
        for (int i = 0; i < size && count < limit; i++)
        {
            final int index = next < size ? next : 0;
            next = index + 1;
            count += channels.get(index).poll(handler, Math.min(share, limit - count));
        }
        return count;
    }

    /**
     * Polls as {@link #poll} does, and while there is no message waits as the poller's {@link Idle} says.
     *
     * @param handler   as of {@link #poll}.
     * @param limit     of messages in this call.
     * @param timeoutNs longest time to wait, in nanoseconds.
     * @return number of messages consumed; 0 when none came in time, or when the thread was interrupted.
     * @throws MeshException BAD_CONFIG when {@code timeoutNs} is negative.
     */
    public int await(final MessageHandler handler, final int limit, final long timeoutNs)
    {
        if (timeoutNs < 0)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "need timeoutNs >= 0: timeoutNs=" + timeoutNs);
        }
        int count = poll(handler, limit);
        if (count > 0)
        {
            return count;
        }
        final long startNs = os.nanoClock().nanoTime();
        long passedNs = 0;
        for (int looks = 0; count == 0 && passedNs < timeoutNs && !Thread.currentThread().isInterrupted(); looks++)
        {
            if (strategy != null)
            {
                strategy.idle();
            }
            else if (looks < SPINS)
            {
                Thread.onSpinWait();
            }
            else
            {
                count = sleep(handler, limit, timeoutNs - passedNs);
            }
            count = count > 0 ? count : poll(handler, limit);
            passedNs = os.nanoClock().nanoTime() - startNs;
        }
        if (strategy != null)
        {
            strategy.reset();
        }
        return count;
    }

    /**
     * Arms the wake-ups, looks a last time, and sleeps if there is nothing, by the rules of
     * {@link io.aeromesh.os.ParkWord}.
     */
    private int sleep(final MessageHandler handler, final int limit, final long timeoutNs)
    {
        try
        {
            for (int i = 0; i < channels.size(); i++)
            {
                channels.get(i).arm();
            }
            final int count = poll(handler, limit);
            final long sleepNs = count > 0 ? 0 : sleepNsMax(timeoutNs);
            if (sleepNs > 0)
            {
                os.park(sleepNs);
            }
            return count;
        }
        finally
        {
            for (int i = 0; i < channels.size(); i++)
            {
                channels.get(i).disarm();
            }
        }
    }

    /**
     * @return 0 when somebody has woken one of the channels since it was armed.
     */
    private long sleepNsMax(final long timeoutNs)
    {
        long sleepNs = timeoutNs;
        for (int i = 0; i < channels.size(); i++)
        {
            final Awaitable channel = channels.get(i);
            sleepNs = channel.isArmed() ? Math.min(sleepNs, channel.sleepNsMax()) : 0;
        }
        return sleepNs;
    }
}
