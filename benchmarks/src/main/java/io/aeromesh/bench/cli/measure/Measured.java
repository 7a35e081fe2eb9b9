package io.aeromesh.bench.cli.measure;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * What one row gave. Times in nanoseconds per operation.
 *
 * @param meanNs        over all operations of quiet batches, see {@link QuietMean}.
 * @param p50Ns         where single operations were timed, NaN where not; likewise the others.
 * @param p99Ns         see above.
 * @param p999Ns        see above.
 * @param maxNs         see above.
 * @param allocBPerOp   bytes allocated per operation by all threads of both ends.
 * @param limitBeforeNs round trip of a cache line just before.
 * @param limitAfterNs  and just after.
 * @param otherLoad     part of a core that other processes took.
 * @param quietPart     operations during which no stranger had a core of either end, as a part of all.
 * @param percentiles   points of the distribution, for a plot: part from 0 to 1, nanoseconds, and so on.
 * @param footprint     where that was surveyed and nothing was timed, else null.
 * @param config        of both ends.
 */
public record Measured(
    double meanNs,
    double p50Ns,
    double p99Ns,
    double p999Ns,
    double maxNs,
    double allocBPerOp,
    double limitBeforeNs,
    double limitAfterNs,
    double otherLoad,
    double quietPart,
    List<Double> percentiles,
    Footprint footprint,
    String config)
{
    /** Part of a core beyond which a row is disturbed. */
    public static final double OTHER_LOAD_MAX = 0.13;

    /** Part of the operations that has to be quiet. */
    public static final double QUIET_PART_MIN = 0.5;

    /**
     * Of a survey: nothing was timed.
     */
    public static Measured of(final Footprint footprint, final String config)
    {
        final double none = Double.NaN;
        return new Measured(none, none, none, none, none, none, none, none, 0, 1, List.of(), footprint, config);
    }

    /**
     * Whether other processes took too much.
     */
    @JsonIgnore
    public boolean isCrowded()
    {
        return otherLoad > OTHER_LOAD_MAX || quietPart < QUIET_PART_MIN;
    }

    /**
     * Whether other processes took too much, or the cores moved.
     */
    @JsonIgnore
    boolean isDisturbed()
    {
        return isCrowded() || limits() == Limits.MIXED;
    }

    /**
     * Where the cores lay.
     */
    @JsonIgnore
    public Limits limits()
    {
        return Limits.of(limitBeforeNs, limitAfterNs);
    }

    /**
     * How much, to choose the better one of two rows.
     */
    double disturbance()
    {
        return otherLoad + (1 - quietPart) + (limits() == Limits.MIXED ? 1 : 0);
    }
}
