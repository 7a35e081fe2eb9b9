package io.aeromesh.tools.look;

import io.aeromesh.status.MeshCounter;
import io.aeromesh.status.MeshHistogram;
import io.aeromesh.watch.CounterValue;
import io.aeromesh.watch.NodeSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What has changed at one instance of a node between two looks.
 * <p>
 * <b>Threading:</b> immutable.
 */
public final class NodeRates
{
    private static final double NS_PER_S = 1e9;

    private final NodeSnapshot now;
    private final NodeSnapshot before;
    private final Map<Counted, Long> values;
    private final Map<Counted, Long> valuesBefore;
    private final double seconds;

    private record Counted(MeshCounter counter, String owner)
    {
    }

    private NodeRates(final NodeSnapshot now, final NodeSnapshot before, final long elapsedNs)
    {
        this.now = now;
        this.before = before;
        values = values(now);
        valuesBefore = before == null ? Map.of() : values(before);
        seconds = elapsedNs / NS_PER_S;
    }

    /**
     * Of each node of a look, in its order; without a rate where the same instance was not there before.
     *
     * @param before    the look before; empty: none.
     * @param now       this look.
     * @param elapsedNs between the two.
     */
    public static List<NodeRates> between(
        final List<NodeSnapshot> before, final List<NodeSnapshot> now, final long elapsedNs)
    {
        final Map<String, NodeSnapshot> byInstance = new HashMap<>();
        before.forEach(node -> byInstance.put(node.instance(), node));
        return now.stream().map(node -> new NodeRates(node, byInstance.get(node.instance()), elapsedNs)).toList();
    }

    /** Of the same name there may be several. */
    private static Map<Counted, Long> values(final NodeSnapshot node)
    {
        final Map<Counted, Long> values = new HashMap<>();
        for (final CounterValue value : node.counters())
        {
            values.merge(new Counted(value.counter(), value.owner()), value.value(), Long::sum);
        }
        return values;
    }

    /**
     * What it tells now.
     */
    public NodeSnapshot node()
    {
        return now;
    }

    /**
     * Whether it was seen before, so that there are rates.
     */
    public boolean isKnown()
    {
        return before != null && seconds > 0;
    }

    /**
     * Edges or channels, in order; of the node itself one without a name.
     */
    public TreeSet<String> owners(final MeshCounter.Scope scope)
    {
        final TreeSet<String> owners = new TreeSet<>();
        values.keySet().stream().filter(counted -> counted.counter().scope() == scope)
            .forEach(counted -> owners.add(counted.owner()));
        return owners;
    }

    /**
     * Value of a counter; 0 when there is none.
     */
    public long value(final MeshCounter counter, final String owner)
    {
        return values.getOrDefault(new Counted(counter, owner), 0L);
    }

    /**
     * Change of a counter in a second; 0 when it was not there before, or has begun anew.
     */
    public double rate(final MeshCounter counter, final String owner)
    {
        final Long was = valuesBefore.get(new Counted(counter, owner));
        final long is = value(counter, owner);
        return was == null || is < was || seconds <= 0 ? 0 : (is - was) / seconds;
    }

    /**
     * Sum of the rates of a counter over all edges or channels, or the rate of the node's own.
     */
    public double rate(final MeshCounter counter)
    {
        return owners(counter.scope()).stream().mapToDouble(owner -> rate(counter, owner)).sum();
    }

    /**
     * Times that were taken since the look before; all, when there was none.
     */
    public Distribution times(final MeshHistogram histogram)
    {
        final Distribution times = new Distribution();
        return before == null ? times.add(now.times().get(histogram)) :
            times.add(now.times().get(histogram), before.times().get(histogram));
    }
}
