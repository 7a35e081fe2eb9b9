package io.aeromesh.tools.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Commands from the parent process, a JSON object per line on standard input; answers and events go to standard
 * output, and anything else that would be printed there goes to standard error. When the input ends, the parent is
 * gone: this process then ends too and at once, whatever its main thread does.
 * <p>
 * <b>Threading:</b> {@link #poll()} by one thread, the rest by any.
 */
final class CommandPort
{
    private static final int EXIT_ORPHANED = 3;

    private final ObjectMapper mapper = new ObjectMapper();
    private final Queue<ObjectNode> commands = new ConcurrentLinkedQueue<>();
    private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true,
        StandardCharsets.UTF_8);
    private final Guard guard = new Guard();

    /**
     * Takes over the standard streams.
     */
    static CommandPort open()
    {
        final CommandPort port = new CommandPort();
        System.setOut(System.err);
        final Thread reader = new Thread(port::read, "commands");
        reader.setDaemon(true);
        reader.start();
        return port;
    }

    /**
     * The next command, or null.
     */
    ObjectNode poll()
    {
        return commands.poll();
    }

    Guard guard()
    {
        return guard;
    }

    ObjectNode object()
    {
        return mapper.createObjectNode();
    }

    JsonNode parse(final String json)
    {
        try
        {
            return mapper.readTree(json);
        }
        catch (final JsonProcessingException ex)
        {
            throw new IllegalArgumentException("not JSON: " + json, ex);
        }
    }

    /**
     * Tells the parent.
     */
    void event(final String name, final String text)
    {
        write(object().put("event", name).put("text", text));
    }

    void write(final ObjectNode line)
    {
        final String text = line.toString();
        synchronized (out)
        {
            out.println(text);
        }
    }

    private void read()
    {
        try (BufferedReader in = new BufferedReader(
            new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8)))
        {
            String line = in.readLine();
            while (line != null)
            {
                commands.add((ObjectNode)mapper.readTree(line));
                line = in.readLine();
            }
        }
        catch (final IOException | ClassCastException ex)
        {
            System.err.println("commands end: " + ex);
        }

        guard.cleanUp();
        Runtime.getRuntime().halt(EXIT_ORPHANED);
    }
}
