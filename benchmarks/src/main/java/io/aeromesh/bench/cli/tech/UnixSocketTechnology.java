package io.aeromesh.bench.cli.tech;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A Unix-domain stream socket, spinning on non-blocking calls. One way, messages are written many at a time.
 */
final class UnixSocketTechnology extends PortTechnology
{
    private static final int BATCH_LENGTH = 64 * 1024;

    @Override
    Port openPort(final Site site)
    {
        try
        {
            return new SocketPort(site);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** One socket, both ways. Messages are of equal length, so nothing separates them. */
    private static final class SocketPort implements Port
    {
        private final int size;
        private final boolean batched;
        private final ServerSocketChannel server;
        private SocketChannel socket;
        private final ByteBuffer in;
        private final ByteBuffer out;
        private final UnsafeBuffer inView;
        private final UnsafeBuffer outView;

        SocketPort(final Site site) throws IOException
        {
            size = site.job().size();
            batched = site.job().benchCase().isOneWay();
            final int length = Math.max(BATCH_LENGTH / size, 1) * size;
            in = ByteBuffer.allocateDirect(length);
            out = ByteBuffer.allocateDirect(length);
            inView = new UnsafeBuffer(in);
            outView = new UnsafeBuffer(out);
            final UnixDomainSocketAddress address = UnixDomainSocketAddress.of(site.directory().resolve("socket"));
            if (site.isLead())
            {
                server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                server.bind(address);
                server.configureBlocking(false);
            }
            else
            {
                server = null;
                socket = SocketChannel.open(address);
                socket.configureBlocking(false);
            }
        }

        @Override
        public boolean connected()
        {
            try
            {
                if (socket == null)
                {
                    socket = server.accept();
                    if (socket != null)
                    {
                        socket.configureBlocking(false);
                    }
                }
                return socket != null;
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        }

        @Override
        public boolean send(final Message message, final long number)
        {
            final int length = message.length();
            if (out.remaining() < length)
            {
                return false;
            }
            message.writeTo(outView, out.position(), number);
            out.position(out.position() + length);
            if (!batched || out.remaining() < length)
            {
                work();
            }
            return true;
        }

        /** Writes what waits to be written. */
        @Override
        public void work()
        {
            if (out.position() > 0 && socket != null)
            {
                try
                {
                    out.flip();
                    socket.write(out);
                    out.compact();
                }
                catch (final IOException ex)
                {
                    throw new UncheckedIOException(ex);
                }
            }
        }

        @Override
        public void poll(final Receiver receiver)
        {
            work();
            try
            {
                if (socket.read(in) < 0)
                {
                    throw new IllegalStateException("the other end has closed the socket");
                }
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
            int offset = 0;
            while (in.position() - offset >= size)
            {
                receiver.onMessage(inView, offset, size);
                offset += size;
            }
            if (offset > 0)
            {
                in.flip().position(offset);
                in.compact();
            }
        }

        @Override
        public String config()
        {
            return batched ? "spinning, written " + BATCH_LENGTH / 1024 + " KiB at once" : "spinning";
        }

        @Override
        public void close()
        {
            try
            {
                socket.close();
                if (server != null)
                {
                    server.close();
                }
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        }
    }
}
