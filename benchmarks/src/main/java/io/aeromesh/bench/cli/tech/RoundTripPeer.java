package io.aeromesh.bench.cli.tech;

import io.aeromesh.bench.cli.measure.Actor;
import org.agrona.DirectBuffer;

/**
 * Sends each message back as it came.
 */
final class RoundTripPeer implements Actor, Receiver
{
    private final Port port;
    private final int size;
    private long answered;

    RoundTripPeer(final Port port, final Job job)
    {
        this.port = port;
        size = job.size();
    }

    @Override
    public boolean connected()
    {
        return port.connected();
    }

    @Override
    public long run(final long count)
    {
        final long end = answered + count;
        while (answered < end)
        {
            port.poll(this);
        }
        return 0;
    }

    @Override
    public void onMessage(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length != size)
        {
            throw new IllegalStateException("expected a message of " + size + " bytes, got " + length);
        }
        while (!port.send(buffer, offset, length))
        {
            port.work();
        }
        answered++;
    }

    @Override
    public void work()
    {
        port.work();
    }

    @Override
    public void close()
    {
        port.close();
    }
}
