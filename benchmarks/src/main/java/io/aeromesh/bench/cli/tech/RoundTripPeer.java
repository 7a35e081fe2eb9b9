package io.aeromesh.bench.cli.tech;

import org.agrona.DirectBuffer;

/**
 * Sends each message back as it came.
 */
final class RoundTripPeer extends PortActor implements Receiver
{
    private final EchoedMessage answer = new EchoedMessage();
    private long answered;

    RoundTripPeer(final Port port, final Job job)
    {
        super(port, job);
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
        NumberedMessage.require(answered + 1, size, buffer, offset, length);
        send(answer.of(buffer, offset, length), answered + 1);
        answered++;
    }
}
