package io.aeromesh.tools.page;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Listens, and answers by {@link PageHandler}. Threads, connections and how long one may be idle are bounded.
 */
final class PageServer implements AutoCloseable
{
    /** Connections that are answered; a browser has one or two. */
    static final int CONNECTIONS_MAX = 100;

    /** Those beyond are told to come again, up to so many; then they wait. */
    private static final int REFUSED_MAX = 100;
    private static final int THREADS_MAX = 8;
    private static final long IDLE_MS = TimeUnit.SECONDS.toMillis(30);

    private final Server server;
    private final ServerConnector connector;
    private final InetAddress address;

    /**
     * @param address  to listen on.
     * @param port     there, 0: any that is free.
     * @param gatherer whose looks are shown.
     * @throws MeshException ADDRESS_IN_USE when the port can not be had.
     */
    PageServer(final InetAddress address, final int port, final Gatherer gatherer)
    {
        this.address = address;
        server = new Server(new QueuedThreadPool(THREADS_MAX, 1));
        final HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(address.getHostAddress());
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MS);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(CONNECTIONS_MAX + REFUSED_MAX, connector));
        server.setHandler(new PageHandler(gatherer, () -> connector.getConnectedEndPoints().size()));
        try
        {
            server.start();
        }
        catch (final IOException ex)
        {
            close();
            throw new MeshException(ErrorCode.ADDRESS_IN_USE,
                "can not listen on " + host() + ":" + port + ": " + reason(ex), ex);
        }
        catch (final Exception ex)
        {
            close();
            throw new IllegalStateException(ex);
        }
    }

    /**
     * Jetty says again what could not be bound; its cause says why.
     */
    private static String reason(final IOException ex)
    {
        return ex.getCause() == null ? ex.getMessage() : ex.getCause().getMessage();
    }

    private String host()
    {
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }

    /**
     * Port that it listens on.
     */
    int port()
    {
        return connector.getLocalPort();
    }

    /**
     * Where the page is.
     */
    String uri()
    {
        return "http://" + host() + ":" + port() + "/";
    }

    @Override
    public void close()
    {
        try
        {
            server.stop();
        }
        catch (final Exception ignore)
        {
            // its socket is gone either way
        }
    }
}
