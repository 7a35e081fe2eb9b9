package io.aeromesh.internal.direct;

import io.aeromesh.stress.InOrder;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Both ends send and receive through the one hot line, or the ring while they have no turn: what one reads, the other
 * does not write over.
 */
@JCStressTest
@State
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "no answer yet, nothing came")
@Outcome(id = "0, 0, 1", expect = Expect.ACCEPTABLE, desc = "no answer yet, the first came late")
@Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "no answer yet, the first came")
@Outcome(id = "0, 1, 2", expect = Expect.ACCEPTABLE, desc = "no answer yet, both came")
@Outcome(id = "1, 0, 0", expect = Expect.ACCEPTABLE, desc = "an answer, nothing came")
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "an answer, the first came late")
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "an answer, the first came")
@Outcome(id = "1, 1, 2", expect = Expect.ACCEPTABLE, desc = "an answer, both came")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn, repeated or out of order")
public class HotLineTurnStress extends DirectEnds
{
    private final InOrder toAttacher = new InOrder();

    /**
     * Sends, receives the answer, sends again.
     */
    @Actor
    public void ask(final III_Result result)
    {
        send(creator, SHORT, 1);
        result.r1 = receive(creator, new InOrder(), 1);
        send(creator, SHORT, 2);
    }

    /**
     * Receives, answers, receives.
     */
    @Actor
    public void answer(final III_Result result)
    {
        result.r2 = receive(attacher, toAttacher, 1);
        send(attacher, SHORT, 1);
        result.r3 = receive(attacher, toAttacher, 1);
    }
}
