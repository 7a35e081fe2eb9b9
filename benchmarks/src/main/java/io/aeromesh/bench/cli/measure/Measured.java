package io.aeromesh.bench.cli.measure;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * What one row gave. Times in nanoseconds per operation.
 *
 * @param meanNs        of the batch.
 * @param p50Ns         where single operations were timed, NaN where not; likewise the others.
 * @param p99Ns         see above.
 * @param p999Ns        see above.
 * @param maxNs         see above.
 * @param allocBPerOp   bytes allocated by all threads of the lead's JVM per operation.
 * @param limitBeforeNs round trip of a cache line just before.
 * @param limitAfterNs  and just after.
 * @param otherLoad     part of a core that other processes took.
 * @param percentiles   points of the distribution, for a plot: part from 0 to 1, nanoseconds, and so on.
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
    List<Double> percentiles,
    String config)
{
    /** Part of a core beyond which a row is disturbed. */
    public static final double OTHER_LOAD_MAX = 0.13;

    /**
     * Whether other processes took too much.
     */
    @JsonIgnore
    public boolean isDisturbed()
    {
        return otherLoad > OTHER_LOAD_MAX;
    }
}
