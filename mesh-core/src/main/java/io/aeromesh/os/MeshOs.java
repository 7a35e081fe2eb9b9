package io.aeromesh.os;

import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * Clock, randomness and threads for one node.
 */
public interface MeshOs
{
    /**
     * Monotonic clock in nanoseconds.
     */
    NanoClock nanoClock();

    /**
     * Wall clock in milliseconds, for what people read and for incarnations.
     */
    EpochClock epochClock();

    /**
     * A fresh random number. Any thread.
     */
    long nextRandom();

    /**
     * Makes a thread, not started.
     */
    Thread newThread(String name, Runnable task);

    /**
     * The machine's clocks, a strong source of randomness, and daemon-free threads.
     */
    static MeshOs system()
    {
        return SystemOs.INSTANCE;
    }
}
