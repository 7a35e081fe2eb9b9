package io.aeromesh.bench.cli.tech;

import static org.agrona.BitUtil.SIZE_OF_LONG;

import io.aeromesh.bench.cli.measure.Actor;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends numbered messages as fast as they are taken.
 */
final class StreamLead implements Actor
{
    private static final int UNIT = 256;

    private final Port port;
    private final Job job;
    private final int size;
    private final int lastWord;
    private final UnsafeBuffer message;
    private long sent;

    StreamLead(final Port port, final Job job)
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
        }
        return 0;
    }

    @Override
    public int unit()
    {
        return UNIT;
    }

    @Override
    public void work()
    {
        port.work();
    }

    @Override
    public String config()
    {
        final String receivers = job.benchCase() == Case.BROADCAST ? job.fanout() + " receivers; " : "";
        return receivers + PortTechnology.describe(job, port);
    }

    @Override
    public void close()
    {
        port.close();
    }
}
