package io.aeromesh.internal.session;

import io.aeromesh.ChannelSpec;
import io.aeromesh.internal.direct.DirectParking;
import io.aeromesh.internal.direct.DirectPipe;
import io.aeromesh.internal.lease.LeasePeer;
import io.aeromesh.os.Parking;
import io.aeromesh.spi.SharedMemory.Scope;
import org.agrona.concurrent.UnsafeBuffer;
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
public class LetGoStress
{
    private static final int WINDOW = 4096;
    private final PeerChannel channel = new PeerChannel(
        ChannelSpec.to("peer").named("stress").windowLength(WINDOW), null, Parking.NONE);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[64]);
    private volatile Thread user;

    /**
     * A direct channel that nobody has used yet.
     */
    public LetGoStress()
    {
        final UnsafeBuffer memory = new UnsafeBuffer(new byte[DirectPipe.regionLength(WINDOW, WINDOW)]);
        final DirectPipe pipe = DirectPipe.of(
            memory, DirectPipe.Role.CREATOR, WINDOW, WINDOW, "peer", new LeasePeer(null, 0, 0));
        channel.gate().direct(new DirectLink(pipe, null, null, DirectLink.path(Scope.HOST, memory.capacity()),
            new DirectParking(memory, DirectPipe.Role.CREATOR, pipe.writer(), null)));
        channel.gate().publish(ChannelGate.CONNECTED);
    }

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
