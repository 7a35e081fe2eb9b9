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
        // locals, as a store of a field waits behind those that are on their way to the other core
        long number = sent;
        int left = untilWork;
        for (long i = 0; i < count; i++)
        {
            if (--left < 0)
            {
                port.work();
                left = workEvery;
            }
            send(message, ++number);
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
