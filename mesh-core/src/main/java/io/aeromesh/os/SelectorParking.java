package io.aeromesh.os;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Sleeps in a selector, which both sockets and threads wake. The lines of {@link ParkWord} are named here.
 * <p>
 * A bell that comes before the sleep is remembered: by the selector for a thread's, by the socket for a byte.
 */
final class SelectorParking implements Parking
{
    private static final int AWAKE = 0;
    private static final int PARKED = 1;
    private static final Consumer<SelectionKey> NOTHING = key ->
    {};

    private final Selector selector;
    private final long boundNs;
    private final List<ParkWord> words = new ArrayList<>();
    private final AtomicInteger state = new AtomicInteger();
    private long limitNs;
    private long wakeUps;
    private volatile boolean retired;

    /**
     * @param boundNs longest sleep, in nanoseconds.
     */
    SelectorParking(final long boundNs)
    {
        this.boundNs = boundNs;
        try
        {
            selector = Selector.open();
        }
        catch (final IOException ex)
        {
            throw new MeshException(ErrorCode.BAD_CONFIG, "a parked node needs a selector, which takes two or three " +
                "file descriptors: " + Reason.of(ex) +
                "; raise the limit of open files, or choose another idle strategy", ex);
        }
    }

    @Override
    public boolean isParkable()
    {
        return true;
    }

    @Override
    public void wake()
    {
        VarHandle.fullFence(); // W2
        if (state.getAcquire() == PARKED && state.compareAndSet(PARKED, AWAKE))
        {
            selector.wakeup();
        }
    }

    @Override
    public void watch(final SelectableChannel channel)
    {
        try
        {
            channel.register(
                selector, channel.validOps() & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT));
        }
        catch (final ClosedChannelException ignore)
        {
            // who owns it finds out at its next look
        }
    }

    @Override
    public void show(final ParkWord word)
    {
        words.add(word);
    }

    @Override
    public void hide(final ParkWord word)
    {
        words.remove(word);
    }

    @Override
    public void noLongerThan(final long delayNs)
    {
        limitNs = Math.min(limitNs, Math.max(0, delayNs));
    }

    @Override
    public long wakeUps()
    {
        return wakeUps;
    }

    @Override
    public void arm()
    {
        limitNs = boundNs;
        state.setRelease(PARKED); // S1
        for (int i = 0; i < words.size(); i++)
        {
            words.get(i).park();
        }
        VarHandle.fullFence(); // S2
    }

    @Override
    public long park()
    {
        if (retired || state.getAcquire() != PARKED)
        {
            return 0;
        }
        final long delayNs = limitNs;
        final long startNs = System.nanoTime();
        try
        {
            final int ready = delayNs == 0 ? selector.selectNow(NOTHING) :
                selector.select(NOTHING, TimeUnit.NANOSECONDS.toMillis(delayNs - 1) + 1);
            if (ready > 0)
            {
                wakeUps++;
            }
        }
        catch (final IOException ex)
        {
            retired = true; // nothing to sleep in any more: the agent backs off instead
            return 0;
        }
        return Math.max(0, System.nanoTime() - startNs - delayNs);
    }

    @Override
    public void disarm()
    {
        state.setRelease(AWAKE);
        for (int i = 0; i < words.size(); i++)
        {
            words.get(i).awake();
        }
    }

    @Override
    public void retire()
    {
        retired = true; // before the wake-up, so that no sleep begins after it
        wake();
    }

    @Override
    public boolean isRetired()
    {
        return retired;
    }

    @Override
    public void close()
    {
        retire();
        try
        {
            selector.close();
        }
        catch (final IOException ignore)
        {
            // its descriptors are gone either way
        }
    }
}
