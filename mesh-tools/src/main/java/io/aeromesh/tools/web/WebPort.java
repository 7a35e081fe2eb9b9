package io.aeromesh.tools.web;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Address and port that one server listens on.
 */
public final class WebPort implements AutoCloseable
{
    private final Server server;
    private final ServerConnector connector;
    private final InetAddress address;

    /**
     * Begins to listen; ends the server where that can not be.
     *
     * @param server    with its connector and handler, not started.
     * @param connector of the server.
     * @param address   to listen on.
     * @param port      there, 0: any that is free.
     * @throws MeshException ADDRESS_UNUSABLE when the port can not be had.
     */
    public WebPort(final Server server, final ServerConnector connector, final InetAddress address, final int port)
    {
        this.server = server;
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
