package io.aeromesh.aeron;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * Timeouts and sizes of our media drivers and clients, chosen together. Immutable.
 * <p>
 * Edges may be lost to silence and come back as new generations, so the timeouts are short; what must hold between
 * them: a receiver gives an image up ({@link #imageLivenessNs}) before a multicast sender gives that receiver up
 * ({@link #receiverTimeoutNs}), and so does a receiver that was stopped itself ({@link #pauseNsMax}); otherwise
 * an image could live on with a gap that nobody fills.
 *
 * @param patience how many times as long as is usual to wait for who is silent, at least 1. More is for tests that
 *                 are not about silence, on machines that may not run a driver for a second.
 */
record DriverSettings(int patience)
{
    /** As patient as is usual. */
    static final DriverSettings DEFAULT = new DriverSettings(1);

    /** How often a client tells the driver that it is alive, in nanoseconds. */
    static final long KEEP_ALIVE_NS = TimeUnit.MILLISECONDS.toNanos(250);
    /** How often an absent driver, a driver's process and failed registrations are looked at, in nanoseconds. */
    static final long CHECK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Shared memory of a driver besides its streams, in bytes. */
    static final long DRIVER_FILES_LENGTH = 16L * 1024 * 1024;

    private static final long IMAGE_LIVENESS_NS = TimeUnit.MILLISECONDS.toNanos(1_000);
    private static final long CONNECTION_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final long RECEIVER_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(2_000);
    private static final long PAUSE_NS_MAX = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final long CLIENT_LIVENESS_NS = TimeUnit.MILLISECONDS.toNanos(2_000);
    private static final long DRIVER_TIMEOUT_MS = 2_000;
    private static final long UNBLOCK_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(3_000);
    private static final long TIMER_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long STATUS_MESSAGE_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LINGER_NS = TimeUnit.MILLISECONDS.toNanos(1_000);
    private static final long LOW_STORAGE_WARNING_LENGTH = 8L * 1024 * 1024;
    private static final int COUNTERS_LENGTH = 1024 * 1024;
    private static final int IDLE_SPINS = 10;
    private static final int IDLE_YIELDS = 10;
    private static final long IDLE_PARK_NS_MIN = TimeUnit.MICROSECONDS.toNanos(10);
    private static final long IDLE_PARK_NS_MAX = TimeUnit.MICROSECONDS.toNanos(500);

    /**
     * Validates.
     */
    DriverSettings
    {
        if (patience < 1)
        {
            throw new IllegalArgumentException("need patience >= 1: patience=" + patience);
        }
    }

    /**
     * A publisher that was not heard of for so long ends its image, in nanoseconds.
     */
    long imageLivenessNs()
    {
        return patience * IMAGE_LIVENESS_NS;
    }

    /**
     * A publication whose subscribers were not heard of for so long is not connected, in nanoseconds.
     */
    long connectionTimeoutNs()
    {
        return patience * CONNECTION_TIMEOUT_NS;
    }

    /**
     * A multicast sender waits so long for a silent member, in nanoseconds.
     */
    long receiverTimeoutNs()
    {
        return patience * RECEIVER_TIMEOUT_NS;
    }

    /**
     * A multicast member whose own duty cycle stood still for so long starts anew, in nanoseconds.
     */
    long pauseNsMax()
    {
        return patience * PAUSE_NS_MAX;
    }

    /**
     * A client that the driver did not hear of for so long is gone, in nanoseconds.
     */
    long clientLivenessNs()
    {
        return patience * CLIENT_LIVENESS_NS;
    }

    /**
     * A driver that its clients did not hear of for so long is gone, in milliseconds.
     */
    long driverTimeoutMs()
    {
        return patience * DRIVER_TIMEOUT_MS;
    }

    /**
     * What a thread does that runs a driver with nothing to do.
     */
    static IdleStrategy idleStrategy()
    {
        return new BackoffIdleStrategy(IDLE_SPINS, IDLE_YIELDS, IDLE_PARK_NS_MIN, IDLE_PARK_NS_MAX);
    }

    /**
     * A new context for a driver in a directory, which is deleted when the driver closes, and which who makes it runs.
     */
    MediaDriver.Context driver(final String dir)
    {
        return new MediaDriver.Context()
            .aeronDirectoryName(dir)
            .threadingMode(ThreadingMode.INVOKER)
            .asyncExecutorEnabled(false)
            .warnIfDirectoryExists(false)
            .dirDeleteOnShutdown(true)
            .driverTimeoutMs(driverTimeoutMs())
            .timerIntervalNs(TIMER_INTERVAL_NS)
            .clientLivenessTimeoutNs(clientLivenessNs())
            .publicationUnblockTimeoutNs(patience * UNBLOCK_TIMEOUT_NS)
            .publicationConnectionTimeoutNs(connectionTimeoutNs())
            .publicationLingerTimeoutNs(LINGER_NS)
            .imageLivenessTimeoutNs(imageLivenessNs())
            .statusMessageTimeoutNs(STATUS_MESSAGE_TIMEOUT_NS)
            .termBufferSparseFile(false) // memory is asked for at start: a page that is not there later is a signal
            .lowStorageWarningThreshold(LOW_STORAGE_WARNING_LENGTH)
            .counterValuesBufferLength(COUNTERS_LENGTH);
    }
}
