package io.aeromesh.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aeromesh.MeshConfig;
import io.aeromesh.error.ErrorCode;
import io.aeromesh.error.MeshException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the page says to browsers, and to what is none.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PageServerTest
{
    private static final String CLOSE = "Connection: close\r\n";
    private static final Pattern LINKED = Pattern.compile("(?:href|src|from) ?= ?\"([^\"#]+)\"|from '\\./([^']+)'");

    @TempDir
    private Path base;
    private final HttpClient client = HttpClient.newHttpClient();
    private Gatherer gatherer;
    private PageServer server;

    @BeforeEach
    void start()
    {
        gatherer = new Gatherer(base.resolve("not-yet"), MeshConfig.DEFAULT, () ->
        {});
        server = new PageServer(InetAddress.getLoopbackAddress(), 0, gatherer);
    }

    @AfterEach
    void stop()
    {
        server.close();
        gatherer.close();
    }

    private HttpResponse<String> send(final String method, final String path) throws Exception
    {
        return client.send(HttpRequest.newBuilder(URI.create(server.uri()).resolve(path))
            .method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    /** Byte by byte, as clients mend what they send. */
    private String sendRaw(final String request) throws IOException
    {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port()))
        {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void shouldServeThePageAndAllThatItNeeds() throws Exception
    {
        final List<String> open = new ArrayList<>(List.of("/"));
        final Set<String> seen = new HashSet<>();
        while (!open.isEmpty())
        {
            final String path = open.remove(0);
            if (seen.add(path))
            {
                final HttpResponse<String> answer = send("GET", path);
                assertEquals(200, answer.statusCode(), path);
                assertFalse(answer.body().contains("https://"), path);
                assertTrue(answer.headers().firstValue("Content-Security-Policy").orElse("").contains(
                    "default-src 'none'"), path);
                final Matcher links = LINKED.matcher(answer.body());
                while (links.find())
                {
                    open.add("/" + (links.group(1) == null ? links.group(2) : links.group(1)));
                }
            }
        }
        assertTrue(seen.containsAll(Set.of("/page.js", "/page.css", "/icon.svg", "/map.js", "/layout.js")),
            seen::toString);
    }

    @Test
    void shouldServeTheLastLook() throws Exception
    {
        final HttpResponse<String> answer = send("GET", "/picture.json");
        assertEquals(200, answer.statusCode());
        assertEquals("application/json", answer.headers().firstValue("Content-Type").orElse(""));
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
        final JsonNode picture = new ObjectMapper().readTree(answer.body());
        assertTrue(picture.get("number").asLong() >= 1);
        assertEquals("default", picture.get("mesh").asText());
        assertTrue(picture.get("source").asText().startsWith("no host runs here"));
        assertEquals(0, picture.get("nodes").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/../page.js", "/page.js/", "/Page.js", "/index.html", "//picture.json"})
    void shouldSayThatThereIsNoSuchFile(final String path) throws Exception
    {
        final String answer = sendRaw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + CLOSE + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 404 ") || answer.startsWith("HTTP/1.1 400 "), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE"})
    void shouldOnlyBeLookedAt(final String method) throws Exception
    {
        final String answer = sendRaw(method + " /picture.json HTTP/1.1\r\nHost: localhost\r\n" + CLOSE + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
        assertTrue(answer.contains("Allow: GET, HEAD"), answer);
    }

    @Test
    void shouldAnswerHeadWithoutContent() throws Exception
    {
        final String answer = sendRaw("HEAD /picture.json HTTP/1.1\r\nHost: localhost\r\n" + CLOSE + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertTrue(answer.endsWith("\r\n\r\n"), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example:80"})
    void shouldRefuseNamesThatAreNotItsOwn(final String host) throws Exception
    {
        final String answer = sendRaw("GET /picture.json HTTP/1.1\r\nHost: " + host + "\r\n" + CLOSE + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
        assertFalse(answer.contains("\"nodes\""), answer);
        assertTrue(answer.contains("localhost"), answer);
    }

    @Test
    void shouldRefuseARequestWithoutAHost() throws Exception
    {
        assertTrue(sendRaw("GET / HTTP/1.0\r\n\r\n").startsWith("HTTP/1.1 403 "));
    }

    @Test
    void shouldTellViewersBeyondItsLimitToComeAgain() throws Exception
    {
        final List<Socket> viewers = new ArrayList<>();
        try
        {
            for (int i = 0; i < PageServer.CONNECTIONS_MAX; i++)
            {
                final Socket viewer = new Socket(InetAddress.getLoopbackAddress(), server.port());
                viewers.add(viewer);
                viewer.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(
                    StandardCharsets.US_ASCII));
                assertEquals("HTTP/1.1 200",
                    new String(viewer.getInputStream().readNBytes(12), StandardCharsets.US_ASCII));
            }
            final String refused = sendRaw("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertTrue(refused.startsWith("HTTP/1.1 503 "), refused);
            assertTrue(refused.contains("Retry-After: 5"), refused);
            assertTrue(refused.contains(PageServer.CONNECTIONS_MAX + " connections"), refused);
        }
        finally
        {
            for (final Socket viewer : viewers)
            {
                viewer.close();
            }
        }
        String after = "";
        while (!after.startsWith("HTTP/1.1 200 ")) // it notices their ends one by one
        {
            after = sendRaw("GET / HTTP/1.1\r\nHost: localhost\r\n" + CLOSE + "\r\n");
        }
    }

    @Test
    void shouldSayThatThePortIsTaken()
    {
        final MeshException error = assertThrows(MeshException.class,
            () -> new PageServer(InetAddress.getLoopbackAddress(), server.port(), gatherer));
        assertEquals(ErrorCode.ADDRESS_UNUSABLE, error.code());
        assertTrue(error.getMessage().contains("127.0.0.1:" + server.port()), error::getMessage);
    }

    @Test
    void shouldCloseWhileItIsLookedAt() throws Exception
    {
        final int port = server.port();
        try (Socket viewer = new Socket(InetAddress.getLoopbackAddress(), port))
        {
            viewer.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(
                StandardCharsets.US_ASCII));
            assertEquals('H', viewer.getInputStream().read());
            server.close();
            gatherer.close();
            viewer.getInputStream().readAllBytes(); // it ends
        }
        final ConnectException refused = assertThrows(ConnectException.class,
            () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
        assertTrue(refused.getMessage().contains("refused"), refused::getMessage);
    }
}
