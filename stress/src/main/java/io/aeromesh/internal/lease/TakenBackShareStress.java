package io.aeromesh.internal.lease;

import io.aeromesh.Lease;
import io.aeromesh.error.MeshException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A share of a broadcast block is accepted by its peer or taken back by its giver. Only then is the block free, and
 * whoever has it finds what was written.
 */
@JCStressTest
@State
@Outcome(id = "42, 0", expect = Expect.ACCEPTABLE, desc = "the peer has its share, and the block is not given out")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "it was taken back, and the block is free")
@Outcome(expect = Expect.FORBIDDEN, desc = "given out while it is held, or lost")
public class TakenBackShareStress
{
    private final LeaseEnds ends = new LeaseEnds();
    private final Lease again = new Lease();

    /**
     * With a share on its way.
     */
    public TakenBackShareStress()
    {
        ends.share();
    }

    /**
     * The peer takes it.
     */
    @Actor
    public void take(final II_Result result)
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
     * The giver lets go and wants the only block there is.
     */
    @Actor
    public void release(final II_Result result)
    {
        ends.atOwner.release();
        result.r2 = ends.owner.tryAcquire(8, again) > 0 ? 1 : 0;
    }
}
