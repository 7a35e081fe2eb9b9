package io.aeromesh.bench.cli.tech;

import org.agrona.DirectBuffer;

/**
 * Sends a message and waits until the same comes back.
 */
final class RoundTripLead extends PortActor implements Receiver
{
    private long sent;
    private long received;

    RoundTripLead(final Port port, final Job job)
    {
        super(port, job);
    }

    @Override
    public long run(final long count)
    {
        for (long i = 0; i < count; i++)
        {
            final long number = ++sent;
            send(number);
            while (received != number)
            {
                port.poll(this);
            }
        }
        return 0;
    }

    @Override
    public void onMessage(final DirectBuffer buffer, final int offset, final int length)
    {
        require(sent, buffer, offset, length);
        received = sent;
    }
}
