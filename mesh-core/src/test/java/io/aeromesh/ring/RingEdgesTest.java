package io.aeromesh.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.spi.PacketHandler.Action;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * A ring at the edges of what it can hold.
 */
class RingEdgesTest
{
    private static final int CAPACITY = RingDescriptor.CAPACITY_MIN;
    private static final int LENGTH = 56;
    private static final int RECORD = 64;

    private final UnsafeBuffer region =
        new UnsafeBuffer(BufferUtil.allocateDirectAligned(RingDescriptor.regionLength(CAPACITY), 128));
    private final RingProducer producer = new RingProducer(region);
    private final RingConsumer consumer = new RingConsumer(region);

    private int fill()
    {
        int count = 0;
        while (producer.tryClaim(LENGTH) >= 0)
        {
            producer.commit();
            count++;
        }
        return count;
    }

    @Test
    void shouldTakeRecordsUntilNoRoomForAHeaderIsLeft()
    {
        assertEquals(CAPACITY / RECORD - 1, fill());
        assertTrue(producer.tryClaim(LENGTH - 8) >= 0, "a record and the header behind it fill the ring to its end");
        producer.abort();
        assertTrue(producer.tryClaim(LENGTH) < 0);
    }

    @Test
    void shouldHaveRoomAgainForJustWhatWasConsumed()
    {
        final int count = fill();
        assertEquals(1, consumer.poll((buffer, offset, length) -> Action.CONTINUE, 1));
        assertTrue(producer.tryClaim(LENGTH) >= 0);
        producer.commit();
        assertTrue(producer.tryClaim(LENGTH) < 0);
        assertEquals(count, consumer.poll((buffer, offset, length) -> Action.CONTINUE, 1000));
    }

    @Test
    void shouldFreeRoomWhileItPolls()
    {
        final int count = fill();
        final List<Long> heads = new ArrayList<>();
        consumer.poll((buffer, offset, length) ->
        {
            heads.add(region.getLong(RingDescriptor.headOffset(CAPACITY)));
            return Action.CONTINUE;
        }, count);
        for (int i = 0; i < count; i++)
        {
            final long behind = (long)i * RECORD - heads.get(i);
            assertTrue(behind >= 0 && behind <= CAPACITY / 4, "at packet " + i + " behind=" + behind);
        }
        assertEquals((long)count * RECORD, region.getLong(RingDescriptor.headOffset(CAPACITY)));
    }

    @Test
    void shouldSayWhatIsWrongWithAHeader()
    {
        fill();
        assertEquals(1, consumer.poll((buffer, offset, length) -> Action.CONTINUE, 1));
        region.putLong(RECORD, RingDescriptor.header(3, 5));
        assertEquals(RingConsumer.CORRUPT, consumer.poll((buffer, offset, length) -> Action.CONTINUE, 10));
        assertEquals("bad record header: position=64, type=3, length=5, longest=" + CAPACITY / 8 +
            ", until end=" + (CAPACITY - RECORD), consumer.failure());
    }

    @Test
    void shouldRefuseCapacitiesThatNoRingHas()
    {
        assertTrue(RingDescriptor.isCapacity(RingDescriptor.CAPACITY_MIN));
        assertTrue(RingDescriptor.isCapacity(RingDescriptor.CAPACITY_MAX));
        assertFalse(RingDescriptor.isCapacity(RingDescriptor.CAPACITY_MIN / 2));
        assertFalse(RingDescriptor.isCapacity(RingDescriptor.CAPACITY_MIN + 8));
        final IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
            () -> RingDescriptor.capacityOf(RingDescriptor.regionLength(CAPACITY) - 8));
        assertTrue(refused.getMessage().contains("capacity=" + (CAPACITY - 8)), refused.getMessage());
    }

    @Test
    void shouldSayWhetherAnythingIsThere()
    {
        assertTrue(consumer.isEmpty());
        producer.tryClaim(LENGTH);
        assertTrue(producer.hasClaim());
        assertTrue(consumer.isEmpty());
        producer.commit();
        assertFalse(producer.hasClaim());
        assertFalse(consumer.isEmpty());
        assertEquals(CAPACITY, producer.capacity());
    }
}
