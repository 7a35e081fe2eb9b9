package io.aeromesh.bench.layout;

import java.util.concurrent.TimeUnit;

/**
 * The two ends of a layout, the second in a thread of its own that answers each message, or only reads them.
 * <p>
 * <b>Threading:</b> the lead's thread. <b>Blocking:</b> spins, with a bound.
 */
final class TwoThreads implements AutoCloseable
{
    /** What the second end does. */
    enum Peer
    {
        ANSWERS, READS
    }

    private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int LOOKS_PER_CLOCK = 1 << 16;

    private final End end;
    private final Thread thread;
    private final Peer peer;
    private long sent;
    private volatile long read;
    private volatile boolean isClosed;
    private volatile RuntimeException failure;

    TwoThreads(final Layout layout, final Peer peer)
    {
        this.peer = peer;
        final End[] ends = layout.ends();
        end = ends[0];
        thread = new Thread(() -> serveAndTell(ends[1]), "layout-peer");
        thread.setDaemon(true);
        thread.start();
    }

    private void serveAndTell(final End other)
    {
        try
        {
            serve(other);
        }
        catch (final RuntimeException ex)
        {
            failure = ex;
        }
    }

    private void serve(final End other)
    {
        long expected = 1;
        while (!isClosed)
        {
            final long number = other.poll();
            if (number == 0)
            {
                // what the lead waits for, told only while there is nothing else to do
                if (peer == Peer.READS && read != expected - 1)
                {
                    read = expected - 1;
                }
                continue;
            }
            require(expected, number);
            expected++;
            if (peer == Peer.ANSWERS)
            {
                while (!other.send(number))
                {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private static void require(final long expected, final long number)
    {
        if (number != expected)
        {
            throw new IllegalStateException("expected message " + expected + ", got " + number);
        }
    }

    /**
     * So many there and back, one at a time.
     *
     * @return number of the last.
     */
    long trips(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            send(++sent);
            long number;
            int looks = 0;
            long deadlineNs = 0;
            while ((number = end.poll()) == 0)
            {
                if (++looks % LOOKS_PER_CLOCK == 0)
                {
                    deadlineNs = checked(deadlineNs);
                }
            }
            require(sent, number);
        }
        return sent;
    }

    /**
     * So many one way, until all are read.
     *
     * @return number of the last.
     */
    long stream(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            send(++sent);
        }
        int looks = 0;
        long deadlineNs = 0;
        while (read != sent)
        {
            if (++looks % LOOKS_PER_CLOCK == 0)
            {
                deadlineNs = checked(deadlineNs);
            }
        }
        return sent;
    }

    private void send(final long number)
    {
        int looks = 0;
        long deadlineNs = 0;
        while (!end.send(number))
        {
            if (++looks % LOOKS_PER_CLOCK == 0)
            {
                deadlineNs = checked(deadlineNs);
            }
        }
    }

    /** The deadline, which is set by the first look at the clock. */
    private long checked(final long deadlineNs)
    {
        final RuntimeException ended = failure;
        if (ended != null)
        {
            throw new IllegalStateException("the other thread failed before message " + sent, ended);
        }
        final long nowNs = System.nanoTime();
        if (deadlineNs != 0 && nowNs - deadlineNs > 0)
        {
            throw new IllegalStateException(
                "waited " + TimeUnit.NANOSECONDS.toSeconds(BOUND_NS) + " s for message " + sent);
        }
        return deadlineNs == 0 ? nowNs + BOUND_NS : deadlineNs;
    }

    @Override
    public void close()
    {
        isClosed = true;
        try
        {
            thread.join();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }
}
