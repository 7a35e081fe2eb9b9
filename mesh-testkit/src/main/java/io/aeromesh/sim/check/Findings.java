package io.aeromesh.sim.check;

import java.util.List;

/**
 * Keeps the first violation of a world: what comes after it may follow from it.
 * <p>
 * <b>Threading:</b> the simulation's one thread. Nothing is thrown, as checks also run within duty cycles.
 */
public final class Findings
{
    private Violation first;
    private long tick;

    /**
     * None yet.
     */
    public Findings()
    {
    }

    /**
     * A new tick begins.
     */
    public void tick(final long newTick)
    {
        tick = newTick;
    }

    /**
     * A rule was broken.
     */
    public void report(final Rule rule, final String what, final String... nodes)
    {
        if (first == null)
        {
            first = new Violation(rule, tick, what, List.of(nodes));
        }
    }

    /**
     * The first violation, or null.
     */
    public Violation first()
    {
        return first;
    }
}
