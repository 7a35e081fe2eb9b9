package io.aeromesh.bench.cli.measure;

import java.util.Arrays;

/**
 * The lead's look at the bare cache line before and after each row: tells where the cores lie, and whether they lay
 * there all the time.
 */
final class LimitProbe
{
    private static final int BATCH = 2_000;
    private static final int BATCHES = 15;
    /** Bounces until the loops are compiled. */
    private static final int WARM_UP = 100_000;

    private final Rendezvous rendezvous;
    private final Actor actor;
    private final Bounce bounce;

    /**
     * @param actor that goes on meanwhile, outside of the bouncing.
     */
    LimitProbe(final Rendezvous rendezvous, final Actor actor)
    {
        this.rendezvous = rendezvous;
        this.actor = actor;
        bounce = rendezvous.bounce(Bounce.Lines.ONE_BESIDE_ROWS);
    }

    /**
     * The mean round trip of the median batch, in nanoseconds.
     */
    double measure()
    {
        rendezvous.command(Rendezvous.Command.LIMIT, (long)BATCH * BATCHES, actor);
        final double[] means = new double[BATCHES];
        for (int i = 0; i < BATCHES; i++)
        {
            final long startNs = System.nanoTime();
            bounce.lead(BATCH);
            means[i] = (double)(System.nanoTime() - startNs) / BATCH;
        }
        rendezvous.awaitDone(actor);
        Arrays.sort(means);
        return means[BATCHES / 2];
    }

    /**
     * Has the loops compiled at both ends.
     */
    void warmUp()
    {
        for (int done = 0; done < WARM_UP; done += BATCH * BATCHES)
        {
            measure();
        }
    }
}
