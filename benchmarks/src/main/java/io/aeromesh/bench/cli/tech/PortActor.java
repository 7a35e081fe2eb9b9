package io.aeromesh.bench.cli.tech;

import io.aeromesh.bench.cli.measure.Actor;

/**
 * An end that sends at one port.
 */
abstract class PortActor implements Actor
{
    final Port port;
    final Job job;
    final int size;

    PortActor(final Port port, final Job job)
    {
        this.port = port;
        this.job = job;
        size = job.size();
    }

    /** Returns when the port has taken it. */
    final void send(final Message message, final long number)
    {
        while (!port.send(message, number))
        {
            port.work();
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
