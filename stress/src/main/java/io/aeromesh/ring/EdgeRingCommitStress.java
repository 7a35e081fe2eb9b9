package io.aeromesh.ring;

import io.aeromesh.stress.InOrder;
import io.aeromesh.stress.Words;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A packet is whole once its header is there, packets come in order, and an aborted claim is never seen.
 */
@JCStressTest
@State
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "nothing is committed yet")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the first, whole")
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both, whole and in order")
@Outcome(expect = Expect.FORBIDDEN, desc = "an aborted packet was seen, or torn, repeated or out of order")
public class EdgeRingCommitStress extends RingEnds
{
    /**
     * Goes round once, so that behind each record lies what an earlier lap left.
     */
    public EdgeRingCommitStress()
    {
        for (int i = 0; i < FULL + 2; i++)
        {
            send(producer, LONGEST, 1);
            receive(consumer, new InOrder(), 1);
        }
    }

    /**
     * Claims and gives back, then sends two.
     */
    @Actor
    public void write()
    {
        Words.fill(producer.buffer(), producer.tryClaim(2 * SHORT), 2 * SHORT, 7);
        producer.abort();
        send(producer, SHORT, 1);
        send(producer, SHORT, 2);
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
