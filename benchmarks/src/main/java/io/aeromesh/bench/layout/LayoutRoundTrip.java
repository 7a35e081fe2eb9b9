package io.aeromesh.bench.layout;

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
 * A message of 32 bytes there and back between two threads, by the layout of the memory that they share.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(LayoutRoundTrip.MESSAGES)
public class LayoutRoundTrip
{
    static final int MESSAGES = 1_000;

    /** Of the memory. */
    @Param
    public Layout layout;

    private TwoThreads threads;

    /** Starts the other thread. */
    @Setup
    public void start()
    {
        threads = new TwoThreads(layout, TwoThreads.Peer.ANSWERS);
    }

    /** Ends the other thread. */
    @TearDown
    public void close()
    {
        threads.close();
    }

    /**
     * There and back.
     *
     * @return a value that depends on all.
     */
    @Benchmark
    public long trips()
    {
        return threads.trips(MESSAGES);
    }
}
