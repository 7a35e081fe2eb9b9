package io.aeromesh.internal.session;

import io.aeromesh.ChannelSpec.Mode;
import io.aeromesh.ControlledMessageHandler.Action;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Another thread takes over an end that sends directly, while a third one says that it shall not: nothing goes directly
 * behind the seal, where nobody would read it.
 */
@JCStressTest
@State
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "all went directly")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "sealed, and the rest went by proxy")
@Outcome(expect = Expect.FORBIDDEN, desc = "sent directly behind the seal")
public class LeaveDirectStress extends JoinedEnd
{
    private static final int MESSAGES = 4;

    /**
     * This thread is the first that sends.
     */
    public LeaveDirectStress()
    {
        channel.offer(message);
        peer.reader().begin(0);
    }

    /**
     * The next that sends.
     */
    @Actor
    public void use()
    {
        for (int i = 0; i < MESSAGES; i++)
        {
            channel.offer(message);
        }
    }

    /**
     * Who does not want it to go directly.
     */
    @Actor
    public void change()
    {
        channel.mode(Mode.PROXY);
    }

    /**
     * The peer, afterwards.
     */
    @Arbiter
    public void read(final I_Result result)
    {
        peer.reader().poll((buffer, offset, length, origin) -> Action.CONTINUE, 2 * MESSAGES);
        final long sealedAt = peer.reader().sealedAt();
        result.r1 = sealedAt < 0 ? 0 : sealedAt == own.writer().acceptedPosition() ? 1 : 2;
    }
}
