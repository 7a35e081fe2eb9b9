package io.aeromesh.internal.direct;

import io.aeromesh.stress.InOrder;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A seal is seen behind all that was sent before it, and nowhere else.
 */
@JCStressTest
@State
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "nothing came")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "the first, no seal yet")
@Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "both, no seal yet")
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "both, then the seal")
@Outcome(expect = Expect.FORBIDDEN, desc = "sealed before a message, or torn, repeated or out of order")
public class SealStress extends DirectEnds
{
    /**
     * Sends through both ways, then seals.
     */
    @Actor
    public void write()
    {
        send(creator, SHORT, 1);
        send(creator, LONG, 2);
        creator.writer().sealPosition();
        creator.writer().seal();
    }

    /**
     * Receives what there is.
     */
    @Actor
    public void read(final II_Result result)
    {
        result.r1 = receive(attacher, new InOrder(), 3);
        result.r2 = attacher.reader().sealedAt() < 0 ? 0 : 1;
    }
}
