package io.aeromesh.bench.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each checks that every message arrives whole and in order, so a layout that loses can not win by losing messages. */
class LayoutTest
{
    private static final int LAPS = 3;

    @ParameterizedTest
    @EnumSource(Layout.class)
    void shouldDeliverAllInOrderOverSeveralLapsAndRefuseWhenFull(final Layout layout)
    {
        final End[] ends = layout.ends();
        final int most = 2 * Layout.RING_LENGTH / End.RECORD_LENGTH;
        long sent = 0;
        long received = 0;
        for (int lap = 0; lap < LAPS; lap++)
        {
            final long before = sent;
            while (sent - before < most && ends[0].send(sent + 1))
            {
                sent++;
            }
            assertTrue(sent > before && sent - before < most, "sent " + (sent - before));
            assertFalse(ends[0].send(sent + 1));
            for (long number = ends[1].poll(); number != 0; number = ends[1].poll())
            {
                assertEquals(++received, number);
            }
            assertEquals(sent, received);
        }
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    @Timeout(60)
    void shouldAnswerEachAcrossThreads(final Layout layout)
    {
        try (TwoThreads threads = new TwoThreads(layout, TwoThreads.Peer.ANSWERS))
        {
            assertEquals(10_000, threads.trips(10_000));
        }
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    @Timeout(60)
    void shouldStreamAcrossThreads(final Layout layout)
    {
        try (TwoThreads threads = new TwoThreads(layout, TwoThreads.Peer.READS))
        {
            assertEquals(100_000, threads.stream(100_000));
        }
    }

    @Test
    void shouldReadTheLineFirstWhenMessagesComeBetweenItsTwoLooks()
    {
        final List<Runnable> between = new ArrayList<>();
        final UnsafeBuffer memory = new UnsafeBuffer(Layout.memory())
        {
            @Override
            public long getLongAcquire(final int index)
            {
                final long value = super.getLongAcquire(index);
                between.forEach(Runnable::run);
                between.clear();
                return value;
            }
        };
        final End sender = new LineEachWay(memory, true);
        final End receiver = new LineEachWay(memory, false);
        between.add(() ->
        {
            assertTrue(sender.send(1));
            assertTrue(sender.send(2));
        });
        assertEquals(0, receiver.poll());
        assertEquals(1, receiver.poll());
        assertEquals(2, receiver.poll());
    }
}
