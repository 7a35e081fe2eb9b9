package io.aeromesh.os;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A Unix-domain socket that is looked at again and again for who connects. To ask for a connection that is not there
 * costs memory each time; a selector of its own tells first, for nothing, whether there is one.
 * <p>
 * <b>Threading:</b> one thread. <b>Allocation:</b> none while nobody connects. <b>Descriptors:</b> three.
 */
public final class ListeningSocket implements AutoCloseable
{
    private static final Consumer<SelectionKey> NOTHING = key ->
    {};

    private final ServerSocketChannel server;
    private final Selector selector;

    private ListeningSocket(final ServerSocketChannel server, final Selector selector)
    {
        this.server = server;
        this.selector = selector;
    }

    /**
     * Binds a socket, which never blocks.
     *
     * @param path that does not exist.
     * @throws IOException when it can not be.
     */
    public static ListeningSocket bind(final Path path) throws IOException
    {
        ServerSocketChannel server = null;
        Selector selector = null;
        try
        {
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.configureBlocking(false);
            server.bind(UnixDomainSocketAddress.of(path));
            selector = Selector.open();
            server.register(selector, SelectionKey.OP_ACCEPT);
            return new ListeningSocket(server, selector);
        }
        catch (final IOException ex)
        {
            if (server != null)
            {
                server.close();
            }
            if (selector != null)
            {
                selector.close();
            }
            throw ex;
        }
    }

    /**
     * Lets who connects wake the agent.
     */
    public void wakes(final Parking parking)
    {
        parking.watch(server);
    }

    /**
     * The next who has connected, or null.
     *
     * @throws IOException when it can not be had, for example for want of descriptors.
     */
    public SocketChannel accept() throws IOException
    {
        return selector.selectNow(NOTHING) == 0 ? null : server.accept();
    }

    @Override
    public void close() throws IOException
    {
        try
        {
            server.close();
        }
        finally
        {
            selector.close();
        }
    }
}
