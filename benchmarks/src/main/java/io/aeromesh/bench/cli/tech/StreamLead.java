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
        untilWork = workEvery;
    }

    @Override
    public long run(final long count)
    {
        final long end = sent + count;
        while (sent < end)
        {
            final long burstEnd = Math.min(end, sent + untilWork);
            final long before = sent;
            sent = send(before, burstEnd);
            untilWork -= (int)(sent - before);
            if (sent < burstEnd || untilWork == 0)
            {
                port.work();
                untilWork = workEvery;
            }
        }
        return 0;
    }

    /**
     * Sends until one is not taken. By itself, with nothing in it that is called now and then: of such a loop the JIT
     * stores the variables to the stack, and these stores wait behind those that are on their way to the other core.
     *
     * @return how many were sent before and now.
     */
    private long send(final long before, final long end)
    {
        final Port to = port;
        final Message each = message;
        long number = before;
        while (number < end && to.send(each, number + 1))
        {
            number++;
        }
        return number;
    }

    @Override
    public int unit()
    {
        return UNIT;
    }
}
