package io.aeromesh.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.os.MeshOs;
import io.aeromesh.spi.TransportContext;
import io.aeron.Aeron;
import io.aeron.AeronCounters;
import io.aeron.Counter;
import io.aeron.ExclusivePublication;
import io.aeron.LogBuffers;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import io.aeron.logbuffer.FrameDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An image whose end this client has not heard of, as it did not run, or heard other things first.
 */
@Timeout(60)
class LiveImageTest
{
    private static final String CHANNEL = "aeron:ipc?term-length=64k";
    private static final int STREAM = 7;
    /** Neither aligned, nor what was read. */
    private static final long OTHERS_VALUE = 12_345;
    private static final DriverSettings SETTINGS = new DriverSettings(10);

    @TempDir
    private Path directory;

    private final List<LiveImage> images = new ArrayList<>();
    private MediaDriver driver;
    private Aeron other;
    private ExclusivePublication publication;
    private DriverConnection connection;
    private long subscriptionId;

    @BeforeEach
    void connect()
    {
        final String dir = directory.resolve("driver").toString();
        driver = MediaDriver.launch(SETTINGS.driver(dir).threadingMode(ThreadingMode.SHARED)
            .counterFreeToReuseTimeoutNs(0));
        other = Aeron.connect(new Aeron.Context().aeronDirectoryName(dir));
        publication = other.addExclusivePublication(CHANNEL, STREAM);
        connection = new DriverConnection(dir, null, new TransportContext(
            "node", MeshOs.system(), directory, TransportContext.Threading.INVOKED), SETTINGS);
        await(() -> connection.client() != null);
        subscriptionId = connection.client().asyncAddSubscription(CHANNEL, STREAM,
            image -> images.add(new LiveImage(image, connection.client().countersReader())), null);
        await(() -> images.size() == 1);
    }

    @AfterEach
    void close()
    {
        connection.close();
        other.close();
        driver.close();
    }

    private void await(final BooleanSupplier condition)
    {
        while (!condition.getAsBoolean())
        {
            connection.doWork(System.nanoTime());
            Thread.yield();
        }
    }

    private void publish(final int count)
    {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[100]);
        for (int i = 0; i < count; i++)
        {
            assertTrue(publication.offer(frame, 0, frame.capacity()) > 0);
        }
    }

    /**
     * The driver ends the image and lends its counter to another client.
     *
     * @return that client's counter.
     */
    private Counter endAndLend(final int counterId)
    {
        publication.revoke();
        while (true)
        {
            final Counter counter = other.addCounter(1_001, "of another client");
            if (counter.id() == counterId)
            {
                counter.setRelease(OTHERS_VALUE);
                return counter;
            }
            counter.close();
            Thread.yield();
        }
    }

    private int counterId()
    {
        return connection.client().getSubscription(subscriptionId).imageAtIndex(0).subscriberPositionId();
    }

    @Test
    void shouldNotReadFromWhereAnotherCountsAfterItsEnd()
    {
        final LiveImage image = images.get(0);
        final Frames frames = new Frames(null);
        publish(20);
        assertEquals(1, image.poll(frames, 1));
        final Counter counter = endAndLend(counterId());

        assertEquals(0, image.poll(frames, 10));
        image.skipTo(publication.position());
        assertTrue(image.isEnded());
        assertEquals(1, frames.count);
        assertEquals(OTHERS_VALUE, counter.get());
    }

    @Test
    void shouldNotReadFromWhereTheNextImageOfItsStreamCounts()
    {
        final LiveImage image = images.get(0);
        final Frames frames = new Frames(null);
        publish(20);
        assertEquals(1, image.poll(frames, 1));
        final int counterId = counterId();
        publication.revoke();
        final CountersReader counters = connection.client().countersReader();
        while (counters.getCounterState(counterId) == CountersReader.RECORD_ALLOCATED)
        {
            Thread.yield();
        }
        while (counters.getCounterState(counterId) != CountersReader.RECORD_ALLOCATED ||
            counters.getCounterTypeId(counterId) != AeronCounters.DRIVER_SUBSCRIBER_POSITION_TYPE_ID)
        {
            other.addExclusivePublication(CHANNEL, STREAM);
        }
        assertEquals(subscriptionId, counters.getCounterRegistrationId(counterId));

        assertEquals(0, image.poll(frames, 10));
        assertEquals(0, counters.getCounterValue(counterId));
    }

    /** As for a process that is stopped while it takes a packet. */
    @Test
    void shouldNotWriteWhereAnotherCountsWhenTheEndCameWhileAFrameWasTaken()
    {
        final int counterId = counterId();
        final LiveImage image = images.get(0);
        final Frames frames = new Frames(() -> endAndLend(counterId));
        publish(20);

        assertEquals(1, image.poll(frames, 10));
        assertEquals(1, frames.count, "no frame is read that the driver may have overwritten");
        assertEquals(OTHERS_VALUE, connection.client().countersReader().getCounterValue(counterId));
    }

    @Test
    void shouldReadNoFurtherWherePaddingIsLongerThanItsTerm() throws IOException
    {
        publish(1);
        final Frames frames = new Frames(null);
        frames.isBadExpected = true;
        try (LogBuffers log = new LogBuffers(logFile()))
        {
            final UnsafeBuffer term = log.duplicateTermBuffers()[0];
            final int offset = (int)publication.position();
            FrameDescriptor.frameType(term, offset, FrameDescriptor.PADDING_FRAME_TYPE);
            FrameDescriptor.frameLengthOrdered(term, offset, 2 * term.capacity());
        }
        assertEquals(1, images.get(0).poll(frames, 1));

        assertEquals(0, images.get(0).poll(frames, 10));

        assertTrue(frames.isBad);
    }

    private String logFile() throws IOException
    {
        try (Stream<Path> files = Files.list(directory.resolve("driver").resolve("publications")))
        {
            return files.findFirst().orElseThrow().toString();
        }
    }

    /** Each client is told what becomes of the streams of all. */
    @Test
    void shouldHearOfAnEndInOneDutyCycleHoweverMuchTheDriverTold()
    {
        for (int i = 0; i < 20; i++)
        {
            other.addSubscription(CHANNEL, STREAM + 1).close();
        }
        try (Subscription beside = other.addSubscription(CHANNEL, STREAM))
        {
            while (beside.imageCount() == 0)
            {
                Thread.yield();
            }
            publication.close();
            while (beside.imageCount() > 0)
            {
                Thread.yield();
            }
        }
        other.addSubscription(CHANNEL, STREAM + 1).close(); // the driver has told us too by then
        final LiveImage image = images.get(0);
        assertFalse(image.toString().contains("closed"), image::toString);

        connection.doWork(System.nanoTime());

        assertTrue(image.toString().contains("closed"), image::toString);
    }

    private static final class Frames implements LiveImage.Reader
    {
        private final Runnable onFirst;
        private int count;
        private boolean isBadExpected;
        private boolean isBad;

        Frames(final Runnable onFirst)
        {
            this.onFirst = onFirst;
        }

        @Override
        public Action onFrame(final DirectBuffer buffer, final int offset, final int length, final long address)
        {
            assertEquals(100, length);
            if (count++ == 0 && onFirst != null)
            {
                onFirst.run();
            }
            return Action.CONTINUE;
        }

        @Override
        public void onBadFrame(final String what)
        {
            assertTrue(isBadExpected, what);
            isBad = true;
        }
    }
}
