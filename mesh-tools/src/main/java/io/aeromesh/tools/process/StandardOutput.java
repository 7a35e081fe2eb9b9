package io.aeromesh.tools.process;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What has become of this process's output, of which Java's writers keep silent.
 * <p>
 * <b>Threading:</b> any thread.
 */
public final class StandardOutput
{
    /** Exit code where who read the output has gone, as a shell gives it to one that SIGPIPE has ended. */
    public static final int BROKEN_PIPE = 128 + 13;

    private static final int FAILED = 1;
    private static final Path OUTPUT = Path.of("/proc/self/fd/1");
    /** Set by the launcher, as the output is another file then, which takes nothing. */
    private static final String CLOSED_PROPERTY = "mesh.output";
    private static final String CLOSED = "closed";

    private StandardOutput()
    {
    }

    /**
     * Whether it takes no more. Flushes.
     */
    public static boolean isBroken()
    {
        return System.out.checkError();
    }

    /**
     * Exit code of a command that has ended with another one: what could not be written is no success.
     *
     * @param err where that is said, but for a pipe: who read that has seen enough.
     */
    public static int exitCode(final int exitCode, final PrintWriter err)
    {
        if (!isBroken())
        {
            return exitCode;
        }
        if (isPipe())
        {
            return BROKEN_PIPE;
        }
        err.println("mesh: can not write all of the output: " +
            (isClosed() ? "standard output is closed" : "see that there is room where it goes to"));
        err.flush();
        return exitCode == 0 ? FAILED : exitCode;
    }

    /**
     * Whether this process was started without one.
     */
    public static boolean isClosed()
    {
        return CLOSED.equals(System.getProperty(CLOSED_PROPERTY));
    }

    /**
     * Whether the output leads to another process: then a write fails only because that has gone. The words of the
     * error are the system's, in the user's language.
     */
    public static boolean isPipe()
    {
        try
        {
            final String target = Files.readSymbolicLink(OUTPUT).toString();
            return target.startsWith("pipe:") || target.startsWith("socket:");
        }
        catch (final IOException ignore)
        {
            return false;
        }
    }
}
