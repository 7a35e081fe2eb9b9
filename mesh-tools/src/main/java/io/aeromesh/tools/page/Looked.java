package io.aeromesh.tools.page;

import io.aeromesh.status.MeshCounter;
import io.aeromesh.status.MeshHistogram;
import io.aeromesh.watch.CounterValue;
import io.aeromesh.watch.NodeSnapshot;
import io.aeromesh.watch.TakenTimes;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * One living instance of a node as the looks at it go on: what it tells now, and what it told before.
 */
final class Looked
{
    /** Recent times are those since a look that long ago, or up to twice that. */
    static final long RECENT_NS = TimeUnit.SECONDS.toNanos(10);

    private static final double NS_PER_S = 1e9;

    private final Neighbours neighbours = new Neighbours();
    private NodeSnapshot now;
    private double seconds;
    private Map<Counted, Long> values = Map.of();
    private Map<Counted, Long> before = Map.of();
    private Map<MeshHistogram, TakenTimes> baseline;
    private Map<MeshHistogram, TakenTimes> nextBaseline;
    private long baselineNs;
    private long nowNs;

    private record Counted(MeshCounter counter, String owner)
    {
    }

    /**
     * The next look.
     *
     * @param snapshot of the same instance as all before.
     * @param timeNs   when, by a clock that only goes on.
     */
    void look(final NodeSnapshot snapshot, final long timeNs)
    {
        if (now == null)
        {
            baseline = snapshot.times();
            nextBaseline = snapshot.times();
            baselineNs = timeNs;
        }
        else if (timeNs - baselineNs >= RECENT_NS)
        {
            baseline = nextBaseline;
            nextBaseline = snapshot.times();
            baselineNs = timeNs;
        }
        seconds = (timeNs - nowNs) / NS_PER_S;
        before = values;
        values = new HashMap<>();
        for (final CounterValue value : snapshot.counters())
        {
            values.merge(new Counted(value.counter(), value.owner()), value.value(), Long::sum);
        }
        neighbours.follow(snapshot.events());
        now = snapshot;
        nowNs = timeNs;
    }

    /**
     * What it tells now.
     */
    NodeSnapshot snapshot()
    {
        return now;
    }

    Neighbours neighbours()
    {
        return neighbours;
    }

    /**
     * Edges or channels, in order.
     */
    TreeSet<String> owners(final MeshCounter.Scope scope)
    {
        final TreeSet<String> owners = new TreeSet<>();
        values.keySet().stream().filter(counted -> counted.counter().scope() == scope)
            .forEach(counted -> owners.add(counted.owner()));
        return owners;
    }

    /**
     * Value of a counter; 0 when there is none.
     */
    long value(final MeshCounter counter, final String owner)
    {
        return values.getOrDefault(new Counted(counter, owner), 0L);
    }

    /**
     * Change of a counter in a second; 0 when it was not there before, or has begun anew.
     */
    double rate(final MeshCounter counter, final String owner)
    {
        final Long was = before.get(new Counted(counter, owner));
        final long is = value(counter, owner);
        return was == null || is < was || seconds <= 0 ? 0 : (is - was) / seconds;
    }

    /**
     * Sum of the rates of a counter over all edges or channels, or the rate of the node's own.
     */
    double rate(final MeshCounter counter)
    {
        return owners(counter.scope()).stream().mapToDouble(owner -> rate(counter, owner)).sum();
    }

    /**
     * Adds what was taken since the baseline.
     */
    void addRecent(final MeshHistogram histogram, final Distribution sum)
    {
        sum.add(now.times().get(histogram), baseline.get(histogram));
    }

    /**
     * Adds what was taken since the node began.
     */
    void addAll(final MeshHistogram histogram, final Distribution sum)
    {
        sum.add(now.times().get(histogram));
    }
}
