package io.aeromesh.tools.watch;

import io.aeromesh.os.StatusFiles.State;
import io.aeromesh.status.MeshCounter;
import io.aeromesh.status.MeshCounter.Kind;
import io.aeromesh.status.MeshCounter.Scope;
import io.aeromesh.status.MeshCounter.Unit;
import io.aeromesh.status.MeshHistogram;
import io.aeromesh.watch.CounterValue;
import io.aeromesh.watch.NodeSnapshot;
import io.aeromesh.watch.TakenTimes;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What nodes tell, as OpenMetrics text. Counters and times are those of living nodes; of one that has crashed there is
 * {@code aeromesh_up 0}. Times are in seconds.
 */
final class OpenMetrics
{
    /** Media type of the text. */
    static final String CONTENT_TYPE = OpenMetricsTextFormatWriter.CONTENT_TYPE;

    private static final String PREFIX = "aeromesh_";
    private static final double NS_PER_S = 1e9;
    /** Upper ends of the buckets: 128 ns to 17 s, each twice the one before. */
    private static final int FIRST_SHIFT = 7;
    private static final int LAST_SHIFT = 34;

    private OpenMetrics()
    {
    }

    /**
     * Writes all, to its end mark.
     */
    static void write(final List<NodeSnapshot> nodes, final OutputStream out) throws IOException
    {
        final MetricSnapshots.Builder all = MetricSnapshots.builder();
        all.metricSnapshot(up(nodes));
        final List<NodeSnapshot> living = nodes.stream().filter(node -> node.state() == State.ALIVE).toList();
        values(living).forEach((counter, valueByLabels) ->
        {
            if (counter.kind() == Kind.SUM)
            {
                final CounterSnapshot.Builder sums =
                    CounterSnapshot.builder().name(name(counter)).help(counter.doc());
                valueByLabels.forEach((labels, value) -> sums.dataPoint(
                    CounterSnapshot.CounterDataPointSnapshot.builder().labels(labels).value(value).build()));
                all.metricSnapshot(sums.build());
            }
            else
            {
                final GaugeSnapshot.Builder levels = GaugeSnapshot.builder().name(name(counter)).help(counter.doc());
                valueByLabels.forEach((labels, value) -> levels.dataPoint(
                    GaugeSnapshot.GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
                all.metricSnapshot(levels.build());
            }
        });
        for (final MeshHistogram histogram : MeshHistogram.values())
        {
            all.metricSnapshot(times(histogram, living));
        }
        OpenMetricsTextFormatWriter.create().write(out, all.build());
    }

    private static GaugeSnapshot up(final List<NodeSnapshot> nodes)
    {
        final Map<Labels, Double> upByLabels = new LinkedHashMap<>();
        nodes.forEach(node -> upByLabels.merge(labels(node), node.state() == State.ALIVE ? 1.0 : 0.0, Math::max));
        final GaugeSnapshot.Builder up =
            GaugeSnapshot.builder().name(PREFIX + "up").help("whether the node lives: 0 after a crash");
        upByLabels.forEach((labels, value) -> up.dataPoint(
            GaugeSnapshot.GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
        return up.build();
    }

    /**
     * By counter and labels; those that can not be told apart are added up.
     */
    private static Map<MeshCounter, Map<Labels, Double>> values(final List<NodeSnapshot> nodes)
    {
        final Map<MeshCounter, Map<Labels, Double>> all = new EnumMap<>(MeshCounter.class);
        for (final NodeSnapshot node : nodes)
        {
            for (final CounterValue counter : node.counters())
            {
                final double scale = counter.counter().unit() == Unit.NANOSECONDS ? NS_PER_S : 1;
                all.computeIfAbsent(counter.counter(), any -> new LinkedHashMap<>())
                    .merge(labels(node, counter), Math.max(0, counter.value() / scale), Double::sum);
            }
        }
        return all;
    }

    private static Labels labels(final NodeSnapshot node)
    {
        return Labels.of("mesh", node.mesh(), "node", node.name());
    }

    private static Labels labels(final NodeSnapshot node, final CounterValue counter)
    {
        final Scope scope = counter.counter().scope();
        return scope == Scope.NODE ? labels(node) :
            labels(node).merge(Labels.of(scope.name().toLowerCase(Locale.ROOT), counter.owner()));
    }

    private static String name(final MeshCounter counter)
    {
        final String name = PREFIX + counter.name().toLowerCase(Locale.ROOT);
        return counter.unit() == Unit.NANOSECONDS ? name.replaceFirst("_ns$", "_seconds") : name;
    }

    private static HistogramSnapshot times(final MeshHistogram histogram, final List<NodeSnapshot> nodes)
    {
        final HistogramSnapshot.Builder all = HistogramSnapshot.builder()
            .name(PREFIX + histogram.name().toLowerCase(Locale.ROOT) + "_seconds").help(histogram.doc());
        for (final NodeSnapshot node : nodes)
        {
            final TakenTimes taken = node.times().get(histogram);
            all.dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder().labels(labels(node))
                .classicHistogramBuckets(buckets(taken)).sum(taken.sumNs() / NS_PER_S).build());
        }
        return all.build();
    }

    /**
     * Each of the node's buckets lies in one of these.
     */
    private static ClassicHistogramBuckets buckets(final TakenTimes times)
    {
        final long[] counts = new long[LAST_SHIFT - FIRST_SHIFT + 2];
        times.forEach((lowestNs, highestNs, count) ->
        {
            final int octave = Long.SIZE - Long.numberOfLeadingZeros(lowestNs);
            counts[Math.max(0, Math.min(counts.length - 1, octave - FIRST_SHIFT))] += count;
        });
        final List<Double> ends = new ArrayList<>();
        final List<Number> numbers = new ArrayList<>();
        for (int i = 0; i < counts.length; i++)
        {
            ends.add(i == counts.length - 1 ? Double.POSITIVE_INFINITY : (1L << FIRST_SHIFT + i) / NS_PER_S);
            numbers.add(counts[i]);
        }
        return ClassicHistogramBuckets.of(ends, numbers);
    }
}
