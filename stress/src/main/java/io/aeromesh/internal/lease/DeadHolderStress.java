package io.aeromesh.internal.lease;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A block that its holder releases while the owner takes it for dead, and takes back what it has: free once, for one.
 */
@JCStressTest
@State
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "the holder let go; free once")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "the owner took it back first, and the holder is told")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, or free twice")
public class DeadHolderStress
{
    private final LeaseEnds ends = new LeaseEnds();

    /**
     * With the only block at the peer.
     */
    public DeadHolderStress()
    {
        ends.offer();
        ends.accept();
    }

    /**
     * The holder lets go.
     */
    @Actor
    public void release(final II_Result result)
    {
        result.r1 = ends.atPeer.block().releaseIfHeld() ? 1 : 0;
    }

    /**
     * The owner hears that the holder is dead.
     */
    @Actor
    public void reclaim()
    {
        ends.reclaim();
    }

    /**
     * How often the only block can be had.
     */
    @Arbiter
    public void acquireAfter(final II_Result result)
    {
        ends.owner.scan(1L << 40);
        result.r2 = ends.acquirable();
    }
}
