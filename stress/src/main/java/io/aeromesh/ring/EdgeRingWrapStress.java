package io.aeromesh.ring;

import io.aeromesh.stress.InOrder;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Likewise where a packet lies behind a padding, at the start of the ring, over what an earlier lap left.
 */
@JCStressTest
@State
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "nothing is committed yet")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the first, whole")
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both, whole and in order")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn, repeated or out of order")
public class EdgeRingWrapStress extends RingEnds
{
    /**
     * Leaves room for one short packet before the end.
     */
    public EdgeRingWrapStress()
    {
        final int untilEnd = LONGEST - SHORT - RingDescriptor.HEADER_LENGTH;
        for (int i = 0; i < FULL; i++)
        {
            send(producer, LONGEST, 1);
            receive(consumer, new InOrder(), 1);
        }
        send(producer, untilEnd, 1);
        receive(consumer, new InOrder(), 1);
    }

    /**
     * Sends one up to the end and one behind the padding.
     */
    @Actor
    public void write()
    {
        send(producer, SHORT - 2 * RingDescriptor.HEADER_LENGTH, 1);
        send(producer, 2 * SHORT, 2);
    }

    /**
     * Receives what there is.
     */
    @Actor
    public void read(final I_Result result)
    {
        result.r1 = receive(consumer, new InOrder(), 2);
    }
}
