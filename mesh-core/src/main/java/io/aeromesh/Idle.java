package io.aeromesh;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * What a thread does while it has nothing to do: an agent's, by {@link NodeConfig#threaded}, or an application's, by
 * {@link MeshNode#poller}. From the quickest that takes a whole core to the one that takes next to nothing.
 */
public enum Idle implements Supplier<IdleStrategy>
{
    /** Looks all the time, with a hint to the processor. */
    SPIN
    {
        @Override
        public IdleStrategy get()
        {
            return new BusySpinIdleStrategy();
        }
    },
    /** Looks all the time, and lets other threads have the core. */
    YIELD
    {
        @Override
        public IdleStrategy get()
        {
            return new YieldingIdleStrategy();
        }
    },
    /** Spins, yields, then sleeps longer and longer, up to a millisecond. */
    BACK_OFF
    {
        @Override
        public IdleStrategy get()
        {
            return new BackoffIdleStrategy();
        }
    },
    /**
     * Sleeps until who has something for it wakes it, which costs that one a fence and a load for each batch, and a
     * system call if it does sleep. It has no strategy for other threads.
     */
    PARKED
    {
        @Override
        public IdleStrategy get()
        {
            throw new MeshException(ErrorCode.BAD_CONFIG,
                "idle=PARKED is no strategy for any agent: give it to NodeConfig.threaded or MeshNode.poller");
        }
    }
}
