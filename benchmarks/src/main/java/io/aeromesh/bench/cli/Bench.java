package io.aeromesh.bench.cli;

/**
 * Starts {@code mesh bench}.
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
        System.exit(BenchCommand.execute(args));
    }
}
