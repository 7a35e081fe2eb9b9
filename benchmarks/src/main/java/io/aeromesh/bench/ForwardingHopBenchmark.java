package io.aeromesh.bench;

import static org.agrona.concurrent.ringbuffer.RingBufferDescriptor.TRAILER_LENGTH;

import io.aeromesh.protocol.PacketHeader;
import io.aeromesh.ring.RingConsumer;
import io.aeromesh.ring.RingDescriptor;
import io.aeromesh.ring.RingProducer;
import io.aeromesh.spi.Lane;
import io.aeromesh.spi.PacketHandler;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
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
 * What a node adds to a packet that it passes on, beside a bare copy of the same packet from ring to ring. The packet
 * carries a message of 32 bytes: {@value #PACKET_LENGTH} bytes with the headers of the packet and of the stream.
 * <p>
 * Each invocation moves a batch that was written before the clock started and is read after it stopped. A hop runs the
 * whole duty cycle of a node with two edges, over and over until it has nothing more to do.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(ForwardingHopBenchmark.BATCH)
public class ForwardingHopBenchmark
{
    static final int BATCH = 256;
    private static final int POLL_LIMIT = 64;
    private static final int MESSAGE_LENGTH = 32;
    private static final int RECORD_HEADER_LENGTH = 8;
    private static final int PACKET_LENGTH = PacketHeader.LENGTH + RECORD_HEADER_LENGTH + MESSAGE_LENGTH;
    private static final int RING_LENGTH = 64 * 1024;
    private static final int HOP_LIMIT = 32;

    private static void writePacket(
        final MutableDirectBuffer buffer,
        final int offset,
        final long destinationId,
        final long sourceId,
        final int sequence)
    {
        PacketHeader.write(buffer, offset, PacketHeader.DATA, HOP_LIMIT, sequence, destinationId, sourceId, 7,
            (long)sequence * (RECORD_HEADER_LENGTH + MESSAGE_LENGTH));
        buffer.setMemory(offset + PacketHeader.LENGTH, PACKET_LENGTH - PacketHeader.LENGTH, (byte)sequence);
    }

    /** Checks what arrived. */
    private static final class Sink implements PacketHandler
    {
        private final int hopLimit;
        private int count;

        Sink(final int hopLimit)
        {
            this.hopLimit = hopLimit;
        }

        @Override
        public Action onPacket(final DirectBuffer buffer, final int offset, final int length)
        {
            count += length == PACKET_LENGTH && PacketHeader.hopLimit(buffer, offset) == hopLimit &&
                PacketHeader.sequence(buffer, offset) == count &&
                buffer.getByte(offset + PACKET_LENGTH - 1) == (byte)count ? 1 : 0;
            return Action.CONTINUE;
        }

        void requireBatch()
        {
            if (count != BATCH)
            {
                throw new IllegalStateException("arrived as sent: " + count + " of " + BATCH);
            }
            count = 0;
        }
    }

    /** A node between two edges. */
    @State(Scope.Thread)
    public static class Hop
    {
        private final ThreeNodes nodes = new ThreeNodes();
        private final Lane in = nodes.laneOfA();
        private final Lane out = nodes.laneOfC();
        private final Sink sink = new Sink(HOP_LIMIT - 1);

        /** Writes a batch, as the neighbour does. */
        @Setup(Level.Invocation)
        public void fill()
        {
            for (int i = 0; i < BATCH; i++)
            {
                final int offset = in.tryClaim(PACKET_LENGTH);
                writePacket(in.buffer(), offset, nodes.c().id(), nodes.a().id(), i);
                in.commit();
            }
        }

        /** Reads the batch, as the next neighbour does. */
        @TearDown(Level.Invocation)
        public void drain()
        {
            out.poll(sink, BATCH);
            sink.requireBatch();
        }

        /** Closes the nodes. */
        @TearDown
        public void close()
        {
            nodes.close();
        }
    }

    /** Two of our rings. */
    @State(Scope.Thread)
    public static class Copy
    {
        private final UnsafeBuffer inRegion = region();
        private final UnsafeBuffer outRegion = region();
        private final RingProducer in = new RingProducer(inRegion);
        private final RingConsumer inEnd = new RingConsumer(inRegion);
        private final RingProducer out = new RingProducer(outRegion);
        private final RingConsumer outEnd = new RingConsumer(outRegion);
        private final Sink sink = new Sink(HOP_LIMIT);
        private final PacketHandler copy = this::copy;

        private static UnsafeBuffer region()
        {
            return new UnsafeBuffer(
                BufferUtil.allocateDirectAligned(RingDescriptor.regionLength(RING_LENGTH), 128));
        }

        /** Writes a batch. */
        @Setup(Level.Invocation)
        public void fill()
        {
            for (int i = 0; i < BATCH; i++)
            {
                final int offset = in.tryClaim(PACKET_LENGTH);
                writePacket(in.buffer(), offset, 1, 2, i);
                in.commit();
            }
        }

        private PacketHandler.Action copy(final DirectBuffer buffer, final int offset, final int length)
        {
            final int claimed = out.tryClaim(length);
            out.buffer().putBytes(claimed, buffer, offset, length);
            out.commit();
            return PacketHandler.Action.CONTINUE;
        }

        /** Reads the batch. */
        @TearDown(Level.Invocation)
        public void drain()
        {
            outEnd.poll(sink, BATCH);
            sink.requireBatch();
        }
    }

    /** Two of Agrona's rings. */
    @State(Scope.Thread)
    public static class AgronaCopy
    {
        private static final int MSG_TYPE_ID = 1;

        private final OneToOneRingBuffer in = ring();
        private final OneToOneRingBuffer out = ring();
        private final UnsafeBuffer packet = new UnsafeBuffer(BufferUtil.allocateDirectAligned(PACKET_LENGTH, 64));
        private final Sink sink = new Sink(HOP_LIMIT);
        private final MessageHandler copy = (type, buffer, offset, length) -> out.write(type, buffer, offset, length);
        private final MessageHandler toSink = (type, buffer, offset, length) -> sink.onPacket(buffer, offset, length);

        private static OneToOneRingBuffer ring()
        {
            return new OneToOneRingBuffer(
                new UnsafeBuffer(BufferUtil.allocateDirectAligned(RING_LENGTH + TRAILER_LENGTH, 128)));
        }

        /** Writes a batch. */
        @Setup(Level.Invocation)
        public void fill()
        {
            for (int i = 0; i < BATCH; i++)
            {
                writePacket(packet, 0, 1, 2, i);
                in.write(MSG_TYPE_ID, packet, 0, PACKET_LENGTH);
            }
        }

        /** Reads the batch. */
        @TearDown(Level.Invocation)
        public void drain()
        {
            int count = 0;
            while (count < BATCH)
            {
                count += out.read(toSink); // 0 also where the buffer wraps
            }
            sink.requireBatch();
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
        int work = 0;
        int done;
        while ((done = hop.nodes.b().doWork()) > 0)
        {
            work += done;
        }
        return work;
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
        int count = 0;
        int done;
        while ((done = rings.inEnd.poll(rings.copy, POLL_LIMIT)) > 0)
        {
            count += done;
        }
        return count;
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
        int count = 0;
        while (count < BATCH)
        {
            count += rings.in.read(rings.copy, POLL_LIMIT); // 0 also where the buffer wraps
        }
        return count;
    }
}
