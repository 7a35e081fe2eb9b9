package io.aeromesh.aeron;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A media driver in a process of its own, as {@link DriverMain} runs it. One thread; ends with {@link #close}.
 */
final class DriverProcess implements AutoCloseable
{
    private final Process process;

    /**
     * Starts it and waits until it is ready.
     */
    DriverProcess(final Path dir)
    {
        try
        {
            process = java(DriverMain.class, dir.toString());
            final BufferedReader output = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            final String line = output.readLine();
            if (line == null || !line.startsWith("ready "))
            {
                throw new AssertionError("driver said: " + line);
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    static Process java(final Class<?> mainClass, final String... args) throws IOException
    {
        final List<String> command = new ArrayList<>(List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED",
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
            "-cp", System.getProperty("java.class.path"), mainClass.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /**
     * Sends a signal, such as STOP.
     */
    static void signal(final String name, final long pid) throws IOException, InterruptedException
    {
        final int result = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
        if (result != 0)
        {
            throw new AssertionError("kill -" + name + " " + pid + " ended with " + result);
        }
    }

    long pid()
    {
        return process.pid();
    }

    /**
     * SIGKILL.
     */
    void kill()
    {
        process.destroyForcibly();
        await();
    }

    /**
     * SIGTERM.
     */
    @Override
    public void close()
    {
        process.destroy();
        await();
    }

    private void await()
    {
        try
        {
            process.waitFor();
        }
        catch (final InterruptedException ex)
        {
            throw new AssertionError(ex);
        }
    }
}
