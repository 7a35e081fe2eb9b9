package io.aeromesh.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What ends a sleep that would take an hour: whatever comes after it was announced, before it as well as during it.
 */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SelectorParkingTest
{
    private final Parking parking = new SelectorParking(TimeUnit.HOURS.toNanos(1));

    @AfterEach
    void close()
    {
        parking.close();
    }

    @Test
    void shouldNotSleepWhenWokenAfterItWasArmed()
    {
        parking.arm();
        parking.wake();

        assertEquals(0, parking.park());

        assertEquals(0, parking.wakeUps());
    }

    @Test
    void shouldWakeWhoSleeps() throws Exception
    {
        parking.arm();
        final Thread waker = new Thread(parking::wake);
        waker.start();

        parking.park();

        waker.join();
    }

    @Test
    void shouldNotSleepWhileAWatchedChannelHasSomethingToRead() throws IOException
    {
        final Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source(); Pipe.SinkChannel sink = pipe.sink())
        {
            source.configureBlocking(false);
            parking.watch(source);
            sink.write(ByteBuffer.allocate(1));
            for (int i = 1; i <= 3; i++)
            {
                parking.arm();
                parking.park();
                parking.disarm();
                assertEquals(i, parking.wakeUps());
            }
        }
    }

    @Test
    void shouldWakeByTheEndOfAWatchedChannel() throws IOException
    {
        final Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source())
        {
            source.configureBlocking(false);
            parking.watch(source);
            parking.arm();
            pipe.sink().close();

            parking.park();

            assertEquals(1, parking.wakeUps());
        }
    }

    @Test
    void shouldSleepNoLongerThanTheLeastThatWasSaidSinceItWasArmed()
    {
        parking.noLongerThan(-1);
        parking.arm();
        parking.noLongerThan(2_000_000);
        parking.noLongerThan(TimeUnit.HOURS.toNanos(2));

        final long lateNs = parking.park();

        assertTrue(lateNs >= 0, () -> "late by " + lateNs);
    }

    @Test
    void shouldNeverSleepOnceRetired()
    {
        parking.retire();
        parking.arm();

        assertEquals(0, parking.park());

        assertTrue(parking.isRetired());
    }

    @Test
    void shouldShowWhetherItSleepsInEachWord()
    {
        final UnsafeBuffer memory = new UnsafeBuffer(new byte[2 * ParkWord.LENGTH]);
        final ParkWord shown = new ParkWord(memory, 0);
        final ParkWord hidden = new ParkWord(memory, ParkWord.LENGTH);
        parking.show(shown);
        parking.show(hidden);
        parking.hide(hidden);
        parking.arm();

        assertFalse(hidden.claimBell());
        assertTrue(shown.claimBell());

        parking.disarm();
        assertFalse(shown.isRung());
    }
}
