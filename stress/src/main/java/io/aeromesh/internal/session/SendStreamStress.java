package io.aeromesh.internal.session;

import io.aeromesh.MessageClaim;
import io.aeromesh.os.Parking;
import io.aeromesh.stress.InOrder;
import io.aeromesh.stress.Words;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The agent sends what the application has committed, whole and in order, and nothing of a claim that was given back.
 */
@JCStressTest
@State
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "nothing is committed yet")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the first, whole")
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both, whole and in order")
@Outcome(expect = Expect.FORBIDDEN, desc = "an aborted message was sent, or torn, repeated or out of order")
public class SendStreamStress
{
    private static final int WINDOW = 4096;
    private static final int LENGTH = 64;

    private final SendStream stream = new SendStream(WINDOW, Parking.NONE);
    private final MessageClaim claim = new MessageClaim();
    private final UnsafeBuffer packet = new UnsafeBuffer(new byte[WINDOW]);

    /**
     * Goes round once, so that behind each record lies what an earlier lap left.
     */
    public SendStreamStress()
    {
        for (int i = 0; i < WINDOW / (LENGTH + StreamRecord.HEADER_LENGTH); i++)
        {
            send(9);
            stream.free(stream.tailPosition());
        }
    }

    private void send(final int number)
    {
        stream.tryClaim(LENGTH, claim);
        Words.fill(claim.buffer(), claim.offset(), LENGTH, number);
        claim.commit();
    }

    /**
     * The application claims and gives back, then sends two.
     */
    @Actor
    public void write()
    {
        stream.tryClaim(2 * LENGTH, claim);
        Words.fill(claim.buffer(), claim.offset(), 2 * LENGTH, 7);
        claim.abort();
        send(1);
        send(2);
    }

    /**
     * The agent copies what there is.
     */
    @Actor
    public void read(final I_Result result)
    {
        final InOrder order = new InOrder();
        final long tail = stream.tailPosition();
        for (long position = stream.freedPosition(); position < tail; position = stream.nextRecord(position))
        {
            final int length = stream.contiguous(position, (int)(stream.nextRecord(position) - position));
            stream.copyTo(position, length, packet, 0);
            final long header = StreamRecord.readHeader(packet, 0);
            if (StreamRecord.type(header) != StreamRecord.PADDING)
            {
                order.on(StreamRecord.type(header) == StreamRecord.MESSAGE && StreamRecord.length(header) == LENGTH ?
                    Words.read(packet, StreamRecord.HEADER_LENGTH, LENGTH) : Words.TORN);
            }
        }
        result.r1 = order.count();
    }
}
