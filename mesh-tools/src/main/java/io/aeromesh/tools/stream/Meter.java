package io.aeromesh.tools.stream;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How long a stream has run and how quick it is; shows it once a second where that is asked for.
 */
final class Meter
{
    private static final long SHOW_NS = TimeUnit.SECONDS.toNanos(1);
    private static final double NS_PER_S = 1e9;
    private static final double BYTES_PER_MB = 1e6;

    private final PrintWriter err;
    private final boolean isShown;
    private long startNs = System.nanoTime();
    private long shownNs = startNs;
    private long shownBytes;
    private boolean hasShown;

    /**
     * @param isShown whether progress is printed.
     */
    Meter(final PrintWriter err, final boolean isShown)
    {
        this.err = err;
        this.isShown = isShown;
    }

    /**
     * The stream begins.
     */
    void start()
    {
        startNs = System.nanoTime();
        shownNs = startNs;
        shownBytes = 0;
    }

    /**
     * @param bytes so far.
     * @param way   that they go; asked for when it is shown.
     */
    void tick(final long bytes, final Supplier<String> way)
    {
        if (isShown)
        {
            final long nowNs = System.nanoTime();
            if (nowNs - shownNs >= SHOW_NS)
            {
                err.print(String.format(Locale.ROOT, "\r%15d bytes  %8.1f MB/s  %-14s", bytes,
                    megabytesPerSecond(bytes - shownBytes, nowNs - shownNs), way.get()));
                err.flush();
                hasShown = true;
                shownNs = nowNs;
                shownBytes = bytes;
            }
        }
    }

    /**
     * The stream is over: what is printed next begins a line.
     *
     * @return seconds since its start.
     */
    double stop()
    {
        final double seconds = (System.nanoTime() - startNs) / NS_PER_S;
        if (hasShown)
        {
            err.println();
            hasShown = false;
        }
        return seconds;
    }

    private static double megabytesPerSecond(final long bytes, final long ns)
    {
        return bytes / BYTES_PER_MB / (ns / NS_PER_S);
    }
}
