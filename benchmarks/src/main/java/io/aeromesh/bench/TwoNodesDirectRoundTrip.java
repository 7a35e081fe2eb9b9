package io.aeromesh.bench;

import io.aeromesh.bench.cli.ThreadPair;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A message there and back between two threads: a direct channel beside its alternatives and the bare cache line. Two
 * processes are for {@code mesh bench rtt}, which JMH does not do.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(TwoNodesDirectRoundTrip.TRIPS)
public class TwoNodesDirectRoundTrip
{
    static final int TRIPS = 1_000;

    /** What carries the message; names of {@code mesh bench}. */
    @Param({"limit", "limit2", "direct", "ring", "aeron-ipc", "disruptor"})
    public String tech;

    /** Of the message in bytes. */
    @Param("32")
    public int size;

    private ThreadPair trips;

    /**
     * Connects the two threads.
     *
     * @throws IOException when no directory can be made.
     */
    @Setup
    public void connect() throws IOException
    {
        trips = ThreadPair.open(tech, size);
    }

    /** Ends the other thread. */
    @TearDown
    public void close()
    {
        trips.close();
    }

    /**
     * There and back.
     *
     * @return a value that depends on all.
     */
    @Benchmark
    public long roundTrip()
    {
        return trips.run(TRIPS);
    }
}
