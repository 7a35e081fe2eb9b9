package io.aeromesh.tools.watch;

import io.aeromesh.status.MeshCounter;
import io.aeromesh.status.MeshHistogram;
import io.aeromesh.watch.CounterValue;
import io.aeromesh.watch.NodeSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What has changed at the nodes between two looks, as rows: nodes, their edges, their channels.
 */
final class Rates
{
    private static final double NS_PER_S = 1e9;

    private final List<Row> rows = new ArrayList<>();

    /**
     * One node, edge or channel.
     */
    static final class Row
    {
        private final NodeSnapshot node;
        private final MeshCounter.Scope scope;
        private final String owner;
        private final Map<MeshCounter, Long> values = new HashMap<>();
        private final Map<MeshCounter, Long> before = new HashMap<>();
        private final NodeSnapshot nodeBefore;
        private final double seconds;

        private Row(
            final NodeSnapshot node,
            final MeshCounter.Scope scope,
            final String owner,
            final NodeSnapshot nodeBefore,
            final double seconds)
        {
            this.node = node;
            this.scope = scope;
            this.owner = owner;
            this.nodeBefore = nodeBefore;
            this.seconds = seconds;
        }

        NodeSnapshot node()
        {
            return node;
        }

        MeshCounter.Scope scope()
        {
            return scope;
        }

        /**
         * The edge or channel; empty for the node.
         */
        String owner()
        {
            return owner;
        }

        long value(final MeshCounter counter)
        {
            return values.getOrDefault(counter, 0L);
        }

        /**
         * Change in a second; 0 when it was not seen before, or has begun anew.
         */
        double rate(final MeshCounter counter)
        {
            final Long was = before.get(counter);
            return was == null || value(counter) < was ? 0 : (value(counter) - was) / seconds;
        }

        /**
         * What was taken since the last look; all, when there was none.
         */
        Percentiles times(final MeshHistogram histogram)
        {
            return nodeBefore == null ? Percentiles.of(node.times().get(histogram)) :
                Percentiles.between(nodeBefore.times().get(histogram), node.times().get(histogram));
        }
    }

    private record Owner(String instance, MeshCounter.Scope scope, String name)
    {
    }

    /**
     * @param before    the look before; empty: none.
     * @param now       this look.
     * @param elapsedNs between the two.
     */
    Rates(final List<NodeSnapshot> before, final List<NodeSnapshot> now, final long elapsedNs)
    {
        final Map<String, NodeSnapshot> byInstance = new HashMap<>();
        before.forEach(node -> byInstance.put(node.instance(), node));
        for (final NodeSnapshot node : now)
        {
            final NodeSnapshot nodeBefore = byInstance.get(node.instance());
            final Map<Owner, Row> rowByOwner = new HashMap<>();
            for (final CounterValue counter : node.counters())
            {
                final Row row = rowByOwner.computeIfAbsent(ownerOf(node, counter), owner ->
                {
                    final Row added = new Row(node, owner.scope(), owner.name(), nodeBefore, elapsedNs / NS_PER_S);
                    rows.add(added);
                    return added;
                });
                row.values.merge(counter.counter(), counter.value(), Long::sum);
            }
            if (nodeBefore != null)
            {
                for (final CounterValue counter : nodeBefore.counters())
                {
                    final Row row = rowByOwner.get(ownerOf(nodeBefore, counter));
                    if (row != null)
                    {
                        row.before.merge(counter.counter(), counter.value(), Long::sum);
                    }
                }
            }
        }
    }

    private static Owner ownerOf(final NodeSnapshot node, final CounterValue counter)
    {
        return new Owner(node.instance(), counter.counter().scope(), counter.owner());
    }

    /**
     * Rows of a kind, in the order of the nodes.
     */
    List<Row> rows(final MeshCounter.Scope scope)
    {
        return rows.stream().filter(row -> row.scope() == scope).toList();
    }
}
