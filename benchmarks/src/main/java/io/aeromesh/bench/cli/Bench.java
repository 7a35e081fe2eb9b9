package io.aeromesh.bench.cli;

import java.util.Arrays;

/**
 * Starts {@code mesh bench} or {@code mesh bench report}.
 */
public final class Bench
{
    private Bench()
    {
    }

    /**
     * Ends the process with the command's exit code.
     */
    public static void main(final String[] args)
    {
        System.exit(args.length > 0 && "report".equals(args[0]) ?
            ReportCommand.execute(Arrays.copyOfRange(args, 1, args.length)) : BenchCommand.execute(args));
    }
}
