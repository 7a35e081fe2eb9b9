package io.aeromesh.bench.cli.measure;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the hardware can do: a word that bounces between the two ends, in one cache line that both write, or in two,
 * each written by one end. Nothing that hands over a message there and back can be quicker than the former, and nothing
 * that has memory for each direction quicker than the latter.
 * <p>
 * <b>Threading:</b> one end's thread. Each end makes its own.
 */
public final class Bounce
{
    /** Which lines bounce; no two share a line, or a neighbouring one. */
    public enum Lines
    {
        /** One, looked at before and after each row. */
        ONE_BESIDE_ROWS(0, 0),
        /** One, as a row of its own. */
        ONE(512, 512),
        /** Two, one each way, as a row of their own. */
        TWO(1024, 2048);

        private final int toPeer;
        private final int toLead;

        Lines(final int toPeer, final int toLead)
        {
            this.toPeer = toPeer;
            this.toLead = toLead;
        }
    }

    private final UnsafeBuffer page;
    private final int toPeer;
    private final int toLead;
    private long last;

    Bounce(final UnsafeBuffer page, final Lines lines)
    {
        this.page = page;
        toPeer = lines.toPeer;
        toLead = lines.toLead;
    }

    /**
     * The lead's part of so many round trips.
     */
    public void lead(final long count)
    {
        final UnsafeBuffer lines = page;
        final int out = toPeer;
        final int in = toLead;
        long value = last;
        for (long i = 0; i < count; i++)
        {
            value += 2;
            lines.putLongRelease(out, value - 1);
            while (lines.getLongAcquire(in) != value)
            {
                // plain spin: the hint to the processor costs half a bounce on some machines
            }
        }
        last = value;
    }

    /**
     * The peer's part.
     */
    public void peer(final long count)
    {
        final UnsafeBuffer lines = page;
        final int in = toPeer;
        final int out = toLead;
        long value = last;
        for (long i = 0; i < count; i++)
        {
            value += 2;
            while (lines.getLongAcquire(in) != value - 1)
            {
                // as above
            }
            lines.putLongRelease(out, value);
        }
        last = value;
    }
}
