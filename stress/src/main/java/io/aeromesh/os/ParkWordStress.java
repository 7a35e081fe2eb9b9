package io.aeromesh.os;

import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A sleeper finds the message, or whoever wrote it finds the sleeper.
 */
@JCStressTest
@State
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "asleep, and rung for")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "found the message, and nobody rings")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "found the message, and a bell too many")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "asleep, and nobody rings: the wake-up is lost")
public class ParkWordStress
{
    private static final int MESSAGE_OFFSET = 128;

    private final UnsafeBuffer memory = new UnsafeBuffer(new byte[MESSAGE_OFFSET + Long.BYTES]);
    private final ParkWord sleeper = new ParkWord(memory, 0);
    private final ParkWord writer = new ParkWord(memory, 0);

    /**
     * Says that it sleeps, and looks once more.
     */
    @Actor
    public void sleep(final II_Result result)
    {
        sleeper.park();
        result.r1 = memory.getLongAcquire(MESSAGE_OFFSET) == 0 ? 0 : 1;
    }

    /**
     * Writes, and looks whether somebody sleeps.
     */
    @Actor
    public void write(final II_Result result)
    {
        memory.putLongRelease(MESSAGE_OFFSET, 1);
        result.r2 = writer.claimBell() ? 1 : 0;
    }
}
