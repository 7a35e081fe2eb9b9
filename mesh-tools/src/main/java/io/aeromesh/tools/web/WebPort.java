package io.aeromesh.tools.web;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Address and port that one server listens on.
 */
public final class WebPort implements AutoCloseable
{
    private static final int THREADS_MAX = 8;
    private static final long IDLE_MS = TimeUnit.SECONDS.toMillis(30);

    private final Server server;
    private final ServerConnector connector;
    private final InetAddress address;

    /**
     * The connector of a new server, whose threads, connections and how long one may be idle are bounded.
     *
     * @param connectionsMax beyond which nobody is accepted.
     */
    public static ServerConnector connector(final HttpConfiguration http, final int connectionsMax)
    {
        final Server server = new Server(new QueuedThreadPool(THREADS_MAX, 1));
        final ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setIdleTimeout(IDLE_MS);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(connectionsMax, connector));
        return connector;
    }

    /**
     * Begins to listen; ends the server where that can not be.
     *
     * @param connector of a server with its handler, not started.
     * @param address   to listen on.
     * @param port      there, 0: any that is free.
     * @throws MeshException ADDRESS_UNUSABLE when the port can not be had.
     */
    public WebPort(final ServerConnector connector, final InetAddress address, final int port)
    {
        server = connector.getServer();
        this.connector = connector;
        this.address = address;
        connector.setHost(address.getHostAddress());
        connector.setPort(port);
        try
        {
            server.start();
        }
        catch (final IOException ex)
        {
            close();
            throw new MeshException(ErrorCode.ADDRESS_UNUSABLE, "can not listen on " + host() + ":" + port + ": " +
                reason(ex) + (port == 0 ? "" : " (--port 0 takes any port that is free)"), ex);
        }
        catch (final Exception ex)
        {
            close();
            throw new IllegalStateException(ex);
        }
    }

    /**
     * Jetty says again what could not be bound; its cause says why, but not in each Java whether it is for the address.
     */
    private String reason(final IOException ex)
    {
        return isElsewhere() ? "it is no address of this machine" :
            Reason.of(ex.getCause() == null ? ex : ex.getCause());
    }

    private boolean isElsewhere()
    {
        try
        {
            return !address.isAnyLocalAddress() && NetworkInterface.getByInetAddress(address) == null;
        }
        catch (final SocketException ignore)
        {
            return false; // not known, so nothing is said
        }
    }

    private String host()
    {
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }

    /**
     * That it listens on.
     */
    public int port()
    {
        return connector.getLocalPort();
    }

    /**
     * Where its root is.
     */
    public String uri()
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
