package io.aeromesh.bench;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One duty cycle of a node with two edges that has nothing to do.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DutyCycleBenchmark
{
    /** Channels from the node to a neighbour. */
    @Param({"0", "10"})
    public int channels;

    private final ThreeNodes nodes = new ThreeNodes();

    /** Connects the channels. */
    @Setup
    public void open()
    {
        final List<Channel> ends = new ArrayList<>();
        for (int i = 0; i < channels; i++)
        {
            ends.add(nodes.a().open(ChannelSpec.to(nodes.b().name()).named("n" + i)));
            ends.add(nodes.b().open(ChannelSpec.to(nodes.a().name()).named("n" + i)));
        }
        nodes.runUntil("channels", () -> ends.stream().allMatch(end -> end.state() == ChannelState.CONNECTED));
        nodes.runUntil("nothing to do", () -> nodes.doWork() == 0);
    }

    /** Closes the nodes. */
    @TearDown
    public void close()
    {
        nodes.close();
    }

    /**
     * Nothing to do.
     *
     * @return work done.
     */
    @Benchmark
    public int idle()
    {
        return nodes.b().doWork();
    }
}
