package io.aeromesh.sim.check;

/**
 * Looks whether a rule holds, and reports to {@link Findings} when it does not.
 * <p>
 * <b>Threading:</b> the simulation's one thread.
 */
public interface Checker
{
    /**
     * A node has run a duty cycle.
     */
    default void afterCycle(final String nodeName)
    {
    }

    /**
     * All nodes and applications have had their turn.
     */
    default void afterTick()
    {
    }
}
