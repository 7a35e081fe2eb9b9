package io.aeromesh.internal.direct;

import io.aeromesh.stress.InOrder;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A record is not overwritten before its handler has returned.
 */
@JCStressTest
@State
@Outcome(id = "0, 4", expect = Expect.ACCEPTABLE, desc = "there was no room for the fifth yet")
@Outcome(id = "1, 4", expect = Expect.ACCEPTABLE, desc = "the fifth took the room of the first two")
@Outcome(id = "1, 5", expect = Expect.ACCEPTABLE, desc = "and was received as well")
@Outcome(expect = Expect.FORBIDDEN, desc = "overwritten, lost or out of order")
public class RingRoomStress extends DirectEnds
{
    /**
     * Fills the ring.
     */
    public RingRoomStress()
    {
        for (int number = 1; number <= 4; number++)
        {
            send(creator, LONG, number);
        }
    }

    /**
     * Sends one more, of twice the length, if there is room: over the first and the second.
     */
    @Actor
    public void write(final II_Result result)
    {
        result.r1 = send(creator, 2 * LONG, 5) ? 1 : 0;
    }

    /**
     * Receives what there is.
     */
    @Actor
    public void read(final II_Result result)
    {
        result.r2 = receive(attacher, new InOrder(), 5);
    }
}
