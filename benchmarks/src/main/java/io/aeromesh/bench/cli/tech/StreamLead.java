package io.aeromesh.bench.cli.tech;

/**
 * Sends messages as fast as they are taken.
 */
final class StreamLead extends PortActor
{
    private static final int UNIT = 256;

    private final NumberedMessage message;
    private final int workEvery;
    private int untilWork;
    private long sent;

    StreamLead(final Port port, final Job job)
    {
        super(port, job);
        message = new NumberedMessage(size);
        workEvery = port.workEvery();
    }

    @Override
    public long run(final long count)
    {
        // locals, and one call for each message: what a call or a field stores waits behind that which is on its way to
        // the other core
        final Port to = port;
        long number = sent;
        int left = untilWork;
        for (long i = 0; i < count; i++)
        {
            if (--left < 0)
            {
                to.work();
                left = workEvery;
            }
            number++;
            while (!to.send(message, number))
            {
                to.work();
            }
        }
        untilWork = left;
        sent = number;
        return 0;
    }

    @Override
    public int unit()
    {
        return UNIT;
    }
}
