package io.aeromesh.tools.demo;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How much the demo does.
 *
 * @param messages          each way in the transfer.
 * @param broadcastMessages of each node.
 * @param roundTrips        samples per path.
 * @param pause             that a node is stopped for.
 * @param sharedDirectory   in which the demo makes its own, temporary one.
 * @param keepLogs          where logs are kept; null: removed with the temporary directory.
 */
public record DemoOptions(
    long messages, long broadcastMessages, long roundTrips, Duration pause, Path sharedDirectory, Path keepLogs)
{
    /** Messages each way in the transfer. */
    public static final long MESSAGES_DEFAULT = 1_000_000;
    /** Broadcast messages of each node. */
    public static final long BROADCAST_MESSAGES_DEFAULT = 10_000;
    /** Round trips per path. */
    public static final long ROUND_TRIPS_DEFAULT = 20_000;
    /** How long a node is stopped. */
    public static final Duration PAUSE_DEFAULT = Duration.ofSeconds(15);

    /**
     * Validates.
     */
    public DemoOptions
    {
        if (messages < 1 || broadcastMessages < 1 || roundTrips < 1 || pause.isNegative())
        {
            throw new IllegalArgumentException("need messages, broadcastMessages, roundTrips > 0 and pause >= 0: " +
                "messages=" + messages + ", broadcastMessages=" + broadcastMessages + ", roundTrips=" + roundTrips +
                ", pause=" + pause);
        }
    }
}
