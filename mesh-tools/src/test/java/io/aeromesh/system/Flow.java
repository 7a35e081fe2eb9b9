package io.aeromesh.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeromesh.Channel;
import io.aeromesh.MessageOrigin;
import java.util.function.IntUnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Numbered messages in one direction; at the other end each must arrive once, in order and whole.
 */
final class Flow
{
    private static final int SIZE_MAX = 64 * 1024;
    private static final int SIZE = 32;
    private static final int BURST = 200;

    private final int stream;
    private final IntUnaryOperator sizes;
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[SIZE_MAX]);
    private int total;
    private int sent;
    private int delivered;
    private long result;

    Flow(final int stream)
    {
        this(stream, (number) -> SIZE);
    }

    Flow(final int stream, final IntUnaryOperator sizes)
    {
        this.stream = stream;
        this.sizes = sizes;
    }

    /**
     * This many more messages are to be sent.
     */
    void more(final int count)
    {
        total += count;
    }

    /**
     * Nothing more than what was sent.
     */
    void stop()
    {
        total = sent;
    }

    void send(final Channel from)
    {
        for (int i = 0; i < BURST && sent < total; i++)
        {
            final int size = sizes.applyAsInt(sent);
            for (int j = 0; j < size; j++)
            {
                out.putByte(j, value(sent, j));
            }
            result = from.offer(out, 0, size);
            if (result < 0)
            {
                return;
            }
            sent++;
        }
    }

    void onMessage(final DirectBuffer buffer, final int offset, final int length, final MessageOrigin origin)
    {
        assertEquals(sizes.applyAsInt(delivered), length, () -> "length of message " + delivered);
        for (int i = 0; i < length; i++)
        {
            if (buffer.getByte(offset + i) != value(delivered, i))
            {
                throw new AssertionError("message " + delivered + " of stream " + stream + " differs at byte " + i);
            }
        }
        delivered++;
    }

    int sent()
    {
        return sent;
    }

    int delivered()
    {
        return delivered;
    }

    boolean isDone()
    {
        return delivered == total;
    }

    /**
     * What was sent and not delivered is given up, as after the end of a session.
     */
    void restart()
    {
        total = 0;
        sent = 0;
        delivered = 0;
    }

    @Override
    public String toString()
    {
        return delivered + "/" + sent + "/" + total + ", offer " + result;
    }

    private byte value(final int message, final int index)
    {
        return (byte)(stream * 31 + message * 7 + (message >> 8) * 3 + index);
    }
}
