package io.aeromesh.bench.cli.tech;

import static org.agrona.concurrent.ringbuffer.RingBufferDescriptor.TRAILER_LENGTH;

import java.util.List;
import org.agrona.BitUtil;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/**
 * Agrona's {@link OneToOneRingBuffer} in a mapped file, one each way.
 */
final class RingTechnology extends PortTechnology
{
    private static final int MESSAGES_MIN = 16;
    private static final int CAPACITY_DEFAULT = 1 << 20;

    @Override
    public List<String> variants(final Job job)
    {
        if (job.benchCase().isOneWay())
        {
            return List.of("pause=20 capacity=" + capacity(job, 1 << 18), "pause=0 capacity=" + capacity(job, 1 << 18),
                "pause=100 capacity=" + capacity(job, CAPACITY_DEFAULT));
        }
        return job.size() > 1024 ? List.of("capacity=" + capacity(job, 1 << 18), "capacity=" + capacity(job, 1 << 22)) :
            List.of("capacity=" + CAPACITY_DEFAULT, "capacity=65536");
    }

    private static int capacity(final Job job, final int least)
    {
        return Math.max(least, BitUtil.findNextPositivePowerOfTwo(job.size() * MESSAGES_MIN));
    }

    @Override
    Port openPort(final Site site)
    {
        return new RingPort(site);
    }

    /** Both ways. */
    private static final class RingPort implements Port
    {
        private static final int MSG_TYPE_ID = 1;

        private final MappedRegion in;
        private final MappedRegion out;
        private final OneToOneRingBuffer inRing;
        private final OneToOneRingBuffer outRing;
        private Receiver receiver;
        private final MessageHandler handler =
            (type, buffer, offset, length) -> receiver.onMessage(buffer, offset, length);

        RingPort(final Site site)
        {
            final int length = site.variant().get("capacity", CAPACITY_DEFAULT) + TRAILER_LENGTH;
            in = new MappedRegion(site, "ring-" + site.inbound(), length);
            out = new MappedRegion(site, "ring-" + site.outbound(), length);
            inRing = new OneToOneRingBuffer(new UnsafeBuffer(in.buffer()));
            outRing = new OneToOneRingBuffer(new UnsafeBuffer(out.buffer()));
        }

        @Override
        public boolean send(final Message message, final long number)
        {
            final int at = outRing.tryClaim(MSG_TYPE_ID, message.length());
            if (at < 0)
            {
                return false;
            }
            message.writeTo(outRing.buffer(), at, number);
            outRing.commit(at);
            return true;
        }

        @Override
        public void poll(final Receiver to)
        {
            receiver = to;
            inRing.read(handler);
        }

        @Override
        public void close()
        {
            in.close();
            out.close();
        }
    }
}
