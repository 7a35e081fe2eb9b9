package io.aeromesh.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * One page in a headless Chromium, driven by the DevTools protocol, which is JSON over a WebSocket: the JDK has all
 * that it needs.
 */
final class Browser implements AutoCloseable
{
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final String LISTENING = "DevTools listening on ";
    private static final long BOUND_S = 60;

    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final String session;
    private int lastId;

    /** Puts parts of messages together. */
    private final class Listener implements WebSocket.Listener
    {
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(final WebSocket from, final CharSequence data, final boolean isLast)
        {
            message.append(data);
            if (isLast)
            {
                take(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    /**
     * The browser that is installed here, or null.
     */
    static Path find()
    {
        return Stream.of(System.getenv("PATH").split(":"))
            .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
            .filter(Files::isExecutable).findFirst().orElse(null);
    }

    /**
     * @param executable of the browser.
     * @param profile    directory for what it keeps.
     */
    Browser(final Path executable, final Path profile) throws Exception
    {
        process = new ProcessBuilder(executable.toString(), "--headless", "--no-sandbox", "--disable-gpu",
            "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-extensions",
            "--hide-scrollbars", "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try
        {
            socket = HttpClient.newHttpClient().newWebSocketBuilder()
                .buildAsync(URI.create(endpoint()), new Listener()).get(BOUND_S, TimeUnit.SECONDS);
            final JsonNode target =
                call(null, "Target.createTarget", json.createObjectNode().put("url", "about:blank"));
            session = call(null, "Target.attachToTarget", json.createObjectNode()
                .put("targetId", target.path("targetId").asText()).put("flatten", true)).path("sessionId").asText();
            call("Page.enable");
            call("Runtime.enable");
            call("Log.enable");
        }
        catch (final Exception ex)
        {
            process.destroyForcibly();
            throw ex;
        }
    }

    /**
     * Where to speak to it, as it says among its errors.
     */
    private String endpoint() throws IOException
    {
        final BufferedReader errors =
            new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        final StringBuilder said = new StringBuilder();
        for (String line = errors.readLine(); line != null; line = errors.readLine())
        {
            if (line.startsWith(LISTENING))
            {
                drain(errors);
                return line.substring(LISTENING.length());
            }
            said.append(line).append('\n');
        }
        throw new IOException("the browser has ended: " + said);
    }

    /**
     * So that it is never held up by a full pipe.
     */
    private static void drain(final BufferedReader errors)
    {
        final Thread thread = new Thread(() -> errors.lines().forEach(line ->
        {}), "browser-errors");
        thread.setDaemon(true);
        thread.start();
    }

    private void take(final String text)
    {
        try
        {
            final JsonNode message = json.readTree(text);
            final CompletableFuture<JsonNode> answer =
                message.has("id") ? answers.remove(message.get("id").asInt()) : null;
            if (answer != null)
            {
                answer.complete(message);
            }
            else if (isComplaint(message))
            {
                complaints.add(message.get("params").toString());
            }
        }
        catch (final IOException ex)
        {
            complaints.add(ex.toString());
        }
    }

    private static boolean isComplaint(final JsonNode message)
    {
        final JsonNode params = message.path("params");
        return switch (message.path("method").asText())
        {
            case "Runtime.exceptionThrown" -> true;
            case "Runtime.consoleAPICalled" ->
                List.of("error", "warning", "assert").contains(params.path("type").asText());
            case "Log.entryAdded" -> List.of("error", "warning").contains(params.path("entry").path("level").asText());
            default -> false;
        };
    }

    private JsonNode call(final String method) throws Exception
    {
        return call(session, method, json.createObjectNode());
    }

    private JsonNode call(final String toSession, final String method, final ObjectNode params) throws Exception
    {
        final int id = ++lastId;
        final ObjectNode message = json.createObjectNode().put("id", id).put("method", method);
        message.set("params", params);
        if (toSession != null)
        {
            message.put("sessionId", toSession);
        }
        final CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(message.toString(), true).get(BOUND_S, TimeUnit.SECONDS);
        try
        {
            final JsonNode got = answer.get(BOUND_S, TimeUnit.SECONDS);
            if (got.has("error") || got.path("result").has("exceptionDetails"))
            {
                throw new AssertionError(method + " " + params + ": " + got);
            }
            return got.get("result");
        }
        catch (final TimeoutException ex)
        {
            throw new AssertionError("no answer to " + method + " " + params + "; complaints: " + complaints, ex);
        }
    }

    /**
     * Goes to a page, of a window of that size.
     */
    void open(final String uri, final int width, final int height) throws Exception
    {
        call(session, "Emulation.setDeviceMetricsOverride", json.createObjectNode().put("width", width)
            .put("height", height).put("deviceScaleFactor", 1).put("mobile", false));
        call(session, "Page.navigate", json.createObjectNode().put("url", uri));
    }

    /**
     * Leaves the page for an empty one by day, and forgets what it complained of: nothing that comes later is of it.
     */
    void leave() throws Exception
    {
        call(session, "Page.navigate", json.createObjectNode().put("url", "about:blank"));
        await("location.href === 'about:blank'");
        scheme("light");
        complaints.clear();
    }

    /**
     * Lets pages look as by day or by night.
     */
    void scheme(final String scheme) throws Exception
    {
        final ObjectNode params = json.createObjectNode();
        params.putArray("features").addObject().put("name", "prefers-color-scheme").put("value", scheme);
        call(session, "Emulation.setEmulatedMedia", params);
    }

    /**
     * Value of an expression.
     */
    JsonNode evaluate(final String expression) throws Exception
    {
        return call(session, "Runtime.evaluate", json.createObjectNode().put("expression", expression)
            .put("returnByValue", true).put("awaitPromise", true)).path("result").path("value");
    }

    /**
     * Waits until an expression is true; the page looks itself.
     */
    void await(final String expression) throws Exception
    {
        final JsonNode came = evaluate("new Promise(done => { const end = Date.now() + " + BOUND_S * 900 + ";" +
            "const look = () => { let is = false; try { is = !!(" + expression + "); } catch {}" +
            "if (is || Date.now() > end) done(is); else setTimeout(look, 50); }; look(); })");
        if (!came.asBoolean())
        {
            throw new AssertionError("in vain: " + expression + "; complaints: " + complaints + "; page: " +
                evaluate("document.body.innerText").asText());
        }
    }

    /**
     * Presses a key where the focus is.
     */
    void press(final String key, final String text) throws Exception
    {
        final ObjectNode down = json.createObjectNode().put("type", "keyDown").put("key", key);
        call(session, "Input.dispatchKeyEvent", text.isEmpty() ? down : down.put("text", text));
        call(session, "Input.dispatchKeyEvent", json.createObjectNode().put("type", "keyUp").put("key", key));
    }

    /**
     * What it shows now, as PNG.
     */
    byte[] screenshot() throws Exception
    {
        return Base64.getDecoder().decode(
            call(session, "Page.captureScreenshot", json.createObjectNode().put("format", "png")).get("data").asText());
    }

    /**
     * Errors and warnings of the console so far.
     */
    List<String> complaints()
    {
        return complaints;
    }

    @Override
    public void close()
    {
        try
        {
            call(null, "Browser.close", json.createObjectNode());
            process.waitFor(BOUND_S, TimeUnit.SECONDS);
        }
        catch (final Exception ignore)
        {
            // killed below
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
