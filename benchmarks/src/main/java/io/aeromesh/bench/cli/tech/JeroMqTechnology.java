package io.aeromesh.bench.cli.tech;

import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * JeroMQ: a pair of sockets, {@code inproc} between threads and TCP on the loopback device between processes, polled
 * as the variant says. Each message is an array of its own, as JeroMQ keeps what it is given.
 */
final class JeroMqTechnology extends PortTechnology
{
    private static final int SIZE_MAX = 1024 * 1024;

    @Override
    public Optional<String> unavailable(final Job job)
    {
        return job.size() <= SIZE_MAX ? Optional.empty() : Optional.of("is measured up to " + SIZE_MAX + " bytes");
    }

    /**
     * Between processes JeroMQ has threads of its own, which a spin on the same core would keep from running.
     */
    @Override
    public List<String> variants(final Job job)
    {
        return job.mode() == Mode.THREADS ? List.of("wait=spin", "wait=block") : List.of("wait=block", "wait=yield");
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
        private static final int RECEIVE_BOUND_MS = 100;

        private final ZContext context;
        private final ZMQ.Socket socket;
        private final String config;
        private final boolean yields;
        private final int receiveFlags;
        private final UnsafeBuffer sent = new UnsafeBuffer(0, 0);
        private final UnsafeBuffer received = new UnsafeBuffer(0, 0);

        JeroMqPort(final Site site)
        {
            final boolean threads = site.job().mode() == Mode.THREADS;
            context = threads ? site.shared(CONTEXT, ZContext.class, ZContext::new) : new ZContext();
            final String address =
                threads ? "inproc://bench" : "tcp://127.0.0.1:" + site.agreed("jeromq-port", Site::freeTcpPort);
            socket = context.createSocket(SocketType.PAIR);
            socket.setLinger(0);
            socket.setReceiveTimeOut(RECEIVE_BOUND_MS);
            final String wait = site.variant().get("wait", "spin");
            yields = "yield".equals(wait);
            receiveFlags = "block".equals(wait) ? 0 : ZMQ.DONTWAIT;
            if (site.isLead())
            {
                socket.bind(address);
            }
            else
            {
                socket.connect(address);
            }
            config = threads ? "inproc" : "tcp";
        }

        @Override
        public boolean send(final Message message, final long number)
        {
            final byte[] bytes = new byte[message.length()];
            sent.wrap(bytes);
            message.writeTo(sent, 0, number);
            if (socket.send(bytes, ZMQ.DONTWAIT))
            {
                return true;
            }
            Thread.yield();
            return false;
        }

        @Override
        public void poll(final Receiver receiver)
        {
            final byte[] message = socket.recv(receiveFlags);
            if (message != null)
            {
                received.wrap(message);
                receiver.onMessage(received, 0, message.length);
            }
            else if (yields)
            {
                Thread.yield();
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
