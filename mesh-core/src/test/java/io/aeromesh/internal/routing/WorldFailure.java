package io.aeromesh.internal.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.agrona.collections.IntArrayList;

/**
 * Finds the shortest way to a failure of a small world, and tells it step by step. Breadth first, so that it needs more
 * memory than {@link WorldSearch}.
 */
final class WorldFailure
{
    private static final int INSTANTS_MAX = 2_000_000;

    private final SmallWorld world;
    private final Predicate<String> kind;
    private final StateSet seen = new StateSet();
    private final Digest digest = new Digest();
    private final List<int[]> instants = new ArrayList<>();
    private final IntArrayList parents = new IntArrayList();
    private final IntArrayList taken = new IntArrayList();

    private WorldFailure(final SmallWorld world, final Predicate<String> kind)
    {
        this.world = world;
        this.kind = kind;
    }

    /**
     * @param kind of failure that is looked for.
     * @return lines: the world, the steps, what is wrong; or that none was found that is short enough.
     */
    static String shortest(final SmallWorld world, final Predicate<String> kind)
    {
        return new WorldFailure(world, kind).search();
    }

    private String search()
    {
        visit(world.start(), -1, 0);
        final IntArrayList steps = new IntArrayList();
        for (int index = 0; index < instants.size() && index < INSTANTS_MAX; index++)
        {
            final int[] at = instants.get(index);
            world.steps(at, steps);
            if (world.isSettled(at, steps))
            {
                final String failure = world.checkSettled(at);
                if (failure != null && kind.test(failure))
                {
                    return tell(index, "settled", failure);
                }
            }
            for (int i = 0; i < steps.size(); i++)
            {
                final int[] next = at.clone();
                final String failure = world.apply(next, steps.getInt(i));
                if (failure != null && kind.test(failure))
                {
                    return tell(index, world.text(at, steps.getInt(i)), failure + " (" + world.routes(next) + ")");
                }
                visit(next, index, steps.getInt(i));
            }
        }
        return world + ": no failure within " + instants.size() + " instants from the start";
    }

    private void visit(final int[] at, final int parent, final int step)
    {
        if (seen.mark(digest.of(at)) == StateSet.ABSENT)
        {
            seen.mark(digest.high(), digest.low(), (byte)1);
            instants.add(at);
            parents.addInt(parent);
            taken.addInt(step);
        }
    }

    private String tell(final int index, final String last, final String failure)
    {
        final List<String> lines = new ArrayList<>();
        lines.add(failure);
        lines.add(last);
        for (int at = index; parents.getInt(at) >= 0; at = parents.getInt(at))
        {
            lines.add(world.text(instants.get(parents.getInt(at)), taken.getInt(at)));
        }
        lines.add(world.toString());
        final StringBuilder text = new StringBuilder();
        for (int line = lines.size() - 1; line >= 0; line--)
        {
            final int number = lines.size() - 1 - line;
            final String label = line == 0 ? "  =>" : number == 0 ? "" : String.format("%4d", number);
            text.append(label).append(number == 0 ? "" : " ").append(lines.get(line)).append('\n');
        }
        return text.toString();
    }
}
