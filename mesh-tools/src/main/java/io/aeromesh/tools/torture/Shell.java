package io.aeromesh.tools.torture;

import io.aeromesh.tools.process.ProcessFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Runs the system's own tools, within a bound.
 */
final class Shell
{
    private static final long BOUND_S = 10;

    private Shell()
    {
    }

    /**
     * Runs a tool.
     *
     * @throws ProcessFailure with what it said, when it fails.
     */
    static void run(final String... command)
    {
        output(command);
    }

    /**
     * Runs a tool.
     *
     * @return what it said.
     * @throws ProcessFailure when it fails.
     */
    static String output(final String... command)
    {
        final Result result = execute(command);
        if (!result.failure().isEmpty())
        {
            throw new ProcessFailure(result.failure());
        }
        return result.output();
    }

    /**
     * Runs a tool.
     *
     * @return why it failed; empty: it did not.
     */
    static String failureOf(final String... command)
    {
        return execute(command).failure();
    }

    private static Result execute(final String... command)
    {
        final String line = String.join(" ", command);
        try
        {
            final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(BOUND_S, TimeUnit.SECONDS))
            {
                process.destroyForcibly();
                return new Result(said, "'" + line + "' does not end in " + BOUND_S + " s");
            }
            return new Result(said, process.exitValue() == 0 ? "" : "'" + line + "' fails: " +
                said.lines().findFirst().orElse("exit code " + process.exitValue()));
        }
        catch (final IOException ex)
        {
            return new Result("", command[0] + " can not be run: " + ex.getMessage());
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new ProcessFailure("interrupted", ex);
        }
    }

    /**
     * How a tool ended.
     */
    private record Result(String output, String failure)
    {
    }
}
