package io.aeromesh.internal.direct;

import io.aeromesh.MessageClaim;
import io.aeromesh.stress.InOrder;
import io.aeromesh.stress.Words;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * What was written into a claim that is given back is never seen, in the ring or in the hot line.
 */
@JCStressTest
@State
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "nothing is committed yet")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the first, whole")
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both, whole and in order")
@Outcome(expect = Expect.FORBIDDEN, desc = "an aborted message was seen, or torn, repeated or out of order")
public class AbortedClaimStress extends DirectEnds
{
    /**
     * Claims and gives back, sends, and both again.
     */
    @Actor
    public void write()
    {
        abort(LONG);
        abort(SHORT);
        send(creator, SHORT, 1);
        abort(LONG);
        send(creator, LONG, 2);
    }

    private void abort(final int length)
    {
        final DirectWriter writer = creator.writer();
        final MessageClaim claim = new MessageClaim();
        writer.tryClaim(length, claim, writer);
        Words.fill(claim.buffer(), claim.offset(), length, 7);
        claim.abort();
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
