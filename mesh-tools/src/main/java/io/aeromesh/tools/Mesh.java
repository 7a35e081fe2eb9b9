package io.aeromesh.tools;

import io.aeromesh.error.MeshException;
import io.aeromesh.error.Reason;
import io.aeromesh.tools.option.PathConverter;
import io.aeromesh.tools.page.PageCommand;
import io.aeromesh.tools.process.EndHook;
import io.aeromesh.tools.process.StandardOutput;
import io.aeromesh.tools.watch.ErrorsCommand;
import io.aeromesh.tools.watch.EventsCommand;
import io.aeromesh.tools.watch.MetricsCommand;
import io.aeromesh.tools.watch.StatCommand;
import io.aeromesh.tools.watch.TopCommand;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Root of the command line. Without a command it shows its help.
 */
@Command(
    name = "mesh",
    description = "Joins JVM processes and threads by name.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed: one line on standard error says why", "2:the command line was not understood"},
    footer = {"", "Example, and of each command with --help:", "  mesh demo"},
    subcommands = {
        DemoCommand.class, HostCommand.class, NodeCommand.class, DriverCommand.class, SendCommand.class,
        RecvCommand.class, PingCommand.class, TraceCommand.class, TopologyCommand.class, StatCommand.class,
        TopCommand.class, ErrorsCommand.class, EventsCommand.class, MetricsCommand.class, PageCommand.class,
        DoctorCommand.class, BenchCommand.class, SimulateCommand.class, TortureCommand.class, CompletionCommand.class})
public final class Mesh implements Runnable
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show where in the code an error arose.")
    private boolean debug;

    private Mesh()
    {
    }

    /**
     * Runs a command and ends the process with its exit code: 0 done, 1 failed, 2 not understood. One that a signal
     * ends has the code of that.
     */
    public static void main(final String[] args)
    {
        final CommandLine line = commandLine();
        final int exitCode = StandardOutput.exitCode(line.execute(args), line.getErr());
        System.exit(EndHook.isEnding() ? CommandLine.ExitCode.OK : exitCode);
    }

    static CommandLine commandLine()
    {
        final Mesh mesh = new Mesh();
        return new CommandLine(mesh)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .registerConverter(Path.class, new PathConverter())
            .setParameterExceptionHandler((ex, args) -> onNotUnderstood(ex))
            .setExecutionExceptionHandler((ex, command, parsed) -> mesh.onError(ex, command));
    }

    /**
     * The fault stays in sight: the help is long and asked for apart.
     */
    private static int onNotUnderstood(final ParameterException ex)
    {
        final CommandLine command = ex.getCommandLine();
        final String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + ex.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(ex, command.getErr()))
        {
            command.getErr().println("See: " + name + " --help");
        }
        command.getErr().flush();
        return CommandLine.ExitCode.USAGE;
    }

    /**
     * An error of the user, the configuration or the machine is one line; what else goes wrong shows where.
     */
    private int onError(final Exception ex, final CommandLine command)
    {
        final boolean expected = ex instanceof MeshException || ex instanceof IOException;
        final String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + (expected ? Reason.of(ex) : ex.toString()));
        if (debug || !expected)
        {
            ex.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Override
    public void run()
    {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
