package io.aeromesh.internal.direct;

import io.aeromesh.MessageClaim;
import io.aeromesh.stress.InOrder;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A claim for which the writer went to the start of the ring is given back, and a short message comes next: a reader
 * that looked at the ring just before does not stay at its end.
 */
@JCStressTest
@State
@Outcome(id = {"0, 2", "1, 2", "2, 2"}, expect = Expect.ACCEPTABLE, desc = "some at once, and all in the end")
@Outcome(expect = Expect.FORBIDDEN, desc = "one was never seen, or torn, repeated or out of order")
public class AbortedWrapStress extends DirectEnds
{
    private final InOrder order = new InOrder();

    /**
     * Goes on until there is no room for a long one before the end.
     */
    public AbortedWrapStress()
    {
        for (int i = 0; i < WINDOW / LONG; i++)
        {
            send(creator, LONG, 1);
            receive(attacher, new InOrder(), 1);
        }
    }

    /**
     * Claims and gives back, sends a short one, which has the turn, and a long one.
     */
    @Actor
    public void write()
    {
        final MessageClaim claim = new MessageClaim();
        creator.writer().tryClaim(LONG, claim, creator.writer());
        claim.abort();
        send(creator, SHORT, 1);
        send(creator, LONG, 2);
    }

    /**
     * Receives what there is.
     */
    @Actor
    public void read(final II_Result result)
    {
        result.r1 = receive(attacher, order, 2);
    }

    /**
     * Receives the rest.
     */
    @Arbiter
    public void readRest(final II_Result result)
    {
        result.r2 = receive(attacher, order, 2);
    }
}
