package io.aeromesh.internal.direct;

import io.aeromesh.stress.InOrder;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Likewise where the second record lies behind a padding, at the start of the ring, and all over what an earlier lap
 * left.
 */
@JCStressTest
@State
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "nothing is committed yet")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the first, whole")
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both, whole and in order")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn, repeated or out of order")
public class RingWrapStress extends DirectEnds
{
    /**
     * Goes round once and a half, so that room for one record is left before the end.
     */
    public RingWrapStress()
    {
        for (int i = 0; i < 7; i++)
        {
            send(creator, LONG, 1);
            receive(attacher, new InOrder(), 1);
        }
    }

    /**
     * Sends two.
     */
    @Actor
    public void write()
    {
        send(creator, LONG, 1);
        send(creator, LONG, 2);
    }

    /**
     * Receives what there is.
     */
    @Actor
    public void read(final I_Result result)
    {
        result.r1 = receive(attacher, new InOrder(), 2);
    }
}
