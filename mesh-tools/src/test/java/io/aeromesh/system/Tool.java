package io.aeromesh.system;

import io.aeromesh.tools.Mesh;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A command of the mesh in a process of its own, with files or pipes for its streams.
 */
final class Tool extends JvmProcess
{
    private static final int HEAP_MB = 64;
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(60);

    private Tool(final ProcessBuilder builder, final Path errors)
    {
        super(builder, errors);
    }

    /**
     * @param base where its node meets others; its standard error goes beside it.
     * @param in   of the process: {@code Redirect.PIPE} or a file.
     * @param out  likewise.
     */
    static Tool start(final Path base, final Redirect in, final Redirect out, final String... args)
    {
        final String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--dir";
        all[args.length + 1] = base.toString();
        return new Tool(
            command(HEAP_MB, Mesh.class, all).redirectInput(in).redirectOutput(out), errorFile(base.getParent()));
    }

    /**
     * @param builder of a {@link #command} of the mesh.
     */
    static Tool of(final ProcessBuilder builder, final Path errors)
    {
        return new Tool(builder, errorFile(errors));
    }

    long pid()
    {
        return process().pid();
    }

    OutputStream input()
    {
        return process().getOutputStream();
    }

    InputStream output()
    {
        return process().getInputStream();
    }

    int awaitExit()
    {
        await("its end", () -> !isAlive());
        return process().exitValue();
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
            rest();
        }
    }
}
