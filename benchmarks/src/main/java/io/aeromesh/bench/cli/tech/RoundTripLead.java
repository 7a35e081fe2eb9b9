package io.aeromesh.bench.cli.tech;

import org.agrona.DirectBuffer;

/**
 * Sends a message and waits until the same comes back.
 */
final class RoundTripLead extends PortActor implements Receiver
{
    private final NumberedMessage message;
    private long sent;
    private long received;

    RoundTripLead(final Port port, final Job job)
    {
        super(port, job);
        message = new NumberedMessage(size);
    }

    @Override
    public long run(final long count)
    {
        for (long i = 0; i < count; i++)
        {
            final long number = ++sent;
            send(message, number);
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
        NumberedMessage.require(sent, size, buffer, offset, length);
        received = sent;
    }
}
