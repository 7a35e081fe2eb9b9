package io.aeromesh.bench.cli.tech;

import static org.agrona.BitUtil.SIZE_OF_LONG;

import io.aeromesh.bench.cli.measure.Actor;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends a message with a new first and last word, and waits until the same comes back.
 */
final class RoundTripLead implements Actor, Receiver
{
    private final Port port;
    private final Job job;
    private final int size;
    private final int lastWord;
    private final UnsafeBuffer message;
    private long sent;
    private long received;

    RoundTripLead(final Port port, final Job job)
    {
        this.port = port;
        this.job = job;
        size = job.size();
        lastWord = size - SIZE_OF_LONG;
        message = new UnsafeBuffer(BufferUtil.allocateDirectAligned(size, 128));
    }

    @Override
    public boolean connected()
    {
        return port.connected();
    }

    @Override
    public long run(final long count)
    {
        for (long i = 0; i < count; i++)
        {
            final long value = ++sent;
            message.putLong(0, value);
            message.putLong(lastWord, value);
            while (!port.send(message, 0, size))
            {
                port.work();
            }
            while (received != value)
            {
                port.poll(this);
            }
        }
        return 0;
    }

    @Override
    public void onMessage(final DirectBuffer buffer, final int offset, final int length)
    {
        final long value = buffer.getLong(offset);
        if (length != size || value != sent || buffer.getLong(offset + lastWord) != value)
        {
            throw new IllegalStateException("expected message " + sent + " of " + size + " bytes, got " + value +
                " of " + length + " bytes");
        }
        received = value;
    }

    @Override
    public void work()
    {
        port.work();
    }

    @Override
    public String config()
    {
        return PortTechnology.describe(job, port);
    }

    @Override
    public void close()
    {
        port.close();
    }
}
