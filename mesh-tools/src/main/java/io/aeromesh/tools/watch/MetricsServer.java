package io.aeromesh.tools.watch;

import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import io.aeromesh.watch.NodeSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Answers scrapers on the loopback address: {@code /metrics}, and nothing else.
 */
final class MetricsServer implements AutoCloseable
{
    private static final String PATH = "/metrics";
    private static final int THREADS_MAX = 8;

    private final Server server;
    private final ServerConnector connector;

    /**
     * @param port  on the loopback address, 0: any that is free.
     * @param nodes takes a look, by any thread.
     * @throws MeshException ADDRESS_IN_USE when the port can not be had.
     */
    MetricsServer(final int port, final Supplier<List<NodeSnapshot>> nodes)
    {
        server = new Server(new QueuedThreadPool(THREADS_MAX, 1));
        connector = new ServerConnector(server, 1, 1);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(new Answer(nodes));
        try
        {
            server.start();
        }
        catch (final IOException ex)
        {
            close();
            throw new MeshException(
                ErrorCode.ADDRESS_IN_USE, "can not listen on " + connector.getHost() + ":" + port + ": " + ex, ex);
        }
        catch (final Exception ex)
        {
            close();
            throw new IllegalStateException(ex);
        }
    }

    /**
     * Where it answers.
     */
    String uri()
    {
        return "http://" + connector.getHost() + ":" + connector.getLocalPort() + PATH;
    }

    private static final class Answer extends Handler.Abstract
    {
        private final Supplier<List<NodeSnapshot>> nodes;

        Answer(final Supplier<List<NodeSnapshot>> nodes)
        {
            this.nodes = nodes;
        }

        @Override
        public boolean handle(final Request request, final Response response, final Callback callback)
            throws IOException
        {
            if (!PATH.equals(Request.getPathInContext(request)))
            {
                return false; // 404
            }
            if (!HttpMethod.GET.is(request.getMethod()))
            {
                response.getHeaders().put(HttpHeader.ALLOW, HttpMethod.GET.asString());
                Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
                return true;
            }
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, OpenMetrics.CONTENT_TYPE);
            try (OutputStream out = Content.Sink.asOutputStream(response))
            {
                OpenMetrics.write(nodes.get(), out);
            }
            callback.succeeded();
            return true;
        }
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
