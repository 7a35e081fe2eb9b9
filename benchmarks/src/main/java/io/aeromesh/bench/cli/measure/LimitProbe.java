package io.aeromesh.bench.cli.measure;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the hardware can do: a word that bounces between the two ends, in one cache line or in two, one each way.
 * Nothing that hands over a message there and back can be quicker. Loops of its own, so that the JIT compiles them for
 * nothing else.
 */
public final class LimitProbe
{
    /** Which lines bounce. */
    public enum Place
    {
        /** Those that are looked at before and after each row. */
        BESIDE_ROWS,
        /** Those of rows of their own. */
        ROW
    }

    private static final int BATCH = 2_000;
    private static final int BATCHES = 15;
    /** Bounces until the loops are compiled. */
    private static final int WARM_UP = 100_000;
    private static final int REQUEST = 0;
    private static final int REPLY_SAME_LINE = 0;
    private static final int REPLY_OTHER_LINE = 1024;
    private static final int TWO_LINES_REQUEST = 512;

    private final UnsafeBuffer lines;
    private long last;
    private long lastOfTwo;

    /**
     * One per end and place, as each remembers the last word that it wrote.
     */
    public LimitProbe(final Rendezvous rendezvous, final Place place)
    {
        lines = rendezvous.limitLines(place.ordinal());
    }

    /**
     * Lead's: bounces one line.
     */
    public void lead(final long count)
    {
        final UnsafeBuffer line = lines;
        long value = last;
        for (long i = 0; i < count; i++)
        {
            value += 2;
            line.putLongRelease(REQUEST, value - 1);
            while (line.getLongAcquire(REPLY_SAME_LINE) != value)
            {
                // plain spin: the hint to the processor costs half a bounce on some machines
            }
        }
        last = value;
    }

    /**
     * Peer's.
     */
    public void peer(final long count)
    {
        final UnsafeBuffer line = lines;
        long value = last;
        for (long i = 0; i < count; i++)
        {
            value += 2;
            while (line.getLongAcquire(REQUEST) != value - 1)
            {
                // as above
            }
            line.putLongRelease(REPLY_SAME_LINE, value);
        }
        last = value;
    }

    /**
     * Lead's: bounces two lines, each written by one end only.
     */
    public void leadTwoLines(final long count)
    {
        final UnsafeBuffer line = lines;
        long value = lastOfTwo;
        for (long i = 0; i < count; i++)
        {
            value++;
            line.putLongRelease(TWO_LINES_REQUEST, value);
            while (line.getLongAcquire(REPLY_OTHER_LINE) != value)
            {
                // as above
            }
        }
        lastOfTwo = value;
    }

    /**
     * Peer's.
     */
    public void peerTwoLines(final long count)
    {
        final UnsafeBuffer line = lines;
        long value = lastOfTwo;
        for (long i = 0; i < count; i++)
        {
            value++;
            while (line.getLongAcquire(TWO_LINES_REQUEST) != value)
            {
                // as above
            }
            line.putLongRelease(REPLY_OTHER_LINE, value);
        }
        lastOfTwo = value;
    }

    /**
     * Lead's: the mean round trip of the median batch, in nanoseconds.
     *
     * @param rendezvous by which the peer is told to bounce as often.
     * @param actor      that goes on meanwhile, outside of the bouncing.
     */
    double measure(final Rendezvous rendezvous, final Actor actor)
    {
        rendezvous.command(Rendezvous.Command.LIMIT, (long)BATCH * BATCHES, actor);
        final double[] means = new double[BATCHES];
        for (int i = 0; i < BATCHES; i++)
        {
            final long startNs = System.nanoTime();
            lead(BATCH);
            means[i] = (double)(System.nanoTime() - startNs) / BATCH;
        }
        rendezvous.awaitDone(actor);
        Arrays.sort(means);
        return means[BATCHES / 2];
    }

    /**
     * Lead's: has the loops compiled at both ends.
     */
    void warmUp(final Rendezvous rendezvous, final Actor actor)
    {
        for (int done = 0; done < WARM_UP; done += BATCH * BATCHES)
        {
            measure(rendezvous, actor);
        }
    }
}
