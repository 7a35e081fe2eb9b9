package io.aeromesh.internal.session;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts leases and their bytes.
 * <p>
 * <b>Threading:</b> one thread counts, one other takes what has come since it took last.
 */
final class LeaseTally
{
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private long takenCount;
    private long takenBytes;

    void increment(final int length)
    {
        bytes.setRelease(bytes.getPlain() + length);
        count.setRelease(count.getPlain() + 1); // last: by it the others see that there is something to take
    }

    boolean isEmpty()
    {
        return count.getAcquire() == takenCount;
    }

    long takeCount()
    {
        final long now = count.getAcquire();
        final long taken = now - takenCount;
        takenCount = now;
        return taken;
    }

    long takeBytes()
    {
        final long now = bytes.getAcquire();
        final long taken = now - takenBytes;
        takenBytes = now;
        return taken;
    }
}
