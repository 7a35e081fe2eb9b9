package io.aeromesh.internal.direct;

import io.aeromesh.ControlledMessageHandler.Action;
import io.aeromesh.MessageClaim;
import io.aeromesh.internal.direct.DirectPipe.Role;
import io.aeromesh.internal.lease.LeasePeer;
import io.aeromesh.stress.InOrder;
import io.aeromesh.stress.Words;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Both ends of a small direct channel.
 */
class DirectEnds
{
    /** Its ring holds four long messages. */
    static final int WINDOW = 512;
    /** Goes through the ring. */
    static final int LONG = 120;
    /** Goes through the hot line, where the end has the turn. */
    static final int SHORT = 48;
    /** No leases go this way. */
    private static final LeasePeer NOBODY = new LeasePeer(null, 0, 0);

    final UnsafeBuffer memory = new UnsafeBuffer(new byte[DirectPipe.regionLength(WINDOW, WINDOW)]);
    final DirectPipe creator;
    final DirectPipe attacher;

    DirectEnds()
    {
        creator = DirectPipe.of(memory, Role.CREATOR, WINDOW, WINDOW, "attacher", NOBODY);
        attacher = DirectPipe.of(memory, Role.ATTACHER, WINDOW, WINDOW, "creator", NOBODY);
        creator.writer().begin(0);
        attacher.writer().begin(0);
        creator.reader().begin(0);
        attacher.reader().begin(0);
    }

    static boolean send(final DirectPipe end, final int length, final int number)
    {
        final DirectWriter writer = end.writer();
        final MessageClaim claim = new MessageClaim();
        if (writer.tryClaim(length, claim, writer) < 0)
        {
            return false;
        }
        Words.fill(claim.buffer(), claim.offset(), length, number);
        claim.commit();
        return true;
    }

    /**
     * How many messages of one poll are the next in order, or that one was not.
     */
    static int receive(final DirectPipe end, final InOrder order, final int limit)
    {
        end.reader().poll((buffer, offset, length, origin) ->
        {
            order.on(Words.read(buffer, offset, length));
            return Action.CONTINUE;
        }, limit);
        return end.reader().failure() == null ? order.count() : Words.TORN;
    }
}
