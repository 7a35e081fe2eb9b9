package io.aeromesh.tools.worker;

import io.aeromesh.Lease;
import io.aeromesh.MessageOrigin;
import io.aeromesh.tools.evidence.ReceivedLog;
import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Checks every byte of what comes by one stream and enters it in its log. Some leases it keeps for a while, checks them
 * again and gives them back: nobody else may have had them meanwhile.
 * <p>
 * <b>Threading:</b> one thread.
 */
final class StreamReceiver
{
    private static final int KEPT_MAX = 6;
    private static final int KEEP_EACH = 3;
    /** Late enough for the stream to have been connected well before. */
    private static final long PLANTED_AT = 50;

    private final StreamId id;
    private final ReceivedLog log;
    private final PlantedDefect planted;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private long count;

    /**
     * A lease that is kept, and what must be in it.
     */
    private record Kept(Lease lease, long stream, long sequence)
    {
    }

    StreamReceiver(final StreamId id, final ReceivedLog log, final PlantedDefect planted)
    {
        this.id = id;
        this.log = log;
        this.planted = planted;
    }

    void onMessage(final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
    {
        count++;
        final boolean isPlanted = planted != PlantedDefect.NONE && count == PLANTED_AT;
        if (isPlanted && planted == PlantedDefect.DROP)
        {
            return;
        }
        if (isPlanted && planted == PlantedDefect.FLIP)
        {
            final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
            copy.putBytes(0, buffer, offset, length);
            copy.putByte(length - 1, (byte)(copy.getByte(length - 1) ^ 1));
            check(copy, 0, length);
            return;
        }
        if (isPlanted && planted == PlantedDefect.DUPLICATE)
        {
            check(buffer, offset, length);
        }

        if (check(buffer, offset, length) && origin.isLease() && count % KEEP_EACH == 0)
        {
            keep(buffer, offset, length, origin);
        }
    }

    /**
     * Checks what is kept and gives it back.
     */
    void rest()
    {
        while (!kept.isEmpty())
        {
            release(kept.remove());
        }
    }

    private boolean check(final DirectBuffer buffer, final int offset, final int length)
    {
        final long incarnation = id.incarnationOf(buffer, offset, length);
        final long sequence = incarnation < 0 ? -1 : Pattern.sequenceOf(buffer, offset);
        if (sequence < 0 || !Pattern.matches(buffer, offset, length, id.of(incarnation), sequence))
        {
            log.onCorrupt("corrupt: incarnation=" + incarnation + ", sequence=" + sequence + ", length=" + length);
            return false;
        }
        log.onMessage(incarnation, sequence);
        return true;
    }

    private void keep(final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
    {
        final long stream = id.of(id.incarnationOf(buffer, offset, length));
        final Kept next = new Kept(new Lease(), stream, Pattern.sequenceOf(buffer, offset));
        origin.take(next.lease());
        if (planted == PlantedDefect.LEAK && count >= PLANTED_AT)
        {
            return;
        }
        kept.add(next);
        if (kept.size() > KEPT_MAX)
        {
            release(kept.remove());
        }
    }

    private void release(final Kept one)
    {
        final Lease lease = one.lease();
        if (!Pattern.matches(lease.buffer(), 0, lease.length(), one.stream(), one.sequence()))
        {
            log.onCorrupt("a kept lease has changed: sequence=" + one.sequence() + ", length=" + lease.length());
        }
        lease.release();
    }
}
