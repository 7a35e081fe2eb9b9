package io.aeromesh.bench;

import io.aeromesh.NodeConfig;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Messages of 32 bytes through a proxy channel over one relay, all three nodes and the application on one thread: sent,
 * forwarded, delivered and acknowledged. An invocation ends when the last of its messages has been acknowledged.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(ThreeNodesProxyThroughput.MESSAGES)
public class ThreeNodesProxyThroughput
{
    static final int MESSAGES = 100_000;
    private static final int MESSAGE_LENGTH = 32;

    /** Messages that the application sends before it runs the nodes once. */
    @Param({"1", "256"})
    public int burst;

    private final ProxyChain chain = new ProxyChain(1, MESSAGE_LENGTH, NodeConfig.defaultBaseDirectory());

    /** Closes the nodes. */
    @TearDown
    public void close()
    {
        chain.close();
    }

    /**
     * Sends, forwards, delivers, acknowledges.
     *
     * @return a value that depends on every message.
     */
    @Benchmark
    public long sendAndAcknowledge()
    {
        return chain.send(MESSAGES, burst);
    }
}
