package io.aeromesh.tools.watch;

import io.aeromesh.error.MeshException;
import io.aeromesh.tools.web.HostHeader;
import io.aeromesh.tools.web.WebPort;
import io.aeromesh.watch.NodeSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * Answers scrapers on the loopback address: {@code /metrics}, and nothing else. Threads, connections and how long one
 * may be idle are bounded, and who reads slowly keeps no thread.
 */
final class MetricsServer implements AutoCloseable
{
    private static final String PATH = "/metrics";
    private static final int CONNECTIONS_MAX = 64;

    private final WebPort web;

    /**
     * @param port  on the loopback address, 0: any that is free.
     * @param nodes takes a look, by any thread.
     * @throws MeshException ADDRESS_UNUSABLE when the port can not be had.
     */
    MetricsServer(final int port, final Supplier<List<NodeSnapshot>> nodes)
    {
        final ServerConnector connector = WebPort.connector(new HttpConfiguration(), CONNECTIONS_MAX);
        connector.getServer().setHandler(new Answer(nodes));
        web = new WebPort(connector, InetAddress.getLoopbackAddress(), port);
    }

    /**
     * Where it answers.
     */
    String uri()
    {
        return web.uri() + PATH.substring(1);
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
            if (!HostHeader.isAllowed(request.getHeaders().get(HttpHeader.HOST)))
            {
                Response.writeError(request, response, callback, HttpStatus.FORBIDDEN_403,
                    "call this by localhost, or by an address");
                return true;
            }
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            OpenMetrics.write(nodes.get(), out);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, OpenMetrics.CONTENT_TYPE);
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, out.size());
            response.write(true, ByteBuffer.wrap(out.toByteArray()), callback);
            return true;
        }
    }

    @Override
    public void close()
    {
        web.close();
    }
}
