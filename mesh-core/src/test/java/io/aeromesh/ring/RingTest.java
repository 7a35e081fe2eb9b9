package io.aeromesh.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.spi.Lane;
import io.aeromesh.spi.PacketHandler;
import io.aeromesh.spi.PacketHandler.Action;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RingTest
{
    private static final int CAPACITY = RingDescriptor.CAPACITY_MIN;
    private static final int LONGEST = RingDescriptor.maxPacketLength(CAPACITY);

    private final UnsafeBuffer region =
        new UnsafeBuffer(BufferUtil.allocateDirectAligned(RingDescriptor.regionLength(CAPACITY), 128));
    private final RingProducer producer = new RingProducer(region);
    private final RingConsumer consumer = new RingConsumer(region);
    private final List<byte[]> received = new ArrayList<>();

    @Test
    void shouldHoldAnEighthOfTheCapacityAsOneRecord()
    {
        assertEquals(CAPACITY / 8 - 8, producer.maxPacketLength());
        for (int i = 0; i < 100; i++)
        {
            send(bytes(i, LONGEST));
            assertEquals(1, consumer.poll(recorder(Action.CONTINUE), 10));
            assertArrayEquals(bytes(i, LONGEST), received.get(i));
        }
    }

    @Test
    void shouldShowNothingBeforeCommitAndNothingOfAnAbortedClaim()
    {
        for (int i = 0; i < 1000; i++)
        {
            final int length = i * 13 % LONGEST;
            final int offset = producer.tryClaim(length);
            producer.buffer().setMemory(offset, length, (byte)-1);
            assertEquals(0, consumer.poll(recorder(Action.CONTINUE), 10));
            producer.abort();
            assertEquals(0, consumer.poll(recorder(Action.CONTINUE), 10));

            send(bytes(i, 17));
            assertEquals(1, consumer.poll(recorder(Action.CONTINUE), 10));
            assertArrayEquals(bytes(i, 17), received.get(i));
        }
    }

    @Test
    void shouldBackPressureWhenFullAndGoOnWhenDrained()
    {
        int sent = 0;
        while (producer.tryClaim(100) >= 0)
        {
            producer.buffer().putInt(RingDescriptor.HEADER_LENGTH, 0);
            producer.commit();
            sent++;
        }

        assertEquals((CAPACITY - 8) / 112, sent);
        assertEquals(Lane.BACK_PRESSURED, producer.tryClaim(100));
        assertTrue(producer.available() < 112 + 8);
        assertEquals(sent, consumer.poll(recorder(Action.CONTINUE), Integer.MAX_VALUE));
        assertEquals(CAPACITY, producer.available());
        assertTrue(producer.tryClaim(LONGEST) >= 0);
    }

    @Test
    void shouldRefuseBadClaims()
    {
        assertThrows(IllegalArgumentException.class, () -> producer.tryClaim(LONGEST + 1));
        assertThrows(IllegalArgumentException.class, () -> producer.tryClaim(-1));
        assertThrows(IllegalStateException.class, producer::commit);
        assertTrue(producer.tryClaim(1) >= 0);
        assertThrows(IllegalStateException.class, () -> producer.tryClaim(1));
        producer.abort();
        producer.abort();
        assertTrue(producer.tryClaim(1) >= 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, CAPACITY - 1, CAPACITY / 2, 3 * CAPACITY / 2, Integer.MIN_VALUE})
    void shouldRefuseACapacityThatIsNone(final int capacity)
    {
        assertThrows(IllegalArgumentException.class, () -> RingDescriptor.checkCapacity(capacity));
    }

    @Test
    void shouldObeyActions()
    {
        for (int i = 0; i < 6; i++)
        {
            send(bytes(i, 8 + i));
        }

        assertEquals(0, consumer.poll(recorder(Action.ABORT), 10));
        assertEquals(1, received.size());
        assertEquals(0, consumer.head());
        assertEquals(1, consumer.poll(recorder(Action.BREAK), 10));
        assertEquals(16, consumer.head());
        final int before = producer.available();
        assertEquals(2, consumer.poll((buffer, offset, length) ->
        {
            assertTrue(producer.available() >= before);
            return Action.COMMIT;
        }, 2));
        final PacketHandler thrower = (buffer, offset, length) ->
        {
            throw new IllegalStateException("handler");
        };
        assertThrows(IllegalStateException.class, () -> consumer.poll(thrower, 10));
        received.clear();
        assertEquals(2, consumer.poll(recorder(Action.CONTINUE), 10));
        assertArrayEquals(bytes(4, 12), received.get(0));
        assertArrayEquals(bytes(5, 13), received.get(1));
    }

    @Test
    void shouldReleaseRoomWithinAPollOnCommitAndAfterAnEighth()
    {
        for (int i = 0; i < 100; i++)
        {
            send(bytes(i, 120));
        }
        final int[] count = new int[1];
        consumer.poll((buffer, offset, length) ->
        {
            final int seen = CAPACITY - producer.available();
            final int unpublished = (int)(producer.tail() - 128L * count[0]);
            assertTrue(seen - unpublished <= CAPACITY / 8, () -> "seen " + seen);
            return 10 == count[0]++ ? Action.COMMIT : Action.CONTINUE;
        }, 100);
        assertEquals(CAPACITY, producer.available());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldBehaveAsAQueue(final long seed)
    {
        final Random random = new Random(seed);
        final Deque<byte[]> model = new ArrayDeque<>();
        final int longest = 0 == seed % 2 ? LONGEST : 200;
        int number = 0;
        for (int step = 0; step < 40_000; step++)
        {
            final int choice = random.nextInt(10);
            if (choice < 5)
            {
                final byte[] packet = bytes(number, random.nextInt(longest + 1));
                final int offset = producer.tryClaim(packet.length);
                if (offset < 0)
                {
                    assertEquals(Lane.BACK_PRESSURED, offset);
                    assertTrue(!model.isEmpty());
                    continue;
                }
                producer.buffer().putBytes(offset, packet);
                if (0 == choice)
                {
                    producer.abort();
                    continue;
                }
                producer.commit();
                model.add(packet);
                number++;
            }
            else
            {
                pollAgainst(model, random, step, seed);
            }
        }
        assertNull(consumer.failure());
        assertNull(producer.failure());
        assertTrue(producer.tail() > 20L * CAPACITY);
    }

    private void pollAgainst(final Deque<byte[]> model, final Random random, final int step, final long seed)
    {
        final int limit = random.nextInt(8);
        final int[] consumed = new int[1];
        final int count = consumer.poll((buffer, offset, length) ->
        {
            final byte[] packet = new byte[length];
            buffer.getBytes(offset, packet);
            assertArrayEquals(model.peek(), packet, () -> "seed=" + seed + " step=" + step);
            final Action action = Action.values()[random.nextInt(4)];
            if (Action.ABORT != action)
            {
                model.poll();
                consumed[0]++;
            }
            return action;
        }, limit);
        assertEquals(consumed[0], count);
    }

    @Test
    void shouldCarryBetweenTwoThreads() throws InterruptedException
    {
        final int count = 2_000_000;
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final Thread writer = new Thread(() ->
        {
            final Random random = new Random(42);
            for (int i = 0; i < count && null == failure.get(); i++)
            {
                final int longs = 2 + random.nextInt(30);
                int offset = producer.tryClaim(longs * 8);
                while (offset < 0)
                {
                    Thread.yield();
                    if (null != failure.get())
                    {
                        return;
                    }
                    offset = producer.tryClaim(longs * 8);
                }
                long sum = i;
                for (int k = 1; k < longs; k++)
                {
                    final long value = random.nextLong();
                    producer.buffer().putLong(offset + k * 8, value);
                    sum = sum * 31 + value;
                }
                producer.buffer().putLong(offset, sum);
                producer.commit();
            }
        });
        writer.start();
        final int[] next = new int[1];
        final PacketHandler checker = (buffer, offset, length) ->
        {
            long sum = next[0];
            for (int k = 8; k < length; k += 8)
            {
                sum = sum * 31 + buffer.getLong(offset + k);
            }
            assertEquals(sum, buffer.getLong(offset), () -> "packet " + next[0]);
            next[0]++;
            return Action.CONTINUE;
        };
        try
        {
            while (next[0] < count)
            {
                if (0 == consumer.poll(checker, 64))
                {
                    Thread.yield();
                }
                assertNull(consumer.failure());
            }
        }
        catch (final AssertionError error)
        {
            failure.set(error);
            throw error;
        }
        finally
        {
            failure.compareAndSet(null, next[0] < count ? new AssertionError("stopped") : null);
            writer.join();
        }
        assertEquals(0, consumer.poll(checker, 1));
        assertNull(producer.failure());
    }

    @ParameterizedTest
    @ValueSource(longs = {
        0x1_0000_0007L, // packet shorter than its header
        0x1_0000_0001L,
        0x1_8000_0000L, // negative length
        0x1_7FFF_FFFFL,
        0x1_0000_0000L | (CAPACITY / 8 + 1), // longer than the longest
        0x2_0000_0000L | 8, // padding that does not end at the end
        0x2_0000_0000L | CAPACITY,
        0x3_0000_0010L, // unknown types
        0x0_0000_0010L,
        -1L
    })
    void shouldFailOnABadHeaderAfterGivingWhatCameBefore(final long header)
    {
        send(bytes(1, 24));
        region.putLong(32, header);

        assertEquals(1, consumer.poll(recorder(Action.CONTINUE), 10));
        assertEquals(RingConsumer.CORRUPT, consumer.poll(recorder(Action.CONTINUE), 10));
        assertEquals(RingConsumer.CORRUPT, consumer.poll(recorder(Action.CONTINUE), 10));
        assertEquals(1, received.size());
        assertTrue(consumer.failure().contains("position=32"), consumer.failure());
    }

    @Test
    void shouldFailOnARecordThatCrossesTheEnd()
    {
        final int room = 64;
        while (producer.tail() < CAPACITY - room)
        {
            send(new byte[24]);
            consumer.poll(recorder(Action.CONTINUE), 1);
        }
        region.putLong(CAPACITY - room, RingDescriptor.header(RingDescriptor.TYPE_PACKET, room + 1));

        assertEquals(RingConsumer.CORRUPT, consumer.poll(recorder(Action.CONTINUE), 10));
    }

    @ParameterizedTest
    @ValueSource(longs = {-8, 4, 1 << 20, Long.MAX_VALUE, Long.MIN_VALUE, 200})
    void shouldFailOnABadHead(final long head)
    {
        send(new byte[100]);
        region.putLong(RingDescriptor.headOffset(CAPACITY), head);

        assertEquals(0, producer.available());
        assertNotNull(producer.failure());
        int result = 0;
        for (int i = 0; i < CAPACITY && result >= 0; i++)
        {
            result = producer.tryClaim(8);
            producer.abort();
            if (result >= 0)
            {
                result = producer.tryClaim(8);
                producer.commit();
            }
        }
        assertEquals(RingProducer.CORRUPT, result);
    }

    @Test
    void shouldFailOnAHeadThatGoesBack()
    {
        for (int i = 0; i < 200; i++)
        {
            send(new byte[100]);
            consumer.poll(recorder(Action.CONTINUE), 1);
            assertTrue(producer.available() > 0);
        }
        region.putLong(RingDescriptor.headOffset(CAPACITY), 8);

        assertEquals(0, producer.available());
        assertTrue(producer.failure().contains("head=8"), producer.failure());
    }

    private void send(final byte[] packet)
    {
        final int offset = producer.tryClaim(packet.length);
        assertTrue(offset >= 0, () -> "claim returned " + offset);
        producer.buffer().putBytes(offset, packet);
        producer.commit();
    }

    private PacketHandler recorder(final Action action)
    {
        return (buffer, offset, length) ->
        {
            final byte[] packet = new byte[length];
            buffer.getBytes(offset, packet);
            received.add(packet);
            return action;
        };
    }

    private static byte[] bytes(final int number, final int length)
    {
        final byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)(number * 31 + i);
        }
        return bytes;
    }
}
