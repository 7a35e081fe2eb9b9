package io.aeromesh.mesh;

import io.aeromesh.Channel;
import io.aeromesh.MessageOrigin;
import io.aeromesh.sim.SimMesh;
import java.util.function.IntUnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Sends numbered messages through a channel and checks at the other end that each arrives once, in order and whole.
 */
final class Pump
{
    private static final int SIZE_DEFAULT = 32;

    private final Channel from;
    private final Channel to;
    private final int stream;
    private final int total;
    private final IntUnaryOperator sizes;
    private final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
    private int sent;
    private int delivered;

    Pump(final Channel from, final Channel to, final int stream, final int total)
    {
        this(from, to, stream, total, i -> SIZE_DEFAULT);
    }

    Pump(final Channel from, final Channel to, final int stream, final int total, final IntUnaryOperator sizes)
    {
        this.from = from;
        this.to = to;
        this.stream = stream;
        this.total = total;
        this.sizes = sizes;
    }

    /**
     * Sends plain messages until both ends send directly, and all of them are consumed.
     */
    static void joinDirectly(final SimMesh mesh, final Channel left, final Channel right)
    {
        final Pump there = new Pump(left, right, 1, Integer.MAX_VALUE);
        final Pump back = new Pump(right, left, 2, Integer.MAX_VALUE);
        mesh.runUntil("direct ways, and all that was sent delivered", () ->
        {
            final boolean isJoined = left.path().isDirect() && right.path().isDirect();
            final int sent = isJoined ? 0 : there.send(1) + back.send(1);
            return there.receive() + back.receive() + sent == 0 && isJoined;
        });
    }

    /**
     * Sends and receives what can be now.
     *
     * @return whether all has been delivered.
     */
    boolean pump()
    {
        send(1000);
        receive();
        return delivered == total;
    }

    int send(final int limit)
    {
        int count = 0;
        while (sent < total && count < limit)
        {
            final int size = sizes.applyAsInt(sent);
            for (int i = 0; i < size; i++)
            {
                out.putByte(i, value(sent, i));
            }
            if (from.offer(out, 0, size) < 0)
            {
                break;
            }
            sent++;
            count++;
        }
        return count;
    }

    int receive()
    {
        return to.poll(this::onMessage, 1000);
    }

    int sent()
    {
        return sent;
    }

    int delivered()
    {
        return delivered;
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
    {
        final int expected = sizes.applyAsInt(delivered);
        if (length != expected)
        {
            throw new AssertionError("message " + delivered + ": length " + length + ", expected " + expected);
        }
        for (int i = 0; i < length; i++)
        {
            if (buffer.getByte(offset + i) != value(delivered, i))
            {
                throw new AssertionError("message " + delivered + " of " + total + " differs at byte " + i);
            }
        }
        delivered++;
    }

    private byte value(final int message, final int index)
    {
        return (byte)(stream * 31 + message * 7 + (message >> 8) * 3 + index);
    }
}
