package io.aeromesh.os;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Likewise for two threads of one process.
 */
@JCStressTest
@State
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "waits, and was woken")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "found the message, and was woken too")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "found the message; the writer had looked before")
@Outcome(id = "0, 1", expect = Expect.FORBIDDEN, desc = "waits, and nobody has woken it: the wake-up is lost")
public class WaiterStress
{
    private final Waiter waiter = new Waiter();
    private int message;

    /**
     * Says that it waits, and looks once more.
     */
    @Actor
    public void await(final II_Result result)
    {
        waiter.arm();
        result.r1 = message;
    }

    /**
     * Writes, and wakes.
     */
    @Actor
    public void write()
    {
        message = 1;
        waiter.wake();
    }

    /**
     * Whether it would wait on.
     */
    @Arbiter
    public void after(final II_Result result)
    {
        result.r2 = waiter.isArmed() ? 1 : 0;
    }
}
