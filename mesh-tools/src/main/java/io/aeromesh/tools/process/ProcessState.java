package io.aeromesh.tools.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel says of a process of this machine.
 */
public final class ProcessState
{
    private static final String STOPPED = "Tt"; // by a signal, or by who traces it

    private ProcessState()
    {
    }

    /**
     * Whether it is stopped, so that it does nothing until somebody lets it go on; false where that is not known.
     */
    public static boolean isStopped(final long processId)
    {
        try
        {
            final String stat =
                Files.readString(Path.of("/proc", Long.toString(processId), "stat"), StandardCharsets.ISO_8859_1);
            return STOPPED.indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0; // behind its name
        }
        catch (final IOException ended)
        {
            return false;
        }
    }
}
