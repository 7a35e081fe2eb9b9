package io.aeromesh.bench.cli.tech;

/**
 * Sends messages as fast as they are taken.
 */
final class StreamLead extends PortActor
{
    private static final int UNIT = 256;

    private long sent;

    StreamLead(final Port port, final Job job)
    {
        super(port, job);
    }

    @Override
    public long run(final long count)
    {
        for (long i = 0; i < count; i++)
        {
            send(++sent);
        }
        return 0;
    }

    @Override
    public int unit()
    {
        return UNIT;
    }
}
