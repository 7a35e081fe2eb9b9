package io.aeromesh.bench.cli.tech;

import io.aeromesh.bench.cli.measure.Actor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The other end where one thread does all: it bounces the line of the limit and otherwise leaves its core to whoever
 * needs it.
 */
final class IdlePeer implements Actor
{
    private static final long PARK_NS = TimeUnit.MICROSECONDS.toNanos(20);

    @Override
    public long run(final long count)
    {
        return 0;
    }

    @Override
    public void work()
    {
        LockSupport.parkNanos(PARK_NS);
    }
}
