package io.aeromesh.ring;

import io.aeromesh.fuzz.AllocationBound;
import io.aeromesh.fuzz.FuzzInput;
import io.aeromesh.fuzz.Must;
import io.aeromesh.spi.PacketHandler.Action;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Both ends of one ring, whose memory the peer changes between any two steps: headers at the reader's place and
 * elsewhere, the head that the writer reads. A packet lies within the records and is no longer than the longest, a
 * claim likewise, and an end that is corrupt stays so.
 */
public final class EdgeRingFuzz
{
    private static final int CAPACITY = RingDescriptor.CAPACITY_MIN;
    private static final int REGION = RingDescriptor.regionLength(CAPACITY);
    private static final int LONGEST = RingDescriptor.maxPacketLength(CAPACITY);
    private static final int STEPS_MAX = 256;
    private static final Action[] ACTIONS = Action.values();
    private static final UnsafeBuffer MEMORY =
        new UnsafeBuffer(BufferUtil.allocateDirectAligned(REGION, RingDescriptor.ALIGNMENT));

    private final FuzzInput input;
    private final RingProducer producer = new RingProducer(MEMORY);
    private final RingConsumer consumer = new RingConsumer(MEMORY);

    private EdgeRingFuzz(final FuzzInput input)
    {
        this.input = input;
    }

    /**
     * One execution.
     */
    public static void fuzzerTestOneInput(final byte[] bytes)
    {
        AllocationBound.hold(32 * 1024, bytes, EdgeRingFuzz::run);
    }

    private static void run(final byte[] bytes)
    {
        MEMORY.setMemory(0, REGION, (byte)0);
        final EdgeRingFuzz one = new EdgeRingFuzz(new FuzzInput(bytes));
        for (int i = 0; i < STEPS_MAX && one.input.hasMore(); i++)
        {
            one.step();
        }
    }

    private void step()
    {
        switch (input.below(6))
        {
            case 0 -> poll();
            case 1 -> claim();
            case 2 -> MEMORY.putLong((int)consumer.head() & (CAPACITY - 1),
                RingDescriptor.header(input.below(4), input.int16() & CAPACITY - 1));
            case 3 -> MEMORY.putLong((int)consumer.head() & (CAPACITY - 1), input.int64());
            case 4 -> MEMORY.putLong(RingDescriptor.headOffset(CAPACITY),
                input.flag() ? producer.tail() - input.int16() : input.int64());
            default -> MEMORY.putLong(input.int16() % (REGION / Long.BYTES) * Long.BYTES, input.int64());
        }
    }

    private void poll()
    {
        final String before = consumer.failure();
        final int limit = 1 + input.below(8);
        final int count = consumer.poll(this::onPacket, limit);
        Must.within(count == RingConsumer.CORRUPT ? count : 0, count, limit, "polled");
        Must.hold(before == null || count == RingConsumer.CORRUPT && before.equals(consumer.failure()),
            "mended itself");
        Must.hold(count != RingConsumer.CORRUPT || consumer.failure() != null, "corrupt without a reason");
    }

    private Action onPacket(final DirectBuffer buffer, final int offset, final int length)
    {
        Must.within(0, length, LONGEST, "length of a packet");
        Must.within(RingDescriptor.HEADER_LENGTH, offset, CAPACITY - length, "offset of a packet");
        if (length > 0)
        {
            buffer.getByte(offset);
            buffer.getByte(offset + length - 1);
        }
        return ACTIONS[input.below(ACTIONS.length)];
    }

    private void claim()
    {
        final int length = input.int16() % (LONGEST + 1);
        final int offset = producer.tryClaim(length);
        if (offset >= 0)
        {
            Must.within(RingDescriptor.HEADER_LENGTH, offset, CAPACITY - length, "offset of a claim");
            producer.buffer().setMemory(offset, length, (byte)-1);
            if (input.flag())
            {
                producer.commit();
            }
            else
            {
                producer.abort();
            }
        }
        Must.within(0, producer.available(), CAPACITY, "available");
    }
}
