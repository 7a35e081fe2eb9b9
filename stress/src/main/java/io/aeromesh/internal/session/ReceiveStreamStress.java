package io.aeromesh.internal.session;

import io.aeromesh.ControlledMessageHandler.Action;
import io.aeromesh.internal.lease.LeasePeer;
import io.aeromesh.stress.InOrder;
import io.aeromesh.stress.Words;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The application reads what the agent has put together, whole and in order, and the agent overwrites nothing before
 * its handler has returned.
 */
@JCStressTest
@State
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "the first; there was no room for the second yet")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "the second took the room of the first")
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "and was read as well")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn, overwritten or out of order")
public class ReceiveStreamStress
{
    private static final int WINDOW = 1024;
    private static final int LENGTH = WINDOW - StreamRecord.HEADER_LENGTH;

    private final ReceiveStream stream = new ReceiveStream("peer", WINDOW, 0, new LeasePeer(null, 0, 0), null);
    private final Inbound inbound = new Inbound(stream, 0);
    private final UnsafeBuffer packet = new UnsafeBuffer(new byte[WINDOW]);

    /**
     * With one message that fills the ring.
     */
    public ReceiveStreamStress()
    {
        take(1);
    }

    private boolean take(final int number)
    {
        StreamRecord.writeHeader(packet, 0, LENGTH, StreamRecord.MESSAGE);
        Words.fill(packet, StreamRecord.HEADER_LENGTH, LENGTH, number);
        return inbound.onData((number - 1L) * WINDOW, packet, 0, WINDOW) == Inbound.Taken.STORED;
    }

    /**
     * The agent takes one more, if there is room.
     */
    @Actor
    public void receive(final II_Result result)
    {
        result.r1 = take(2) ? 1 : 0;
    }

    /**
     * The application reads what there is.
     */
    @Actor
    public void read(final II_Result result)
    {
        final InOrder order = new InOrder();
        for (int i = 0; i < 2; i++)
        {
            stream.poll((buffer, offset, length, origin) ->
            {
                order.on(Words.read(buffer, offset, length));
                return Action.CONTINUE;
            }, 1);
        }
        result.r2 = stream.failure() == null ? order.count() : Words.TORN;
    }
}
