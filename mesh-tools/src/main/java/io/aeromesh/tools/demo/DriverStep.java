package io.aeromesh.tools.demo;

import io.aeromesh.tools.process.Numbers;
import io.aeromesh.tools.process.Progress;
import java.time.Duration;

/**
 * Kills the media driver of the edge B-C while messages flow over it, and starts another.
 */
final class DriverStep implements Step
{
    private static final String EDGE = "BC";
    private static final Duration WAY_BOUND = Duration.ofSeconds(20);
    private static final Duration EDGE_BOUND = Duration.ofSeconds(40);
    private static final long FLOWING = 10_000;

    @Override
    public String key()
    {
        return "replace_driver";
    }

    @Override
    public String title()
    {
        return "6  Replace the media driver process of the edge B-C while messages flow over it";
    }

    @Override
    public void run(final Cluster cluster, final StepReport report)
    {
        final Progress progress = report.progress();
        cluster.startNode("C");
        cluster.awaitWay("C", WAY_BOUND);
        progress.line("C is back, the way is by C");
        final Traffic traffic = Traffic.open(
            cluster, "driver", TransferStep.WINDOW_LENGTH, TransferStep.MESSAGE_LENGTH);
        traffic.during(report, () -> replace(cluster, traffic, report));
    }

    private static void replace(final Cluster cluster, final Traffic traffic, final StepReport report)
    {
        final Progress progress = report.progress();
        traffic.awaitMore("before the driver's end", FLOWING, WAY_BOUND);
        traffic.arm();
        final long upsAtB = upsAt(cluster, "B");
        final long upsAtC = upsAt(cluster, "C");
        final long killNs = cluster.killDriver();
        progress.line("driver killed");
        cluster.startDriver();
        final long readyNs = System.nanoTime();
        progress.line("another driver started, " + Numbers.time(readyNs - killNs) + " after the kill");
        awaitEdgeReplaced(cluster, traffic, upsAtB, upsAtC);
        final long backNs = System.nanoTime();
        traffic.awaitMore("over the edge's new generation", FLOWING, WAY_BOUND);
        report.details().put("start_ms", Numbers.ms(readyNs - killNs))
            .put("edge_back_ms", Numbers.ms(backNs - readyNs)).put("gap_ms", Numbers.ms(traffic.gapNs()));
        progress.line("the edge is back " + Numbers.time(backNs - readyNs) +
            " after the new driver's start; longest silence " + Numbers.time(traffic.gapNs()));
    }

    /**
     * The edge must have come up once more at both ends: that it is up may still be the old news.
     */
    private static void awaitEdgeReplaced(
        final Cluster cluster, final Traffic traffic, final long upsAtB, final long upsAtC)
    {
        cluster.await().until("the edge B-C to be replaced", EDGE_BOUND, () ->
        {
            traffic.read();
            return traffic.howFar() + ", edge at B " + cluster.edgeState("B", EDGE) + ", at C " +
                cluster.edgeState("C", EDGE);
        }, () -> upsAt(cluster, "B") > upsAtB && upsAt(cluster, "C") > upsAtC &&
            "UP".equals(cluster.edgeState("B", EDGE)) && "UP".equals(cluster.edgeState("C", EDGE)));
        cluster.awaitWay("C", EDGE_BOUND);
    }

    private static long upsAt(final Cluster cluster, final String node)
    {
        return cluster.child(node).eventCount("edge_up", EDGE);
    }
}
