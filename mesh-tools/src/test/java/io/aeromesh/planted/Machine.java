package io.aeromesh.planted;

import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Core classes that reach the machine past its one door; never run.
 */
public final class Machine
{
    private Machine()
    {
    }

    /** By a call. */
    public static final class NanoTime
    {
        long violate()
        {
            return System.nanoTime();
        }
    }

    /** By a method reference. */
    public static final class ClockByReference
    {
        LongSupplier violate()
        {
            return System::currentTimeMillis;
        }
    }

    /** By a library. */
    public static final class AgronaClock
    {
        NanoClock violate()
        {
            return SystemNanoClock.INSTANCE;
        }
    }

    /** By a type of time. */
    public static final class InstantNow
    {
        Instant violate()
        {
            return Instant.now();
        }
    }

    /** By inheritance. */
    public static final class NewThread extends Thread
    {
    }

    /** By a pool. */
    public static final class Pool
    {
        Executor violate()
        {
            return Executors.newSingleThreadExecutor();
        }
    }

    /** By Agrona's own default. */
    public static final class Runner
    {
        Thread violate(final AgentRunner runner)
        {
            return AgentRunner.startOnThread(runner);
        }
    }

    /** With a seed, which is still not the node's. */
    public static final class Seeded
    {
        int violate()
        {
            return new Random(1).nextInt();
        }
    }

    /** By an id. */
    public static final class RandomId
    {
        UUID violate()
        {
            return UUID.randomUUID();
        }
    }

    /** By arithmetic. */
    public static final class MathRandom
    {
        double violate()
        {
            return Math.random();
        }
    }

    /** Waiting for time to pass. */
    public static final class Sleep
    {
        void violate() throws InterruptedException
        {
            Thread.sleep(1);
        }
    }
}
