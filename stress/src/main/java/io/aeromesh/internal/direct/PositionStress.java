package io.aeromesh.internal.direct;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Who sees a position sees what was written before it.
 */
@JCStressTest
@State
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "neither yet")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "what was written, not the position yet")
@Outcome(id = "8, 1", expect = Expect.ACCEPTABLE, desc = "both")
@Outcome(expect = Expect.FORBIDDEN, desc = "a position ahead of what it speaks of")
public class PositionStress
{
    private final Position position = new Position();
    private int written;

    /**
     * Writes, then releases the position.
     */
    @Actor
    public void write()
    {
        written = 1;
        position.setRelease(8);
    }

    /**
     * Acquires the position, then reads.
     */
    @Actor
    public void read(final II_Result result)
    {
        result.r1 = (int)position.getAcquire();
        result.r2 = written;
    }
}
