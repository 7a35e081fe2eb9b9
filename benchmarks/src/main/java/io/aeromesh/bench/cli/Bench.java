package io.aeromesh.bench.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/**
 * Starts {@code mesh bench} or {@code mesh bench report}.
 */
public final class Bench
{
    private static final int EXIT_INTERRUPTED = 130;

    private Bench()
    {
    }

    /**
     * Ends the process with the command's exit code.
     */
    public static void main(final String[] args)
    {
        System.exit(args.length > 0 && "report".equals(args[0]) ?
            execute(new ReportCommand(), Arrays.copyOfRange(args, 1, args.length)) :
            execute(new BenchCommand(), args));
    }

    /**
     * Runs a command: what its user can mend takes a line, and Ctrl-C none.
     *
     * @return exit code.
     */
    static int execute(final Callable<Integer> command, final String... args)
    {
        final CommandLine line = new CommandLine(command);
        final String name = line.getCommandName();
        line.setParameterExceptionHandler((ex, given) ->
        {
            line.getErr().println(name + ": " + ex.getMessage());
            line.getErr().println("See: " + name + " --help");
            line.getErr().flush();
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((ex, failed, parsed) ->
        {
            if (ex instanceof InterruptedException)
            {
                return EXIT_INTERRUPTED;
            }
            if (!(ex instanceof IOException))
            {
                throw ex;
            }
            line.getErr().println(name + ": " + ex);
            line.getErr().flush();
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line.execute(args);
    }
}
