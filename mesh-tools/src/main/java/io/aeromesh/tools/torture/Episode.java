package io.aeromesh.tools.torture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Some faults that overlap, drawn from the seed: what is done, in which order, to whom. After it all is mended, rests
 * and is judged.
 * <p>
 * <b>Threading:</b> main thread.
 */
final class Episode
{
    private final int number;
    private final List<Step> steps = new ArrayList<>();
    private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    private final Set<String> killed = new TreeSet<>();
    private final Set<String> paused = new TreeSet<>();
    private long longestPauseMs;

    Episode(final int number)
    {
        this.number = number;
    }

    int number()
    {
        return number;
    }

    void add(final Kind kind)
    {
        kinds.add(kind);
    }

    void step(final long atMs, final String text, final Runnable action)
    {
        steps.add(new Step(atMs, text, action));
    }

    void kills(final String name)
    {
        killed.add(name);
    }

    void pauses(final String name, final long ms)
    {
        paused.add(name);
        longestPauseMs = Math.max(longestPauseMs, ms);
    }

    /**
     * In the order of their time.
     */
    List<Step> steps()
    {
        steps.sort(Comparator.comparingLong(Step::atMs));
        return steps;
    }

    Set<Kind> kinds()
    {
        return kinds;
    }

    Set<String> killed()
    {
        return killed;
    }

    /**
     * Whether something is done to that process.
     */
    boolean touches(final String name)
    {
        return killed.contains(name) || paused.contains(name);
    }

    /**
     * Whether nothing but deaths happens, so that only they explain what is seen.
     */
    boolean isKillsOnly()
    {
        return paused.isEmpty() && !kinds.contains(Kind.CUT) && !kinds.contains(Kind.LOSS) &&
            !kinds.contains(Kind.KILL_DRIVER) && !kinds.contains(Kind.FULL);
    }

    /**
     * Whether those who live are joined all the time.
     */
    boolean leavesAWay()
    {
        return !killed.contains(ChannelPlan.BRIDGE) && killed.stream().filter(ChannelPlan.RELAYS::contains).count() < 2;
    }

    /**
     * Longest time that a process is stopped for, in milliseconds.
     */
    long longestPauseMs()
    {
        return longestPauseMs;
    }
}
