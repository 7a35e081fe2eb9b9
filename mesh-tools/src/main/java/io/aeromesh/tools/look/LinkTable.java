package io.aeromesh.tools.look;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Puts the two ends of each edge together, as far as they are known. Two nodes may have several edges between them, and
 * the ends of one may have names that do not look alike.
 * <p>
 * <b>Threading:</b> one thread.
 */
public final class LinkTable
{
    private static final int UNKNOWN = -1;

    private final Map<Key, End> ends = new HashMap<>();

    /**
     * One end's view.
     *
     * @param node        that has it.
     * @param peer        at the other end.
     * @param edge        its name at that node.
     * @param kind        transport; empty: unknown.
     * @param metric      or -1.
     * @param roundTripNs or -1.
     * @param packetsIn   by second, or -1 where nothing counts here.
     * @param bytesIn     likewise.
     * @param isSilent    whether the peer does not answer.
     */
    public record End(
        String node,
        String peer,
        String edge,
        String kind,
        int metric,
        long roundTripNs,
        double packetsIn,
        double bytesIn,
        boolean isSilent)
    {
        /** What its URI names before its parameters: both ends of a shared-memory link have it alike. */
        private String place()
        {
            final int query = edge.indexOf('?');
            return query < 0 ? edge : edge.substring(0, query);
        }

        /**
         * Where what is counted is not of this peer alone.
         */
        public End withoutRate()
        {
            return new End(node, peer, edge, kind, metric, roundTripNs, UNKNOWN, UNKNOWN, isSilent);
        }

        /**
         * What this one does not know, the other view of the same end may.
         */
        private End or(final End other)
        {
            return other == null ? this : new End(node, peer, edge, kind.isEmpty() ? other.kind : kind,
                metric < 0 ? other.metric : metric, roundTripNs < 0 ? other.roundTripNs : roundTripNs,
                packetsIn < 0 ? other.packetsIn : packetsIn, bytesIn < 0 ? other.bytesIn : bytesIn,
                isSilent || other.isSilent);
        }
    }

    /**
     * The two ends of an edge, of which one may not be known.
     *
     * @param ends the end of the lower name first.
     */
    public record Joined(List<End> ends)
    {
        /**
         * All that is known of the edge, as the first end sees it.
         */
        public End known()
        {
            return ends.size() == 1 ? ends.get(0) : ends.get(0).or(ends.get(1));
        }

        /**
         * In both directions, as far as it is known, by second; -1: unknown.
         */
        public double packetsIn()
        {
            return sum(End::packetsIn);
        }

        /**
         * Likewise.
         */
        public double bytesIn()
        {
            return sum(End::bytesIn);
        }

        private double sum(final ToDoubleFunction<End> rate)
        {
            final double[] known = ends.stream().mapToDouble(rate).filter(value -> value >= 0).toArray();
            return known.length == 0 ? UNKNOWN : DoubleStream.of(known).sum();
        }
    }

    private record Key(String node, String edge, String peer)
    {
    }

    /**
     * Transport of an edge by its name, which is its URI unless its user chose one.
     *
     * @return empty: unknown.
     */
    public static String kindOf(final String edge)
    {
        final int query = edge.indexOf('?');
        final String place = query < 0 ? edge : edge.substring(0, query);
        final int colon = place.indexOf(':');
        if (colon < 1)
        {
            return "";
        }
        final String scheme = place.substring(0, colon);
        return "aeron".equals(scheme) ? place : scheme; // its path is the medium, that of others a link
    }

    /**
     * With this end; what was known of it already stays where this one knows nothing.
     */
    public void add(final End end)
    {
        ends.merge(new Key(end.node(), end.edge(), end.peer()), end, (before, added) -> added.or(before));
    }

    /**
     * All edges, in the order of their ends' names.
     */
    public List<Joined> joined()
    {
        final Map<String, List<End[]>> pairs = new TreeMap<>();
        ends.values().stream()
            .sorted((a, b) -> (a.node() + '\n' + a.edge()).compareTo(b.node() + '\n' + b.edge()))
            .forEach(end -> put(pairs.computeIfAbsent(pair(end), pair -> new ArrayList<>()), end));
        return pairs.values().stream().flatMap(List::stream)
            .map(pair -> new Joined(Stream.of(pair).filter(Objects::nonNull).toList())).toList();
    }

    private static String pair(final End end)
    {
        return isFirst(end) ? end.node() + '\n' + end.peer() : end.peer() + '\n' + end.node();
    }

    private static boolean isFirst(final End end)
    {
        return end.node().compareTo(end.peer()) < 0;
    }

    /**
     * With the other end of the same place, else of the same kind, else of a kind that is not known, else alone.
     */
    private static void put(final List<End[]> pair, final End end)
    {
        final int side = isFirst(end) ? 0 : 1;
        End[] best = null;
        int bestFit = 0;
        for (final End[] joined : pair)
        {
            final int fit = joined[side] == null ? fit(joined[1 - side], end) : 0;
            if (fit > bestFit)
            {
                best = joined;
                bestFit = fit;
            }
        }
        if (best == null)
        {
            best = new End[2];
            pair.add(best);
        }
        best[side] = end;
    }

    private static int fit(final End other, final End end)
    {
        if (other.kind().isEmpty() || end.kind().isEmpty())
        {
            return 1;
        }
        return !other.kind().equals(end.kind()) ? 0 : other.place().equals(end.place()) ? 3 : 2;
    }
}
