package io.aeromesh.bench;

import io.aeromesh.Channel;
import io.aeromesh.ChannelSpec;
import io.aeromesh.ChannelState;
import io.aeromesh.MessageHandler;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
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
 * Messages of 32 bytes through a proxy channel over one relay, all three nodes and the application on one thread: sent,
 * forwarded, delivered and acknowledged. An invocation ends when the last of its messages has been acknowledged.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(ProxyThroughputBenchmark.MESSAGES)
public class ProxyThroughputBenchmark
{
    static final int MESSAGES = 100_000;
    private static final int MESSAGE_LENGTH = 32;

    /** Messages that the application sends before it runs the nodes once. */
    @Param({"1", "256"})
    public int burst;

    private final ThreeNodes nodes = new ThreeNodes();
    private final UnsafeBuffer message = new UnsafeBuffer(BufferUtil.allocateDirectAligned(MESSAGE_LENGTH, 64));
    private final Channel from = nodes.a().open(ChannelSpec.to(nodes.c().name()).named("bench"));
    private final Channel to = nodes.c().open(ChannelSpec.to(nodes.a().name()).named("bench"));
    private long sum;
    private final MessageHandler handler = (buffer, offset, length, origin) -> sum += buffer.getLong(offset);

    /** Connects. */
    @Setup
    public void connect()
    {
        nodes.runUntil("channel", () -> from.state() == ChannelState.CONNECTED && to.state() == ChannelState.CONNECTED);
    }

    /** Closes the nodes. */
    @TearDown
    public void close()
    {
        nodes.close();
    }

    /**
     * Sends, forwards, delivers, acknowledges.
     *
     * @return a value that depends on every message.
     */
    @Benchmark
    public long sendAndAcknowledge()
    {
        int sent = 0;
        while (sent < MESSAGES || from.acknowledgedPosition() != from.acceptedPosition())
        {
            for (int i = 0; i < burst && sent < MESSAGES; i++)
            {
                message.putLong(0, sent);
                if (from.offer(message, 0, MESSAGE_LENGTH) < 0)
                {
                    break;
                }
                sent++;
            }
            nodes.doWork();
            to.poll(handler, burst);
        }
        return sum;
    }
}
