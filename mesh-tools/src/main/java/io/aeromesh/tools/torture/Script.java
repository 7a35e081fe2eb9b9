package io.aeromesh.tools.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws episodes.
 * <p>
 * <b>Threading:</b> main thread.
 */
final class Script
{
    static final long LONG_PAUSE_MS = 60_000;
    private static final long PAUSE_MS_MIN = 10;
    private static final int[] FAULTS = {1, 1, 1, 2, 2, 3};
    private static final int WITHIN_MS = 600;
    private static final int DOWN_MS = 1_500;
    private static final int SHORT_MS = 400;
    private static final int ONE_LONGER_OF = 5;
    private static final long BESIDES_EACH_MS = 7_000;
    private static final int LOSS_PERCENT_MAX = 25;
    private static final int NET_MS_MIN = 300;
    private static final int NET_MS_MAX = 4_000;
    private static final int CLOCK_SECONDS_MAX = 86_400;

    private final Yard yard;
    private final Machine machine;
    private final Vandal vandal;
    private final List<Kind> kinds = new ArrayList<>();
    private final Random random;
    private int episodes;

    Script(final Yard yard, final Machine machine, final Vandal vandal, final Random random)
    {
        this.yard = yard;
        this.machine = machine;
        this.vandal = vandal;
        this.random = random;
        for (final Kind kind : Kind.values())
        {
            if (machine.allows(kind))
            {
                kinds.add(kind);
            }
        }
    }

    /**
     * Whether there is anything that this machine lets be done.
     */
    boolean isEmpty()
    {
        return kinds.isEmpty();
    }

    boolean canPause()
    {
        return kinds.contains(Kind.STOP);
    }

    Episode next()
    {
        final Episode episode = new Episode(++episodes);
        final int faults = FAULTS[random.nextInt(FAULTS.length)];
        for (int i = 0; i < faults; i++)
        {
            add(episode, kinds.get(random.nextInt(kinds.size())), random.nextInt(WITHIN_MS));
        }
        return episode;
    }

    /**
     * With one process stopped for a minute, while other things happen to the others.
     */
    Episode nextLong()
    {
        final Episode episode = new Episode(++episodes);
        addPause(episode, 0, LONG_PAUSE_MS);
        for (long at = BESIDES_EACH_MS; at < LONG_PAUSE_MS - BESIDES_EACH_MS; at += BESIDES_EACH_MS)
        {
            add(episode, kinds.get(random.nextInt(kinds.size())), at + random.nextInt(WITHIN_MS));
        }
        return episode;
    }

    private void add(final Episode episode, final Kind kind, final long atMs)
    {
        switch (kind)
        {
            case KILL_WRITER -> addKill(episode, kind, ChannelPlan.WRITER, atMs);
            case KILL_READER -> addKill(episode, kind, ChannelPlan.READER, atMs);
            case KILL_RELAY -> addKill(episode, kind, oneOf(ChannelPlan.RELAYS), atMs);
            case KILL_DRIVER -> addKill(episode, kind, Yard.DRIVER, atMs);
            case PID_ONE -> addKill(episode, kind, oneOf(Machine.PID_ONE_NODES), atMs);
            case STOP -> addPause(episode, atMs, pauseMs());
            case FULL -> addFull(episode, atMs);
            case FILES -> addFiles(episode, atMs);
            case CLOCK -> addClock(episode, atMs);
            case LOSS, CUT -> addNet(episode, kind, atMs);
        }
    }

    private void addKill(final Episode episode, final Kind kind, final String name, final long atMs)
    {
        if (episode.touches(name))
        {
            return;
        }
        episode.add(kind);
        kill(episode, name, atMs);
        start(episode, name, atMs + 1 + (random.nextBoolean() ? 0 : random.nextInt(DOWN_MS)));
    }

    private void addPause(final Episode episode, final long atMs, final long pauseMs)
    {
        final List<String> names = new ArrayList<>(yard.nodes());
        names.add(Yard.DRIVER);
        final String name = oneOf(names);
        if (!episode.touches(name))
        {
            episode.add(Kind.STOP);
            episode.pauses(name, pauseMs);
            episode.step(atMs, "stop " + name + " for " + pauseMs + " ms", () -> yard.pause(name, pauseMs));
        }
    }

    private void addFull(final Episode episode, final long atMs)
    {
        final String name = oneOf(yard.nodes());
        if (episode.touches(name) || episode.kinds().contains(Kind.FILES) || episode.kinds().contains(Kind.FULL))
        {
            return;
        }
        episode.add(Kind.FULL);
        final long killMs = atMs + random.nextInt(SHORT_MS);
        episode.step(atMs, "fill shared memory", () ->
        {
            yard.memoryFull(true);
            machine.memory().fill();
        });
        kill(episode, name, killMs);
        start(episode, name, killMs + 1);
        episode.step(killMs + DOWN_MS + random.nextInt(DOWN_MS), "free shared memory", () ->
        {
            machine.memory().free();
            yard.memoryFull(false);
        });
    }

    private void addFiles(final Episode episode, final long atMs)
    {
        final String name = oneOf(yard.nodes());
        if (episode.touches(name) || episode.kinds().contains(Kind.FULL) || episode.kinds().contains(Kind.FILES))
        {
            return;
        }
        episode.add(Kind.FILES);
        kill(episode, name, atMs);
        final long spoilMs = atMs + random.nextInt(SHORT_MS);
        episode.step(spoilMs, "spoil files that nobody has mapped", () ->
        {
            yard.mayRefuse(true);
            vandal.spoil();
        });
        start(episode, name, spoilMs + 1);
        episode.step(spoilMs + DOWN_MS, "give permissions back", () ->
        {
            vandal.mend();
            yard.mayRefuse(false);
        });
    }

    private void addClock(final Episode episode, final long atMs)
    {
        episode.add(Kind.CLOCK);
        final int seconds = random.nextInt(2 * CLOCK_SECONDS_MAX) - CLOCK_SECONDS_MAX;
        episode.step(atMs, "wall clock of " + WallClock.PROCESSES + " to " + seconds + " s from the machine's",
            () -> machine.clock().step(seconds));
    }

    private void addNet(final Episode episode, final Kind kind, final long atMs)
    {
        if (episode.kinds().contains(kind))
        {
            return;
        }
        episode.add(kind);
        final long endMs = atMs + NET_MS_MIN + random.nextInt(NET_MS_MAX);
        if (kind == Kind.CUT)
        {
            episode.step(atMs, "cut the link to D", machine.network()::cut);
            episode.step(endMs, "mend the link to D", machine.network()::mend);
        }
        else
        {
            final int percent = 1 + random.nextInt(LOSS_PERCENT_MAX);
            episode.step(atMs, "lose " + percent + " % to and from D", () -> machine.network().lose(percent));
            episode.step(endMs, "lose nothing", machine.network()::endLoss);
        }
    }

    private void kill(final Episode episode, final String name, final long atMs)
    {
        episode.kills(name);
        episode.step(atMs, "kill " + name, () -> yard.kill(name));
    }

    private void start(final Episode episode, final String name, final long atMs)
    {
        episode.step(atMs, "start " + name, () -> yard.start(name));
    }

    /**
     * Short ones often: evenly by the order of magnitude up to a second, one in five up to eight.
     */
    private long pauseMs()
    {
        final double orders = random.nextInt(ONE_LONGER_OF) == 0 ? 2 + random.nextDouble() : 2 * random.nextDouble();
        return Math.round(PAUSE_MS_MIN * Math.pow(10, Math.min(orders, 2.9)));
    }

    private String oneOf(final List<String> names)
    {
        return names.get(random.nextInt(names.size()));
    }
}
