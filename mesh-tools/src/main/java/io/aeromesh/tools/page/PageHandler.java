package io.aeromesh.tools.page;

import io.aeromesh.tools.web.HostHeader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers with one of a few files, or with the last look. What is not meant for this page is refused in a line of text.
 * <p>
 * <b>Threading:</b> any; it never waits, neither for a look nor for who reads slowly.
 */
final class PageHandler extends Handler.Abstract.NonBlocking
{
    private static final String PICTURE = "/picture.json";
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain;charset=utf-8";
    private static final String SCRIPT = "text/javascript;charset=utf-8";
    /** Nothing from elsewhere, nothing written into the page, no frame around it. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, Content> files = new HashMap<>();
    private final Gatherer gatherer;
    private final IntSupplier connections;

    private record Content(String type, byte[] bytes)
    {
    }

    /**
     * @param gatherer    whose looks are shown.
     * @param connections how many there are now.
     */
    PageHandler(final Gatherer gatherer, final IntSupplier connections)
    {
        this.gatherer = gatherer;
        this.connections = connections;
        add("/", "index.html", "text/html;charset=utf-8");
        add("/page.css", "page.css", "text/css;charset=utf-8");
        add("/icon.svg", "icon.svg", "image/svg+xml");
        for (final String script : new String[] {"page", "map", "layout", "plots", "tables", "lists", "words", "draw"})
        {
            add("/" + script + ".js", script + ".js", SCRIPT);
        }
    }

    private void add(final String path, final String resource, final String type)
    {
        try (InputStream in = PageHandler.class.getResourceAsStream(resource))
        {
            files.put(path, new Content(type, in.readAllBytes()));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public boolean handle(final Request request, final Response response, final Callback callback)
    {
        final HttpFields.Mutable headers = response.getHeaders();
        headers.put("Content-Security-Policy", POLICY);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        final String host = request.getHeaders().get(HttpHeader.HOST);
        final String path = Request.getPathInContext(request);
        final Content file = PICTURE.equals(path) ? new Content(JSON, gatherer.latest()) : files.get(path);
        if (!HostHeader.isAllowed(host))
        {
            refuse(response, callback, HttpStatus.FORBIDDEN_403, "Host '" + host + "' is a name of somebody else: " +
                "call this page by localhost, or by an address");
        }
        else if (connections.getAsInt() > PageServer.CONNECTIONS_MAX)
        {
            headers.put(HttpHeader.CONNECTION, "close");
            headers.put(HttpHeader.RETRY_AFTER, "5");
            refuse(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, "there are " + PageServer.CONNECTIONS_MAX +
                " connections, which is the limit: close another view of this page");
        }
        else if (file == null)
        {
            refuse(response, callback, HttpStatus.NOT_FOUND_404, "no '" + path + "': the page is at /");
        }
        else if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod()))
        {
            headers.put(HttpHeader.ALLOW, "GET, HEAD");
            refuse(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405,
                "no " + request.getMethod() + ": this page is only looked at");
        }
        else
        {
            answer(response, callback, file);
        }
        return true;
    }

    private static void refuse(final Response response, final Callback callback, final int status, final String why)
    {
        response.setStatus(status);
        answer(response, callback, new Content(TEXT, (why + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    private static void answer(final Response response, final Callback callback, final Content content)
    {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, content.type());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.bytes().length);
        response.write(true, ByteBuffer.wrap(content.bytes()), callback);
    }
}
