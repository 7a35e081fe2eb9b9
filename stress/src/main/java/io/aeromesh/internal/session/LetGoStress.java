package io.aeromesh.internal.session;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Memory is let go of by who closes only where no thread uses it: either the user sees the close and refuses, or who
 * closes sees the user and leaves letting go to it.
 */
@JCStressTest
@State
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "closed; the user has yet to let go")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "closed, and let go of")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "accepted; the user will let go at its next call")
@Outcome(expect = Expect.FORBIDDEN, desc = "accepted into memory that may be unmapped by now")
public class LetGoStress extends JoinedEnd
{
    private volatile Thread user;

    /**
     * The user.
     */
    @Actor
    public void use(final II_Result result)
    {
        user = Thread.currentThread();
        result.r1 = channel.offer(message) > 0 ? 1 : 0;
    }

    /**
     * Another thread closes, and the agent looks.
     */
    @Actor
    public void close(final II_Result result)
    {
        channel.close();
        final boolean isLetGo = channel.isLetGo(null);
        // memory of a thread that has ended may be let go of: here that would be the end of the test's own thread
        result.r2 = isLetGo && (user == null || user.isAlive()) ? 1 : 0;
    }
}
