package io.aeromesh.tools.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A worker process, commanded by a JSON object per line. Its standard error goes to a log file.
 * <p>
 * <b>Threading:</b> any. <b>Blocking:</b> none, but for the pipe to a process that no longer reads.
 */
public final class ChildProcess
{
    private static final long END_BOUND_S = 5;
    /** Begins the lines of events in the log. */
    private static final String EVENT = "event ";
    private static final int EVENTS_MAX = 40;
    private static final int LOG_LINES_MAX = 20;
    /** Exit code of a process that was interrupted at the terminal, as this one is then. */
    private static final int EXIT_INTERRUPTED = 130;

    private final ObjectMapper mapper = new ObjectMapper();
    private final String name;
    private final Path log;
    private final Process process;
    private final OutputStream in;
    private final Map<Long, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
    private final AtomicLong nextId = new AtomicLong();
    private final Deque<String> events = new ArrayDeque<>();
    private final Map<String, Long> eventCounts = new HashMap<>();
    private final Map<String, String> lastTexts = new HashMap<>();
    private final long startNs = System.nanoTime();
    private volatile boolean ready;

    private ChildProcess(final String name, final Path log, final Process process)
    {
        this.name = name;
        this.log = log;
        this.process = process;
        this.in = process.getOutputStream();
    }

    public static ChildProcess start(final String name, final List<String> command, final Path log)
    {
        try
        {
            final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
            final ChildProcess child = new ChildProcess(name, log, process);
            final Thread reader = new Thread(child::read, "from-" + name);
            reader.setDaemon(true);
            reader.start();
            return child;
        }
        catch (final IOException ex)
        {
            throw new ProcessFailure("can not start process " + name + ": " + ex.getMessage(), ex);
        }
    }

    public String name()
    {
        return name;
    }

    /**
     * Of the worker, which is a child of the process that was started where that one only made a namespace for it.
     */
    public long pid()
    {
        return worker().pid();
    }

    public boolean isAlive()
    {
        return process.isAlive();
    }

    /**
     * Whether it has said that it is ready for commands.
     */
    public boolean isReady()
    {
        return ready;
    }

    public boolean wasInterrupted()
    {
        return !process.isAlive() && process.exitValue() == EXIT_INTERRUPTED;
    }

    /**
     * A command to fill in and {@link #send}.
     */
    public ObjectNode command(final String verb)
    {
        return mapper.createObjectNode().put("do", verb);
    }

    /**
     * The answer, or a failure when the worker refuses or ends.
     */
    public CompletableFuture<JsonNode> send(final ObjectNode command)
    {
        final long id = nextId.incrementAndGet();
        final CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        calls.put(id, answer);
        try
        {
            final byte[] line = (command.put("id", id) + "\n").getBytes(StandardCharsets.UTF_8);
            synchronized (in)
            {
                in.write(line);
                in.flush();
            }
        }
        catch (final IOException ex)
        {
            calls.remove(id);
            answer.completeExceptionally(new ProcessFailure(describeEnd(), ex));
        }
        return answer;
    }

    /**
     * How often an event about that subject, such as an edge, has come.
     */
    public long eventCount(final String event, final String subject)
    {
        synchronized (events)
        {
            return eventCounts.getOrDefault(event + ' ' + subject, 0L);
        }
    }

    /**
     * What was last said with an event; empty: it has not come.
     */
    public String lastText(final String event)
    {
        synchronized (events)
        {
            return lastTexts.getOrDefault(event, "");
        }
    }

    /**
     * Ends it at once, with SIGKILL.
     */
    public void kill()
    {
        worker().destroyForcibly();
        process.destroyForcibly();
    }

    /**
     * Waits, within bounds, until it has ended.
     */
    public void awaitEnd()
    {
        try
        {
            process.waitFor(END_BOUND_S, TimeUnit.SECONDS);
        }
        catch (final InterruptedException ignore)
        {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Says how it ended, in words.
     */
    public String describeEnd()
    {
        return "process " + name + " (pid " + pid() + ")" +
            (process.isAlive() ? " does not take commands" : " ended with exit code " + process.exitValue());
    }

    /**
     * The last events and the last lines of the log.
     */
    public List<String> diagnostics()
    {
        final List<String> lines = new ArrayList<>();
        lines.add(describeEnd().replace("does not take commands", "runs"));
        synchronized (events)
        {
            events.forEach(event -> lines.add("  " + EVENT + event));
        }
        try
        {
            final List<String> all = new ArrayList<>(Files.readAllLines(log, StandardCharsets.UTF_8));
            all.removeIf(line -> line.startsWith(EVENT));
            all.subList(Math.max(0, all.size() - LOG_LINES_MAX), all.size())
                .forEach(line -> lines.add("  log " + line));
        }
        catch (final IOException ex)
        {
            lines.add("  no log: " + ex);
        }
        return lines;
    }

    private ProcessHandle worker()
    {
        return process.toHandle().children().findFirst().orElse(process.toHandle());
    }

    private void read()
    {
        try (BufferedReader out = new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)))
        {
            String line = out.readLine();
            while (line != null)
            {
                onLine(mapper.readTree(line));
                line = out.readLine();
            }
        }
        catch (final IOException ex)
        {
            record("unreadable output: " + ex.getMessage());
        }

        process.onExit().thenRun(() -> calls.values()
            .forEach(call -> call.completeExceptionally(new ProcessFailure(describeEnd()))));
    }

    private void onLine(final JsonNode line)
    {
        if (line.has("event"))
        {
            final String event = line.path("event").asText();
            final String text = line.path("text").asText();
            record(event + ' ' + text);
            synchronized (events)
            {
                lastTexts.put(event, text);
                eventCounts.merge(event + ' ' + text.split(" ", 2)[0], 1L, Long::sum);
            }
            if ("ready".equals(event))
            {
                ready = true;
            }
            return;
        }

        final CompletableFuture<JsonNode> call = calls.remove(line.path("id").asLong());
        if (call != null && line.has("error"))
        {
            call.completeExceptionally(new ProcessFailure("node " + name + ": " + line.path("error").asText()));
        }
        else if (call != null)
        {
            call.complete(line);
        }
    }

    private void record(final String event)
    {
        final String stamped = (System.nanoTime() - startNs) / 1_000_000 + " ms after start: " + event;
        synchronized (events)
        {
            if (events.size() == EVENTS_MAX)
            {
                events.removeFirst();
            }
            events.addLast(stamped);
        }
        try
        {
            Files.writeString(log, EVENT + stamped + "\n", StandardCharsets.UTF_8,
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        catch (final IOException ignore)
        {
            // the directory is being removed: nobody will read it
            return;
        }
    }
}
