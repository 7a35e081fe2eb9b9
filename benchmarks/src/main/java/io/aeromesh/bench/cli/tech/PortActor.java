package io.aeromesh.bench.cli.tech;

import static org.agrona.BitUtil.SIZE_OF_LONG;

import io.aeromesh.bench.cli.measure.Actor;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An end that sends numbered messages at one port: the number is the first and the last word of each.
 */
abstract class PortActor implements Actor
{
    private static final int ALIGNMENT = 128;

    final Port port;
    final Job job;
    final int size;
    private final int lastWord;
    private final UnsafeBuffer message;

    PortActor(final Port port, final Job job)
    {
        this.port = port;
        this.job = job;
        size = job.size();
        lastWord = size - SIZE_OF_LONG;
        message = new UnsafeBuffer(BufferUtil.allocateDirectAligned(size, ALIGNMENT));
    }

    /** Returns when the port has taken it. */
    final void send(final long number)
    {
        message.putLong(0, number);
        message.putLong(lastWord, number);
        pass(message, 0, size);
    }

    final void pass(final DirectBuffer buffer, final int offset, final int length)
    {
        while (!port.send(buffer, offset, length))
        {
            port.work();
        }
    }

    /**
     * @throws IllegalStateException when it is not the message of that number.
     */
    final void require(final long number, final DirectBuffer buffer, final int offset, final int length)
    {
        requireMessage(number, size, buffer, offset, length);
    }

    static void requireMessage(
        final long number, final int size, final DirectBuffer buffer, final int offset, final int length)
    {
        final long value = buffer.getLong(offset);
        if (length != size || value != number || buffer.getLong(offset + size - SIZE_OF_LONG) != value)
        {
            throw new IllegalStateException("expected message " + number + " of " + size + " bytes, got " + value +
                " of " + length + " bytes");
        }
    }

    @Override
    public final boolean connected()
    {
        return port.connected();
    }

    @Override
    public final void work()
    {
        port.work();
    }

    @Override
    public String config()
    {
        final String receivers = job.benchCase() == Case.BROADCAST ? job.fanout() + " receivers; " : "";
        return (receivers + job.variant() + ' ' + port.config()).trim();
    }

    @Override
    public final void close()
    {
        port.close();
    }
}
