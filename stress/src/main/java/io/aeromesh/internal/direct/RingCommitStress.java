package io.aeromesh.internal.direct;

import io.aeromesh.stress.InOrder;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A record is whole once its header is there, and records come in order.
 */
@JCStressTest
@State
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "nothing is committed yet")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the first, whole")
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both, whole and in order")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn, repeated or out of order")
public class RingCommitStress extends DirectEnds
{
    private static final int RECORD = LONG + DirectLayout.HEADER_LENGTH;

    /**
     * An earlier lap has left what looks like the second record.
     */
    public RingCommitStress()
    {
        memory.putLong(DirectLayout.RINGS_OFFSET + RECORD,
            DirectLayout.header(RECORD, DirectLayout.record(DirectLayout.MESSAGE, RECORD)));
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
