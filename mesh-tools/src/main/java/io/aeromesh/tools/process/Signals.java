package io.aeromesh.tools.process;

import java.io.IOException;
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
