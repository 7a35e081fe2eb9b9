package io.aeromesh.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a node adds to a packet that it passes on, beside a bare copy of the same packet from ring to ring.
 * <p>
 * Each invocation moves a {@link PacketBatch} that was written before the clock started and is read after it stopped.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(PacketBatch.BATCH)
public class ForwardingHopBenchmark
{
    /** A node between two edges. */
    @State(Scope.Thread)
    public static class Hop
    {
        private final PacketBatch batch = new HopBatch();

        /** Writes a batch. */
        @Setup(Level.Invocation)
        public void fill()
        {
            batch.fill();
        }

        /** Reads the batch. */
        @TearDown(Level.Invocation)
        public void drain()
        {
            batch.drain();
        }

        /** Closes the nodes. */
        @TearDown
        public void close()
        {
            batch.close();
        }
    }

    /** Two of our rings. */
    @State(Scope.Thread)
    public static class Copy
    {
        private final PacketBatch batch = new CopyBatch();

        /** Writes a batch. */
        @Setup(Level.Invocation)
        public void fill()
        {
            batch.fill();
        }

        /** Reads the batch. */
        @TearDown(Level.Invocation)
        public void drain()
        {
            batch.drain();
        }
    }

    /** Two of Agrona's rings. */
    @State(Scope.Thread)
    public static class AgronaCopy
    {
        private final PacketBatch batch = new AgronaCopyBatch();

        /** Writes a batch. */
        @Setup(Level.Invocation)
        public void fill()
        {
            batch.fill();
        }

        /** Reads the batch. */
        @TearDown(Level.Invocation)
        public void drain()
        {
            batch.drain();
        }
    }

    /**
     * A packet through a node: all of its duty cycle and routing.
     *
     * @param hop the node.
     * @return work done.
     */
    @Benchmark
    public int hop(final Hop hop)
    {
        return hop.batch.move();
    }

    /**
     * A packet from one of our rings to another, without looking at it.
     *
     * @param rings of ours.
     * @return packets.
     */
    @Benchmark
    public int copy(final Copy rings)
    {
        return rings.batch.move();
    }

    /**
     * A packet from one of Agrona's rings to another.
     *
     * @param rings of Agrona.
     * @return packets.
     */
    @Benchmark
    public int agronaCopy(final AgronaCopy rings)
    {
        return rings.batch.move();
    }
}
