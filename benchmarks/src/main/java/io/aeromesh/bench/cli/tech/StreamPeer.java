package io.aeromesh.bench.cli.tech;

import io.aeromesh.bench.cli.measure.Actor;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Receives numbered messages at one or more ports, all by one thread, and checks each. After a poll that found nothing
 * it may pause, so that it does not fight for each line with the writer, and finds many messages at once.
 */
final class StreamPeer implements Actor
{
    private final Sink[] sinks;
    private final int pause;
    private long awaited;

    StreamPeer(final List<Port> ports, final Job job)
    {
        pause = new Variant(job.variant()).get("pause", 0);
        sinks = ports.stream().map(port -> new Sink(port, job.size())).toArray(Sink[]::new);
    }

    /** Of one port. */
    private static final class Sink implements Receiver
    {
        private final Port port;
        private final int size;
        private long received;

        Sink(final Port port, final int size)
        {
            this.port = port;
            this.size = size;
        }

        @Override
        public void onMessage(final DirectBuffer buffer, final int offset, final int length)
        {
            NumberedMessage.require(received + 1, size, buffer, offset, length);
            received++;
        }
    }

    @Override
    public boolean connected()
    {
        boolean all = true;
        for (final Sink sink : sinks)
        {
            all &= sink.port.connected();
        }
        return all;
    }

    @Override
    public long run(final long count)
    {
        awaited += count;
        if (sinks.length == 1)
        {
            final Sink sink = sinks[0];
            while (sink.received < awaited)
            {
                final long before = sink.received;
                sink.port.poll(sink);
                if (sink.received == before)
                {
                    Pauses.pause(pause);
                }
            }
            return 0;
        }
        boolean complete = false;
        while (!complete)
        {
            complete = true;
            for (final Sink sink : sinks)
            {
                sink.port.poll(sink);
                complete &= sink.received >= awaited;
            }
        }
        return 0;
    }

    @Override
    public void work()
    {
        for (final Sink sink : sinks)
        {
            sink.port.work();
        }
    }

    @Override
    public void close()
    {
        for (final Sink sink : sinks)
        {
            sink.port.close();
        }
    }
}
