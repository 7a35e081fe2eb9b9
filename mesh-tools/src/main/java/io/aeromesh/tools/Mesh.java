package io.aeromesh.tools;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Root of the command line. Without a command it shows its help.
 */
@Command(
    name = "mesh",
    description = "Joins JVM processes and threads by name.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Mesh implements Runnable
{
    @Spec
    private CommandSpec spec;

    private Mesh()
    {
    }

    /**
     * Runs a command and ends the process with its exit code: 0 done, 1 failed, 2 not understood.
     */
    public static void main(final String[] args)
    {
        final int exitCode = commandLine().execute(args);
        System.exit(exitCode);
    }

    static CommandLine commandLine()
    {
        return new CommandLine(new Mesh());
    }

    @Override
    public void run()
    {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
