package io.aeromesh.internal.lease;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A free block goes to one, and none is lost, also when it comes and goes between two steps of another.
 */
@JCStressTest
@State
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "each of three blocks is once with a thread or on the stack")
@Outcome(expect = Expect.FORBIDDEN, desc = "a block was given twice or lost")
public class FreeStackStress
{
    private final FreeStack stack = new FreeStack(3);
    private final int[] seen = new int[3];
    private int first;
    private int second;

    /**
     * With all blocks free.
     */
    public FreeStackStress()
    {
        for (int block = 0; block < seen.length; block++)
        {
            stack.push(block);
        }
    }

    /**
     * Takes two and gives the first back.
     */
    @Actor
    public void come()
    {
        final int given = stack.pop();
        first = stack.pop();
        if (given != FreeStack.NONE)
        {
            stack.push(given);
        }
    }

    /**
     * Takes one.
     */
    @Actor
    public void take()
    {
        second = stack.pop();
    }

    /**
     * Counts all.
     */
    @Arbiter
    public void count(final II_Result result)
    {
        int wrong = 0;
        for (int block = first; block != FreeStack.NONE; block = stack.pop())
        {
            wrong += seen[block]++;
        }
        if (second != FreeStack.NONE)
        {
            wrong += seen[second]++;
        }
        result.r1 = seen[0] * seen[1] * seen[2];
        result.r2 = wrong;
    }
}
