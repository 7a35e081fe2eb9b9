package io.aeromesh.internal.routing;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.IntArrayList;

/**
 * Goes through every instant that a small world can come to, each once.
 * <p>
 * Depth first while there are not too many of them; then to meet one again that is still on the way to the present one
 * would be a mesh that need never settle. A world with more instants is searched breadth first to the depth where that
 * many are known, so that all orders of so many steps are tried; from each instant at that depth one order, which its
 * digest draws, is followed until the mesh is settled.
 */
final class WorldSearch
{
    private static final byte ON_THE_WAY = 1;
    private static final byte DONE = 2;
    private static final byte FOLLOWED = 3;
    private static final int STEPS_MAX = 10_000;

    /** One instant on the way, with the steps that are possible in it. */
    private static final class Frame
    {
        private final int[] at;
        private final IntArrayList steps = new IntArrayList();
        private int taken;
        private long high;
        private long low;

        Frame(final int length)
        {
            at = new int[length];
        }
    }

    private final StateSet seen = new StateSet();
    private final Digest digest = new Digest();
    private final IntArrayList steps = new IntArrayList();
    private final List<Frame> frames = new ArrayList<>();
    private final int statesMax;
    private int depth;
    private long states;
    private long transitions;
    private long settled;
    private long audits;
    private int longest;
    private int worlds;
    private int boundedWorlds;
    private int leastBound = Integer.MAX_VALUE;

    /**
     * @param statesMax how many instants of one world to look at before its depth is bounded.
     */
    WorldSearch(final int statesMax)
    {
        this.statesMax = statesMax;
    }

    int worlds()
    {
        return worlds;
    }

    /** Counts steps of tables that were tried in two ways. */
    void audited(final long count)
    {
        audits += count;
    }

    /** What was done, for people. */
    @Override
    public String toString()
    {
        return String.format(
            "%,d worlds, %,d of them bounded%s; %,d instants, %,d steps between them, %,d settled; " +
                "longest %d steps; %,d steps of tables tried in two ways",
            worlds, boundedWorlds, boundedWorlds == 0 ? "" : " at " + leastBound + " steps or more",
            states, transitions, settled, longest, audits);
    }

    /**
     * Searches a world.
     *
     * @return what is wrong, or null.
     */
    String run(final SmallWorld world)
    {
        worlds++;
        seen.clear();
        frames.clear();
        depth = 0;
        String failure = enter(world, world.start());
        while (failure == null && depth > 0 && seen.size() <= statesMax)
        {
            final Frame frame = frames.get(depth - 1);
            if (frame.taken < frame.steps.size())
            {
                failure = take(world, frame);
            }
            else
            {
                seen.mark(frame.high, frame.low, DONE);
                depth--;
            }
        }
        states += seen.size();
        return failure != null || depth == 0 ? failure : bounded(world);
    }

    private String take(final SmallWorld world, final Frame frame)
    {
        final Frame next = frame(frame.at.length);
        System.arraycopy(frame.at, 0, next.at, 0, frame.at.length);
        transitions++;
        final String failure = world.apply(next.at, frame.steps.getInt(frame.taken++));
        if (failure != null)
        {
            return failure;
        }
        final byte mark = seen.mark(digest.of(next.at));
        if (mark == ON_THE_WAY)
        {
            return "comes back to where it was, and so need never settle";
        }
        return mark == DONE ? null : enter(world, next.at);
    }

    private String enter(final SmallWorld world, final int[] at)
    {
        final Frame frame = frame(at.length);
        if (frame.at != at)
        {
            System.arraycopy(at, 0, frame.at, 0, at.length);
        }
        digest.of(at);
        frame.high = digest.high();
        frame.low = digest.low();
        seen.mark(frame.high, frame.low, ON_THE_WAY);
        frame.taken = 0;
        world.steps(at, frame.steps);
        depth++;
        longest = Math.max(longest, depth);
        return checkIfSettled(world, at, frame.steps);
    }

    private Frame frame(final int length)
    {
        if (depth == frames.size())
        {
            frames.add(new Frame(length));
        }
        return frames.get(depth);
    }

    private String bounded(final SmallWorld world)
    {
        boundedWorlds++;
        seen.clear();
        frames.clear();
        List<int[]> level = List.of(world.start());
        int bound = 0;
        while (seen.size() <= statesMax / 2)
        {
            final List<int[]> next = new ArrayList<>();
            for (final int[] at : level)
            {
                final String failure = expand(world, at, next);
                if (failure != null)
                {
                    return failure;
                }
            }
            level = next;
            bound++;
        }
        leastBound = Math.min(leastBound, bound);
        for (final int[] at : level)
        {
            final String failure = follow(world, at);
            if (failure != null)
            {
                return failure;
            }
        }
        states += seen.size();
        return null;
    }

    private String expand(final SmallWorld world, final int[] at, final List<int[]> next)
    {
        world.steps(at, steps);
        String failure = checkIfSettled(world, at, steps);
        for (int i = 0; i < steps.size() && failure == null; i++)
        {
            final int[] after = at.clone();
            transitions++;
            failure = world.apply(after, steps.getInt(i));
            if (seen.mark(digest.of(after)) == StateSet.ABSENT)
            {
                seen.mark(digest.high(), digest.low(), DONE);
                next.add(after);
            }
        }
        return failure;
    }

    private String follow(final SmallWorld world, final int[] at)
    {
        for (int taken = 0; taken < STEPS_MAX; taken++)
        {
            if (seen.mark(digest.of(at)) == FOLLOWED)
            {
                return null;
            }
            seen.mark(digest.high(), digest.low(), FOLLOWED);
            world.steps(at, steps);
            String failure = checkIfSettled(world, at, steps);
            if (steps.isEmpty() || failure != null)
            {
                return failure;
            }
            transitions++;
            final int drawn = (int)Long.remainderUnsigned(digest.low(), steps.size());
            failure = world.apply(at, steps.getInt(drawn));
            if (failure != null)
            {
                return failure;
            }
        }
        return "does not settle within " + STEPS_MAX + " steps";
    }

    private String checkIfSettled(final SmallWorld world, final int[] at, final IntArrayList possible)
    {
        if (!world.isSettled(at, possible))
        {
            return null;
        }
        settled++;
        return world.checkSettled(at);
    }
}
