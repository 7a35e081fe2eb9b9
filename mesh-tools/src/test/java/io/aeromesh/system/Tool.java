package io.aeromesh.system;

import io.aeromesh.tools.JvmFlags;
import io.aeromesh.tools.Mesh;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A command of the mesh in a process of its own, with files or pipes for its streams; killed when closed.
 */
final class Tool implements AutoCloseable
{
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(60);

    private final Process process;
    private final Path errors;

    private Tool(final Process process, final Path errors)
    {
        this.process = process;
        this.errors = errors;
    }

    /**
     * @param base where its standard error goes, and where its node meets others.
     * @param in   of the process: {@code Redirect.PIPE} or a file.
     * @param out  likewise.
     */
    static Tool start(final Path base, final Redirect in, final Redirect out, final String... args)
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.forThisJava());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx64m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Mesh.class.getName()));
        command.addAll(List.of(args));
        command.addAll(List.of("--dir", base.toString()));
        try
        {
            final Path errors = Files.createTempFile(base.getParent(), "tool", ".err");
            return new Tool(new ProcessBuilder(command).redirectInput(in).redirectOutput(out)
                .redirectError(errors.toFile()).start(), errors);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    long pid()
    {
        return process.pid();
    }

    OutputStream input()
    {
        return process.getOutputStream();
    }

    InputStream output()
    {
        return process.getInputStream();
    }

    boolean isAlive()
    {
        return process.isAlive();
    }

    int awaitExit()
    {
        await("its end", () -> !process.isAlive());
        return process.exitValue();
    }

    /**
     * Waits for what this process brings about.
     */
    void await(final String what, final BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - startNs > DEADLINE_NS)
            {
                throw new AssertionError("awaited " + what + " in vain; errors: " + errors());
            }
            Thread.yield();
        }
    }

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
