package io.aeromesh.system;

import io.aeromesh.tools.JvmFlags;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM like this one that runs a main class; killed when closed.
 */
final class Child implements AutoCloseable
{
    private static final long DEADLINE_S = 40;

    private final Process process;
    private final Path errors;
    private final BufferedReader output;

    private Child(final Process process, final Path errors)
    {
        this.process = process;
        this.errors = errors;
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Child start(final Path base, final Class<?> main, final String... args)
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.forThisJava());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx128m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        try
        {
            final Path errors = Files.createTempFile(base, "child", ".log");
            return new Child(new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Ends its wait for a first byte of input.
     */
    void letGo()
    {
        try
        {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    boolean isAlive()
    {
        return process.isAlive();
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
            if (!process.waitFor(DEADLINE_S, TimeUnit.SECONDS))
            {
                throw new AssertionError("child still runs; its errors: " + errors());
            }
            return process.exitValue();
        }
        catch (final InterruptedException ex)
        {
            throw new AssertionError(ex);
        }
    }

    /**
     * What came on standard error.
     */
    String errors()
    {
        try
        {
            return Files.readString(errors);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    void signal(final String name)
    {
        try
        {
            final int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
            if (exit != 0)
            {
                throw new AssertionError("kill exited with " + exit);
            }
        }
        catch (final IOException | InterruptedException ex)
        {
            throw new AssertionError(ex);
        }
    }

    @Override
    public void close()
    {
        process.destroyForcibly().onExit().join();
    }
}
