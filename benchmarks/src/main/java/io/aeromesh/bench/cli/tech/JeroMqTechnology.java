package io.aeromesh.bench.cli.tech;

import java.util.Optional;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * JeroMQ: a pair of sockets, {@code inproc} between threads and TCP on the loopback device between processes, both
 * polled without blocking. Each message is an array of its own, as JeroMQ keeps what it is given.
 */
final class JeroMqTechnology extends PortTechnology
{
    private static final int SIZE_MAX = 1024 * 1024;

    @Override
    public Optional<String> unavailable(final Job job)
    {
        return job.size() <= SIZE_MAX ? Optional.empty() : Optional.of("is measured up to " + SIZE_MAX + " bytes");
    }

    @Override
    Port openPort(final Site site)
    {
        return new JeroMqPort(site);
    }

    /** One socket, both ways. */
    private static final class JeroMqPort implements Port
    {
        private static final String CONTEXT = "context";

        private final ZContext context;
        private final ZMQ.Socket socket;
        private final String config;
        private final UnsafeBuffer received = new UnsafeBuffer(0, 0);

        JeroMqPort(final Site site)
        {
            final boolean threads = site.job().mode() == Mode.THREADS;
            context = threads ? site.shared(CONTEXT, ZContext.class, ZContext::new) : new ZContext();
            final String address =
                threads ? "inproc://bench" : "tcp://127.0.0.1:" + site.agreed("jeromq-port", Site::freeTcpPort);
            socket = context.createSocket(SocketType.PAIR);
            socket.setLinger(0);
            if (site.isLead())
            {
                socket.bind(address);
            }
            else
            {
                socket.connect(address);
            }
            config = (threads ? "inproc" : "tcp") + ", spinning";
        }

        @Override
        public boolean send(final DirectBuffer buffer, final int offset, final int length)
        {
            final byte[] message = new byte[length];
            buffer.getBytes(offset, message);
            return socket.send(message, ZMQ.DONTWAIT);
        }

        @Override
        public void poll(final Receiver receiver)
        {
            final byte[] message = socket.recv(ZMQ.DONTWAIT);
            if (message != null)
            {
                received.wrap(message);
                receiver.onMessage(received, 0, message.length);
            }
        }

        @Override
        public String config()
        {
            return config;
        }

        @Override
        public void close()
        {
            // closing waits for the other end's socket where the context is shared: the process ends soon
            socket.close();
        }
    }
}
