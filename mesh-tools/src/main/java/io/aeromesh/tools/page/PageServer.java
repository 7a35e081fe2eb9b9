package io.aeromesh.tools.page;

import io.aeromesh.error.MeshException;
import io.aeromesh.tools.web.WebPort;
import java.net.InetAddress;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Listens, and answers by {@link PageHandler}. Threads, connections and how long one may be idle are bounded.
 */
final class PageServer implements AutoCloseable
{
    /** Connections that are answered; a browser has one or two. */
    static final int CONNECTIONS_MAX = 100;

    /** Those beyond are told to come again, up to so many; then they wait. */
    private static final int REFUSED_MAX = 100;

    private final WebPort web;

    /**
     * @param address  to listen on.
     * @param port     there, 0: any that is free.
     * @param gatherer whose looks are shown.
     * @throws MeshException ADDRESS_UNUSABLE when the port can not be had.
     */
    PageServer(final InetAddress address, final int port, final Gatherer gatherer)
    {
        final HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        final ServerConnector connector = WebPort.connector(http, CONNECTIONS_MAX + REFUSED_MAX);
        connector.getServer().setHandler(new PageHandler(gatherer, () -> connector.getConnectedEndPoints().size()));
        web = new WebPort(connector, address, port);
    }

    /**
     * Port that it listens on.
     */
    int port()
    {
        return web.port();
    }

    /**
     * Where the page is.
     */
    String uri()
    {
        return web.uri();
    }

    @Override
    public void close()
    {
        web.close();
    }
}
