package io.aeromesh.bench.cli.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.aeromesh.bench.cli.measure.Footprint;
import io.aeromesh.bench.cli.measure.Limits;
import io.aeromesh.bench.cli.measure.Measured;
import io.aeromesh.bench.cli.tech.Case;
import java.util.Locale;

/**
 * An entry as JSON has it: numbers that were not measured are null.
 *
 * @param benchCase     what was measured.
 * @param tech          by what.
 * @param mode          of the two ends.
 * @param size          of a message in bytes.
 * @param meanNs        over all operations of quiet batches, in ns; the next four are of single operations there and
 *                      back, and of a share of many one way.
 * @param p50Ns         see above.
 * @param p99Ns         see above.
 * @param p999Ns        see above.
 * @param maxNs         see above.
 * @param msgsPerS      operations per second.
 * @param allocBPerOp   bytes allocated by all threads of both ends.
 * @param limitBeforeNs round trip of a bare cache line just before, in nanoseconds.
 * @param limitAfterNs  and just after.
 * @param jdk           version.
 * @param config        the best that was found, and what else a reader has to know.
 * @param survey        further fields of the case {@code footprint}, else null.
 */
@JsonPropertyOrder({"case", "tech", "mode", "size", "mean_ns", "p50_ns", "p99_ns", "p999_ns", "max_ns", "msgs_per_s",
    "alloc_b_per_op", "limit_before_ns", "limit_after_ns", "jdk", "config"})
public record Row(
    @JsonProperty("case") String benchCase,
    @JsonProperty("tech") String tech,
    @JsonProperty("mode") String mode,
    @JsonProperty("size") int size,
    @JsonProperty("mean_ns") Double meanNs,
    @JsonProperty("p50_ns") Double p50Ns,
    @JsonProperty("p99_ns") Double p99Ns,
    @JsonProperty("p999_ns") Double p999Ns,
    @JsonProperty("max_ns") Double maxNs,
    @JsonProperty("msgs_per_s") Double msgsPerS,
    @JsonProperty("alloc_b_per_op") Double allocBPerOp,
    @JsonProperty("limit_before_ns") Double limitBeforeNs,
    @JsonProperty("limit_after_ns") Double limitAfterNs,
    @JsonProperty("jdk") String jdk,
    @JsonProperty("config") String config,
    @JsonUnwrapped Survey survey)
{
    private static final double TENTHS = 10;
    private static final double MILLIONTHS = 1e6;

    /**
     * What one more takes, as JSON has it.
     *
     * @param sharedBytes as {@link Footprint} has it; likewise the others.
     * @param heapBytes   see above.
     * @param directBytes see above.
     * @param threads     see above.
     * @param descriptors see above.
     */
    public record Survey(
        @JsonProperty("shared_bytes") double sharedBytes,
        @JsonProperty("heap_bytes") double heapBytes,
        @JsonProperty("direct_bytes") double directBytes,
        @JsonProperty("threads") double threads,
        @JsonProperty("descriptors") double descriptors)
    {
        static Survey of(final Footprint footprint)
        {
            return footprint == null ? null : new Survey(footprint.sharedBytes(), footprint.heapBytes(),
                footprint.directBytes(), footprint.threads(), footprint.descriptors());
        }
    }

    /**
     * From an entry.
     */
    public static Row of(final Entry entry)
    {
        final Measured measured = entry.measured();
        return new Row(entry.job().benchCase().text(), entry.job().tech(), entry.job().mode().text(),
            entry.job().size(), rounded(measured.meanNs(), TENTHS * TENTHS), rounded(measured.p50Ns(), TENTHS),
            rounded(measured.p99Ns(), TENTHS), rounded(measured.p999Ns(), TENTHS), rounded(measured.maxNs(), TENTHS),
            rounded(entry.messagesPerSecond(), 1), rounded(measured.allocBPerOp(), MILLIONTHS),
            rounded(measured.limitBeforeNs(), TENTHS), rounded(measured.limitAfterNs(), TENTHS),
            entry.jdk(), config(entry), Survey.of(measured.footprint()));
    }

    /**
     * With the receivers of a broadcast first, and a disturbance last.
     */
    static String config(final Entry entry)
    {
        final Measured measured = entry.measured();
        final boolean counted = entry.job().benchCase() == Case.BROADCAST;
        final String config = measured.config().isBlank() ? "as it comes" : measured.config();
        return (counted && !config.contains(" receivers;") ? entry.job().fanout() + " receivers; " : "") + config +
            (entry.isDisturbed() ? disturbance(entry) : "");
    }

    private static String disturbance(final Entry entry)
    {
        final Measured measured = entry.measured();
        return String.format(Locale.ROOT, "; disturbed: other processes took %.0f %% of a core, limit %.0f %%; " +
            "%.0f %% was quiet, least %.0f %%%s",
            100 * measured.otherLoad(), 100 * Measured.OTHER_LOAD_MAX,
            100 * measured.quietPart(), 100 * Measured.QUIET_PART_MIN,
            entry.place() == Limits.ANY ? "" : "; cores " + entry.place().text());
    }

    private static Double rounded(final double value, final double scale)
    {
        return Double.isNaN(value) || Double.isInfinite(value) ? null : Math.round(value * scale) / scale;
    }
}
