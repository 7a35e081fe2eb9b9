package io.aeromesh.tools.page;

import io.aeromesh.status.MeshHistogram;
import io.aeromesh.tools.look.Distribution;
import io.aeromesh.tools.look.NodeRates;
import io.aeromesh.watch.NodeSnapshot;
import io.aeromesh.watch.TakenTimes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One living instance of a node as the looks at it go on: what it tells now, and what it told before.
 */
final class Looked
{
    /** Recent times are those since a look that long ago, or up to twice that. */
    static final long RECENT_NS = TimeUnit.SECONDS.toNanos(10);

    private final Neighbours neighbours = new Neighbours();
    private NodeRates rates;
    private Map<MeshHistogram, TakenTimes> baseline;
    private Map<MeshHistogram, TakenTimes> nextBaseline;
    private long baselineNs;
    private long nowNs;

    /**
     * The next look.
     *
     * @param snapshot of the same instance as all before.
     * @param timeNs   when, by a clock that only goes on.
     */
    void look(final NodeSnapshot snapshot, final long timeNs)
    {
        if (rates == null)
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
        rates = NodeRates.between(
            rates == null ? List.of() : List.of(rates.node()), List.of(snapshot), timeNs - nowNs).get(0);
        neighbours.follow(snapshot.events());
        nowNs = timeNs;
    }

    /**
     * What it tells now.
     */
    NodeSnapshot snapshot()
    {
        return rates.node();
    }

    /**
     * What has changed since the look before.
     */
    NodeRates rates()
    {
        return rates;
    }

    Neighbours neighbours()
    {
        return neighbours;
    }

    /**
     * Adds what was taken since the baseline.
     */
    void addRecent(final MeshHistogram histogram, final Distribution sum)
    {
        sum.add(snapshot().times().get(histogram), baseline.get(histogram));
    }

    /**
     * Adds what was taken since the node began.
     */
    void addAll(final MeshHistogram histogram, final Distribution sum)
    {
        sum.add(snapshot().times().get(histogram));
    }
}
