package io.aeromesh.internal.routing;

import io.aeromesh.internal.routing.SmallWorld.Grain;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Which small worlds are searched together, and how far: every connected graph of so many nodes, every list of so many
 * events.
 *
 * @param scope     which destinations.
 * @param nodes     in the graphs.
 * @param events    one, or every pair in its order, the second at any instant after the first.
 * @param grain     how much a node does in one step.
 * @param costs     patterns of costs that are tried: 1, or 2.
 * @param statesMax instants of one world from which on its depth is bounded.
 */
record SmallWorldTier(Scope scope, int nodes, int events, Grain grain, int costs, int statesMax)
{
    /** Which destinations' routes a world is about. */
    enum Scope
    {
        /** Each in worlds of its own: routes to different destinations only share packets. */
        EACH,
        /** All at once. */
        ALL
    }

    /**
     * What the property {@code mesh.exhaustive} asks for: {@code full}; {@code least}, where it is run again and again;
     * otherwise what each build searches.
     */
    static List<SmallWorldTier> asked()
    {
        switch (System.getProperty("mesh.exhaustive", "quick"))
        {
            case "full":
                return full();

            case "least":
                return List.of(new SmallWorldTier(Scope.EACH, 3, 1, Grain.REACTION, 2, 2000));

            default:
                return quick();
        }
    }

    /** What each build searches. */
    private static List<SmallWorldTier> quick()
    {
        return List.of(
            new SmallWorldTier(Scope.EACH, 1, 2, Grain.PACKET, 2, 100_000),
            new SmallWorldTier(Scope.EACH, 2, 2, Grain.PACKET, 2, 100_000),
            new SmallWorldTier(Scope.EACH, 3, 1, Grain.PACKET, 1, 20_000),
            new SmallWorldTier(Scope.EACH, 3, 1, Grain.CYCLE, 2, 200_000),
            new SmallWorldTier(Scope.ALL, 3, 1, Grain.REACTION, 1, 20_000),
            new SmallWorldTier(Scope.EACH, 3, 2, Grain.REACTION, 1, 1000),
            new SmallWorldTier(Scope.EACH, 4, 1, Grain.REACTION, 2, 1000));
    }

    /** What is searched when there is time. */
    private static List<SmallWorldTier> full()
    {
        return List.of(
            new SmallWorldTier(Scope.EACH, 1, 2, Grain.PACKET, 2, 5_000_000),
            new SmallWorldTier(Scope.EACH, 2, 2, Grain.PACKET, 2, 5_000_000),
            new SmallWorldTier(Scope.EACH, 3, 1, Grain.PACKET, 2, 5_000_000),
            new SmallWorldTier(Scope.ALL, 3, 1, Grain.REACTION, 2, 200_000),
            new SmallWorldTier(Scope.EACH, 5, 1, Grain.REACTION, 2, 10_000),
            new SmallWorldTier(Scope.EACH, 4, 2, Grain.REACTION, 2, 2000),
            new SmallWorldTier(Scope.EACH, 5, 2, Grain.REACTION, 1, 300),
            new SmallWorldTier(Scope.EACH, 4, 1, Grain.REACTION, 2, 400_000),
            new SmallWorldTier(Scope.EACH, 4, 1, Grain.CYCLE, 2, 100_000),
            new SmallWorldTier(Scope.EACH, 3, 2, Grain.CYCLE, 2, 100_000),
            new SmallWorldTier(Scope.EACH, 3, 2, Grain.PACKET, 2, 6000));
    }

    /**
     * Searches all.
     *
     * @return what was done.
     * @throws AssertionError with the shortest way to what is wrong.
     */
    WorldSearch search()
    {
        final WorldSearch search = new WorldSearch(statesMax);
        final String failure = search(search, WorldFault.NONE, each -> true);
        if (failure != null)
        {
            throw new AssertionError(failure);
        }
        return search;
    }

    /**
     * Searches with a bug planted.
     *
     * @param kind of failure that is looked for; others are passed over.
     * @return the shortest way to it, or null.
     */
    String firstFailure(final WorldFault fault, final Predicate<String> kind)
    {
        return search(new WorldSearch(statesMax), fault, kind);
    }

    private String search(final WorldSearch search, final WorldFault fault, final Predicate<String> kind)
    {
        final int[] destinations = scope == Scope.ALL ? new int[] {-1} : IntStream.range(0, nodes).toArray();
        String failure = null;
        for (final SmallGraph graph : SmallGraph.allOf(nodes))
        {
            for (int pattern = 0; pattern < costs && failure == null; pattern++)
            {
                for (int i = 0; i < destinations.length && failure == null; i++)
                {
                    final TableStates tables = new TableStates(nodes, destinations[i], fault);
                    failure = search(search, graph, pattern, destinations[i], tables, kind);
                    search.audited(tables.audits());
                }
            }
        }
        return failure;
    }

    private String search(
        final WorldSearch search,
        final SmallGraph graph,
        final int pattern,
        final int destination,
        final TableStates tables,
        final Predicate<String> kind)
    {
        final List<int[]> symmetries = graph.symmetries();
        for (final List<WorldEvent> each : lists(graph))
        {
            if (pattern > 0 || isFirstOfItsShape(symmetries, each, destination))
            {
                final SmallWorld world = new SmallWorld(graph, pattern, each, destination, grain, tables);
                final String failure = search.run(world);
                if (failure != null && kind.test(failure))
                {
                    return WorldFailure.shortest(world, kind);
                }
            }
        }
        return null;
    }

    private List<List<WorldEvent>> lists(final SmallGraph graph)
    {
        final List<List<WorldEvent>> lists = new ArrayList<>();
        for (final WorldEvent first : WorldEvent.allOf(graph))
        {
            if (events == 1)
            {
                lists.add(List.of(first));
                continue;
            }
            for (final WorldEvent second : WorldEvent.allOf(first.after(graph)))
            {
                lists.add(List.of(first, second));
            }
        }
        return lists;
    }

    /**
     * Where all edges cost the same, worlds that differ in the numbers of the nodes alone differ at most in which of
     * two equal ways is taken; one of each shape is searched.
     */
    private static boolean isFirstOfItsShape(
        final List<int[]> symmetries, final List<WorldEvent> list, final int destination)
    {
        final long own = code(list, destination);
        for (final int[] symmetry : symmetries)
        {
            final List<WorldEvent> other = list.stream().map(each -> each.renumbered(symmetry)).toList();
            if (code(other, destination < 0 ? destination : symmetry[destination]) < own)
            {
                return false;
            }
        }
        return true;
    }

    private static long code(final List<WorldEvent> list, final int destination)
    {
        long code = destination + 1L;
        for (final WorldEvent each : list)
        {
            code = code << 10 | each.kind().ordinal() << 6 | each.number();
        }
        return code;
    }

    @Override
    public String toString()
    {
        return nodes + (nodes == 1 ? " node, " : " nodes, ") +
            (scope == Scope.ALL ? "all destinations at once, " : "") +
            events + (events == 1 ? " event" : " events") + ", by " + grain;
    }
}
