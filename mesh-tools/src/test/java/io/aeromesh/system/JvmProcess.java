package io.aeromesh.system;

import io.aeromesh.tools.JvmFlags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A JVM like this one, of which standard error goes to a file; killed when closed.
 */
abstract class JvmProcess implements AutoCloseable
{
    private static final long REST_NS = 500_000;

    private final Process process;
    private final Path errors;

    /**
     * @param builder of a {@link #command}.
     * @param errors  where its standard error goes.
     */
    JvmProcess(final ProcessBuilder builder, final Path errors)
    {
        this.errors = errors;
        try
        {
            process = builder.redirectError(errors.toFile()).start();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * A fresh file for what comes on standard error.
     */
    static Path errorFile(final Path directory)
    {
        try
        {
            return Files.createTempFile(directory, "child", ".log");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * @param heapMb at most, in mebibytes.
     */
    static ProcessBuilder command(final int heapMb, final Class<?> main, final String... args)
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.forThisJava());
        command.addAll(List.of(
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx" + heapMb + "m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command);
    }

    /**
     * Lets processes that start have the cores, of which one that looks without a rest would take one.
     */
    static void rest()
    {
        LockSupport.parkNanos(REST_NS);
    }

    Process process()
    {
        return process;
    }

    boolean isAlive()
    {
        return process.isAlive();
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
