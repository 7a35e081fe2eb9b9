package io.aeromesh.internal.lease;

import io.aeromesh.error.MeshException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A block that is on its way goes to the peer or back, and to one of them only; who has it finds what was written.
 */
@JCStressTest
@State
@Outcome(id = "42, 0, 1", expect = Expect.ACCEPTABLE, desc = "the peer has it")
@Outcome(id = "0, 42, 1", expect = Expect.ACCEPTABLE, desc = "the giver has it again")
@Outcome(expect = Expect.FORBIDDEN, desc = "both have it, none has it, or its content is not there")
public class OfferedBlockStress
{
    private final LeaseEnds ends = new LeaseEnds();

    /**
     * With a block on its way.
     */
    public OfferedBlockStress()
    {
        ends.offer();
    }

    /**
     * The peer takes it.
     */
    @Actor
    public void take(final III_Result result)
    {
        try
        {
            result.r1 = ends.accept();
        }
        catch (final MeshException refused)
        {
            result.r1 = 0;
        }
    }

    /**
     * The giver wants it back.
     */
    @Actor
    public void withdraw(final III_Result result)
    {
        if (ends.owner.withdraw(ends.atOwner, ends.handle, 0))
        {
            result.r2 = (int)ends.atOwner.buffer().getLong(0);
        }
    }

    /**
     * How many hold it.
     */
    @Arbiter
    public void count(final III_Result result)
    {
        result.r3 = (int)(ends.owner.blocksHeld() + ends.peer.blocksHeld());
    }
}
