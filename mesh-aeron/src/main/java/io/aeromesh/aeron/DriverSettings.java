package io.aeromesh.aeron;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * Timeouts and sizes of our media drivers and clients, chosen together. Constants only.
 * <p>
 * Edges may be lost to silence and come back as new generations, so the timeouts are short; what must hold between
 * them: a receiver gives an image up ({@link #IMAGE_LIVENESS_NS}) before a multicast sender gives that receiver up
 * ({@link #RECEIVER_TIMEOUT_NS}), and so does a receiver that was stopped itself ({@link #PAUSE_MAX_NS}); otherwise
 * an image could live on with a gap that nobody fills.
 */
final class DriverSettings
{
    /** A publisher that was not heard of for so long ends its image, in nanoseconds. */
    static final long IMAGE_LIVENESS_NS = TimeUnit.MILLISECONDS.toNanos(1_000);
    /** A publication whose subscribers were not heard of for so long is not connected, in nanoseconds. */
    static final long CONNECTION_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(1_500);
    /** A multicast sender waits so long for a silent member, in nanoseconds. */
    static final long RECEIVER_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(2_000);
    /** A multicast member whose own duty cycle stood still for so long starts anew, in nanoseconds. */
    static final long PAUSE_MAX_NS = TimeUnit.MILLISECONDS.toNanos(1_500);
    /** A client that the driver did not hear of for so long is gone, in nanoseconds. */
    static final long CLIENT_LIVENESS_NS = TimeUnit.MILLISECONDS.toNanos(2_000);
    /** A driver that its clients did not hear of for so long is gone, in milliseconds. */
    static final long DRIVER_TIMEOUT_MS = 2_000;
    /** How often a client tells the driver that it is alive, in nanoseconds. */
    static final long KEEP_ALIVE_NS = TimeUnit.MILLISECONDS.toNanos(250);
    /** How often an absent driver, a driver's process and failed registrations are looked at, in nanoseconds. */
    static final long CHECK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Shared memory of a driver besides its streams, in bytes. */
    static final long DRIVER_FILES_LENGTH = 16L * 1024 * 1024;

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

    private DriverSettings()
    {
    }

    /**
     * A new context for a driver in a directory, which is deleted when the driver closes.
     */
    static MediaDriver.Context driver(final String dir, final ThreadingMode threading)
    {
        return new MediaDriver.Context()
            .aeronDirectoryName(dir)
            .threadingMode(threading)
            .asyncExecutorEnabled(false)
            .sharedIdleStrategy(new BackoffIdleStrategy(IDLE_SPINS, IDLE_YIELDS, IDLE_PARK_NS_MIN, IDLE_PARK_NS_MAX))
            .warnIfDirectoryExists(false)
            .dirDeleteOnShutdown(true)
            .driverTimeoutMs(DRIVER_TIMEOUT_MS)
            .timerIntervalNs(TIMER_INTERVAL_NS)
            .clientLivenessTimeoutNs(CLIENT_LIVENESS_NS)
            .publicationUnblockTimeoutNs(UNBLOCK_TIMEOUT_NS)
            .publicationConnectionTimeoutNs(CONNECTION_TIMEOUT_NS)
            .publicationLingerTimeoutNs(LINGER_NS)
            .imageLivenessTimeoutNs(IMAGE_LIVENESS_NS)
            .statusMessageTimeoutNs(STATUS_MESSAGE_TIMEOUT_NS)
            .termBufferSparseFile(false) // memory is asked for at start: a page that is not there later is a signal
            .lowStorageWarningThreshold(LOW_STORAGE_WARNING_LENGTH)
            .counterValuesBufferLength(COUNTERS_LENGTH);
    }
}
