package io.aeromesh.internal.lease;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A block that the peer releases is free for its owner once, and never before the peer has finished with it.
 */
@JCStressTest
@State
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "not free yet, free after")
@Outcome(id = "43, 0", expect = Expect.ACCEPTABLE,
    desc = "free, with what the peer wrote last; nothing is left to free")
@Outcome(expect = Expect.FORBIDDEN, desc = "free before the peer had finished, or lost")
public class ReleasedBlockStress
{
    private final LeaseEnds ends = new LeaseEnds();

    /**
     * With the only block at the peer.
     */
    public ReleasedBlockStress()
    {
        ends.offer();
        ends.accept();
    }

    /**
     * The peer writes and lets go.
     */
    @Actor
    public void release()
    {
        ends.atPeer.buffer().putLong(0, LeaseEnds.CONTENT + 1);
        ends.atPeer.release();
    }

    /**
     * The owner looks and acquires.
     */
    @Actor
    public void acquire(final II_Result result)
    {
        result.r1 = take();
    }

    private int take()
    {
        ends.owner.tend();
        return ends.owner.tryAcquire(8, ends.atOwner) < 0 ? 0 : (int)ends.atOwner.buffer().getLong(0);
    }

    /**
     * The owner again, when it had none.
     */
    @Arbiter
    public void acquireAfter(final II_Result result)
    {
        if (!ends.atOwner.isHeld())
        {
            ends.owner.tend();
            result.r2 = ends.owner.tryAcquire(8, ends.atOwner) < 0 ? -1 : 1;
        }
    }
}
