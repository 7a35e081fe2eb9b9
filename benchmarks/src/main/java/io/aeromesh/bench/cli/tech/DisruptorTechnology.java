package io.aeromesh.bench.cli.tech;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.YieldingWaitStrategy;
import java.util.List;
import java.util.Optional;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * LMAX Disruptor, one ring each way, events of preallocated direct memory. The reader looks at the cursor itself: the
 * Disruptor's own waiting spins with a hint to the processor that costs half a round trip on some machines.
 */
final class DisruptorTechnology extends PortTechnology
{
    private static final int MEMORY_MAX = 64 * 1024 * 1024;
    private static final int SLOTS_MIN = 8;
    private static final int SLOTS_DEFAULT = 1024;

    @Override
    public Optional<String> unavailable(final Job job)
    {
        return job.mode() == Mode.PROCESSES ? Optional.of("is for threads: use --mode threads") : Optional.empty();
    }

    @Override
    public List<String> variants(final Job job)
    {
        if (job.benchCase().isOneWay())
        {
            final int slots = job.size() > 1024 ? slots(job) : 4096;
            return List.of("pause=20 slots=" + slots, "pause=0 slots=" + slots, "pause=100 slots=" + slots);
        }
        return job.size() > 1024 ? List.of("slots=" + slots(job)) : List.of("slots=1024", "slots=256", "slots=16384");
    }

    private static int slots(final Job job)
    {
        return Math.max(SLOTS_MIN, Math.min(SLOTS_DEFAULT,
            BitUtil.findNextPositivePowerOfTwo(MEMORY_MAX / job.size()) >> 1));
    }

    @Override
    Port openPort(final Site site)
    {
        return new DisruptorPort(site);
    }

    /** A ring with the sequence of its only reader. */
    private static final class Way
    {
        private final RingBuffer<UnsafeBuffer> ring;
        private final Sequence read = new Sequence();

        Way(final int slots, final int size)
        {
            ring = RingBuffer.createSingleProducer(
                () -> new UnsafeBuffer(BufferUtil.allocateDirectAligned(size, 64)), slots, new YieldingWaitStrategy());
            ring.addGatingSequences(read);
        }
    }

    /** Both ways. */
    private static final class DisruptorPort implements Port
    {
        private final Way in;
        private final Way out;
        private final int size;

        DisruptorPort(final Site site)
        {
            size = site.job().size();
            final int slots = site.variant().get("slots", SLOTS_DEFAULT);
            in = site.shared(site.inbound(), Way.class, () -> new Way(slots, size));
            out = site.shared(site.outbound(), Way.class, () -> new Way(slots, size));
        }

        @Override
        public boolean send(final Message message, final long number)
        {
            final RingBuffer<UnsafeBuffer> ring = out.ring;
            if (!ring.hasAvailableCapacity(1))
            {
                return false;
            }
            final long sequence = ring.next();
            message.writeTo(ring.get(sequence), 0, number);
            ring.publish(sequence);
            return true;
        }

        @Override
        public void poll(final Receiver receiver)
        {
            final RingBuffer<UnsafeBuffer> ring = in.ring;
            final long from = in.read.get();
            final long to = ring.getCursor();
            for (long sequence = from + 1; sequence <= to; sequence++)
            {
                receiver.onMessage(ring.get(sequence), 0, size);
            }
            if (to > from)
            {
                in.read.set(to);
            }
        }
    }
}
