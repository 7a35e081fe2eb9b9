package io.aeromesh.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that runs a main class, of which this one reads the output.
 */
final class Child extends JvmProcess
{
    private static final int HEAP_MB = 128;
    private static final long DEADLINE_S = 40;

    private final BufferedReader output;

    private Child(final Path errors, final Class<?> main, final String... args)
    {
        super(command(HEAP_MB, main, args), errors);
        output = new BufferedReader(new InputStreamReader(process().getInputStream(), StandardCharsets.UTF_8));
    }

    static Child start(final Path base, final Class<?> main, final String... args)
    {
        return new Child(errorFile(base), main, args);
    }

    /**
     * Ends its wait for a first byte of input.
     */
    void letGo()
    {
        try
        {
            process().getOutputStream().write('\n');
            process().getOutputStream().flush();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * The next line, if there is one now; else null.
     */
    String pollLine()
    {
        try
        {
            return output.ready() ? output.readLine() : null;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * The rest of what it says, once it has ended.
     */
    List<String> lastLines()
    {
        return output.lines().toList();
    }

    int awaitExit()
    {
        try
        {
            if (!process().waitFor(DEADLINE_S, TimeUnit.SECONDS))
            {
                throw new AssertionError("child still runs; its errors: " + errors());
            }
            return process().exitValue();
        }
        catch (final InterruptedException ex)
        {
            throw new AssertionError(ex);
        }
    }
}
