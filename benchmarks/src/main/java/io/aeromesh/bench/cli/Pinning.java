package io.aeromesh.bench.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Binds each process to a core of its own, where the system has the command {@code taskset} and two cores.
 */
final class Pinning
{
    private static final String COMMAND = "taskset";
    private static final int CORES_MIN = 2;

    private final boolean possible;
    private final String note;

    Pinning()
    {
        final boolean found = find();
        final int cores = Runtime.getRuntime().availableProcessors();
        possible = found && cores >= CORES_MIN;
        note = possible ? "" : "processes are not bound to cores, so figures vary more: " +
            (found ? "this machine has " + cores + " core" : "no " + COMMAND + " in PATH");
    }

    private static boolean find()
    {
        for (final String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        {
            if (Files.isExecutable(Path.of(directory, COMMAND)))
            {
                return true;
            }
        }
        return false;
    }

    /**
     * What stands before a command that is to run on that core.
     */
    List<String> prefix(final int core)
    {
        return possible ? List.of(COMMAND, "-c", Integer.toString(core)) : List.of();
    }

    /**
     * What the user has to know, or empty.
     */
    String note()
    {
        return note;
    }
}
