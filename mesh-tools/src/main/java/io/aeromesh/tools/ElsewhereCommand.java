package io.aeromesh.tools;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * Stands for a command that is in a jar of its own, which the launcher knows: here is only where to find it, so that
 * the tools need nothing of what it needs.
 */
abstract class ElsewhereCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    /** What the real one understands. */
    @Unmatched
    private List<String> ignored;

    private final String jar;

    /**
     * @param jar and its arguments.
     */
    ElsewhereCommand(final String jar)
    {
        this.jar = jar;
    }

    @Override
    public Integer call()
    {
        final String name = spec.qualifiedName();
        spec.commandLine().getErr().println(
            name + ": is not in this jar: run ./" + name + " in a checkout, or java -jar " + jar);
        spec.commandLine().getErr().flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
