package io.aeromesh.sim.load;

import java.util.SplittableRandom;

/**
 * What an application does how often, in thousandths unless named otherwise.
 *
 * @param lengthMax  of its messages, in bytes.
 * @param sendMax    messages in a tick.
 * @param pollMax    messages in a tick.
 * @param idle       ticks in which it does not read.
 * @param leases     of its messages.
 * @param claims     of its messages that it writes in place.
 * @param closes     ticks in which it closes.
 * @param mode       ticks in which it changes which ways are wanted.
 * @param aborts     messages that it does not consume at once.
 * @param throwing   messages at which it fails.
 * @param reopens    ticks in which it opens its channel anew in place of the one that it has.
 * @param inHandler  messages and events at which it closes its channel, or opens it anew.
 * @param refuses    requests that it does not accept, or not yet.
 */
public record Habits(
    int lengthMax,
    int sendMax,
    int pollMax,
    int idle,
    int leases,
    int claims,
    int closes,
    int mode,
    int aborts,
    int throwing,
    int reopens,
    int inHandler,
    int refuses)
{
    /**
     * Draws some.
     *
     * @param lengthLimit longest message, in bytes.
     * @param leases      whether some messages are leases, in thousandths.
     */
    public static Habits draw(final SplittableRandom random, final int lengthLimit, final int leases)
    {
        final int lengthMax = random.nextInt(3) == 0 ? lengthLimit : 8 + random.nextInt(Math.min(200, lengthLimit - 8));
        return new Habits(lengthMax, 1 + random.nextInt(8), 1 + random.nextInt(20), random.nextInt(3) * 300, leases,
            random.nextInt(2) * 200, random.nextInt(3) == 0 ? random.nextInt(20) : 0,
            random.nextInt(2) == 0 ? random.nextInt(20) : 0, random.nextInt(4) == 0 ? 100 : 0,
            random.nextInt(8) == 0 ? 20 : 0, 0, 0, 0);
    }

    /**
     * Of somebody who changes his mind.
     */
    public Habits unsteady(final SplittableRandom random)
    {
        return new Habits(lengthMax, sendMax, pollMax, idle, leases, claims, closes, mode, aborts, throwing,
            random.nextInt(2) * random.nextInt(40), random.nextInt(2) * random.nextInt(30),
            random.nextInt(2) * random.nextInt(700));
    }

    static boolean hits(final SplittableRandom random, final int perMille)
    {
        return perMille > 0 && random.nextInt(1000) < perMille;
    }
}
