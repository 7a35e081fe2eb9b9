package io.aeromesh.bench;

import static org.agrona.concurrent.ringbuffer.RingBufferDescriptor.TRAILER_LENGTH;

import io.aeromesh.ring.RingConsumer;
import io.aeromesh.ring.RingDescriptor;
import io.aeromesh.ring.RingProducer;
import io.aeromesh.spi.PacketHandler;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The least that a message can cost without leaving its thread: written to a plain Agrona ring and read again. What
 * our edges cost more than this is ours to explain.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RingBaselineBenchmark
{
    private static final int MESSAGE_LENGTH = 32;
    private static final int MSG_TYPE_ID = 1;
    private static final int RING_LENGTH = 64 * 1024;

    private final UnsafeBuffer message = new UnsafeBuffer(BufferUtil.allocateDirectAligned(MESSAGE_LENGTH, 64));
    private final OneToOneRingBuffer ring = new OneToOneRingBuffer(
        new UnsafeBuffer(BufferUtil.allocateDirectAligned(RING_LENGTH + TRAILER_LENGTH, 64)));

    private final UnsafeBuffer region = new UnsafeBuffer(
        BufferUtil.allocateDirectAligned(RingDescriptor.regionLength(RING_LENGTH), 128));
    private final RingProducer producer = new RingProducer(region);
    private final RingConsumer consumer = new RingConsumer(region);

    private long sum;
    private final MessageHandler handler =
        (msgTypeId, buffer, index, length) -> sum += buffer.getLong(index) + length;
    private final PacketHandler packetHandler = (buffer, offset, length) ->
    {
        sum += buffer.getLong(offset) + length;
        return PacketHandler.Action.CONTINUE;
    };

    /**
     * Writes and reads 32 bytes.
     *
     * @return a value that depends on every message, so that none can be optimised away.
     */
    @Benchmark
    public long writeAndRead32()
    {
        message.putLong(0, sum);
        ring.write(MSG_TYPE_ID, message, 0, MESSAGE_LENGTH);
        ring.read(handler, 1);
        return sum;
    }

    /**
     * The same through one of our rings.
     *
     * @return a value that depends on every message.
     */
    @Benchmark
    public long ourWriteAndRead32()
    {
        message.putLong(0, sum);
        final int offset = producer.tryClaim(MESSAGE_LENGTH);
        producer.buffer().putBytes(offset, message, 0, MESSAGE_LENGTH);
        producer.commit();
        consumer.poll(packetHandler, 1);
        return sum;
    }
}
