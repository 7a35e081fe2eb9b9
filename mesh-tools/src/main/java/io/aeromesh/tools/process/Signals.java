package io.aeromesh.tools.process;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Sends signals that Java can not: by the shell's own {@code kill}, which every system has.
 */
public final class Signals
{
    public static final String STOP = "STOP";
    public static final String CONTINUE = "CONT";
    private static final long BOUND_S = 5;

    private Signals()
    {
    }

    /**
     * Stops a process for a while. Whoever asked for it may die meanwhile: the process goes on all the same.
     *
     * @return what ends when the process has been told to go on.
     */
    public static Process pause(final long pid, final long ms)
    {
        try
        {
            final String seconds = String.format(Locale.ROOT, "%d.%03d", ms / 1000, ms % 1000);
            return new ProcessBuilder("sh", "-c",
                "kill -STOP " + pid + " && sleep " + seconds + " && kill -CONT " + pid)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        }
        catch (final IOException ex)
        {
            throw new ProcessFailure("can not run sh to stop process " + pid, ex);
        }
    }

    public static void send(final long pid, final String signal)
    {
        try
        {
            final Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
            if (!kill.waitFor(BOUND_S, TimeUnit.SECONDS) || kill.exitValue() != 0)
            {
                throw new ProcessFailure("can not send SIG" + signal + " to process " + pid);
            }
        }
        catch (final IOException ex)
        {
            throw new ProcessFailure("can not run sh to send SIG" + signal, ex);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new ProcessFailure("interrupted", ex);
        }
    }
}
