package io.aeromesh.internal.lease;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A block that its holder releases while the owner takes it for dead, takes back what it has, and acquires it anew: it
 * is free once, and what comes late from the dead does not free it again.
 */
@JCStressTest
@State
@Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "the holder let go, and the owner has it")
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "the owner took it back and has it; the holder is told")
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "the holder let go too late for the owner; it is free")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, free twice, or freed while the owner has it")
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
    public void release(final III_Result result)
    {
        result.r1 = ends.atPeer.block().releaseIfHeld() ? 1 : 0;
    }

    /**
     * The owner hears that the holder is dead, and acquires.
     */
    @Actor
    public void reclaim(final III_Result result)
    {
        ends.reclaim();
        result.r2 = ends.owner.tryAcquire(8, ends.atOwner) < 0 ? 0 : 1;
    }

    /**
     * How often the only block can be had beside, or -1 when it is not the owner's that has it.
     */
    @Arbiter
    public void count(final III_Result result)
    {
        ends.owner.scan(1L << 40);
        final HeldBlock held = ends.atOwner.block();
        result.r3 = held.isHeld() && held.word() != held.segment().wordVolatile(held.block()) ? -1 : ends.acquirable();
    }
}
