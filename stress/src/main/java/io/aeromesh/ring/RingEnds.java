package io.aeromesh.ring;

import io.aeromesh.spi.PacketHandler.Action;
import io.aeromesh.stress.InOrder;
import io.aeromesh.stress.Words;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Both ends of the smallest ring of an edge, which holds seven of the longest packets and some bytes.
 */
class RingEnds
{
    static final int LONGEST = RingDescriptor.maxPacketLength(RingDescriptor.CAPACITY_MIN);
    static final int SHORT = 64;
    static final int FULL = 7;

    final RingProducer producer;
    final RingConsumer consumer;

    RingEnds()
    {
        final UnsafeBuffer memory =
            new UnsafeBuffer(new byte[RingDescriptor.regionLength(RingDescriptor.CAPACITY_MIN)]);
        producer = new RingProducer(memory);
        consumer = new RingConsumer(memory);
    }

    static boolean send(final RingProducer producer, final int length, final int number)
    {
        final int offset = producer.tryClaim(length);
        if (offset < 0)
        {
            return false;
        }
        Words.fill(producer.buffer(), offset, length, number);
        producer.commit();
        return true;
    }

    /**
     * How many packets of one poll are the next in order, or that one was not.
     */
    static int receive(final RingConsumer consumer, final InOrder order, final int limit)
    {
        consumer.poll((buffer, offset, length) ->
        {
            order.on(Words.read(buffer, offset, length));
            return Action.CONTINUE;
        }, limit);
        return consumer.failure() == null ? order.count() : Words.TORN;
    }
}
