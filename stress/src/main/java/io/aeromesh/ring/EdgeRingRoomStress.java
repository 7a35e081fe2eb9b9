package io.aeromesh.ring;

import io.aeromesh.stress.InOrder;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A packet is not overwritten before its handler has returned.
 */
@JCStressTest
@State
@Outcome(id = "0, 7", expect = Expect.ACCEPTABLE, desc = "there was no room for the eighth yet")
@Outcome(id = "1, 7", expect = Expect.ACCEPTABLE, desc = "the eighth took the room of the first")
@Outcome(id = "1, 8", expect = Expect.ACCEPTABLE, desc = "and it was received as well")
@Outcome(expect = Expect.FORBIDDEN, desc = "overwritten, lost or out of order")
public class EdgeRingRoomStress extends RingEnds
{
    /**
     * Fills the ring, but for less than the longest packet: it would lie over the first.
     */
    public EdgeRingRoomStress()
    {
        send(producer, SHORT, 1);
        receive(consumer, new InOrder(), 1);
        for (int number = 1; number <= FULL; number++)
        {
            send(producer, LONGEST, number);
        }
    }

    /**
     * Sends one more, if there is room.
     */
    @Actor
    public void write(final II_Result result)
    {
        result.r1 = send(producer, LONGEST, FULL + 1) ? 1 : 0;
    }

    /**
     * Receives what there is.
     */
    @Actor
    public void read(final II_Result result)
    {
        result.r2 = receive(consumer, new InOrder(), FULL + 1);
    }
}
