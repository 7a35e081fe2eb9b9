package io.aeromesh.tools;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * Stands for the benchmarks, which are a jar of their own that the launcher knows: here is only where to find them, so
 * that the tools need nothing of what the mesh is measured beside.
 */
@Command(
    name = "bench",
    description = {"Measures the mesh beside its alternatives and the hardware: ./mesh bench --help.", ""})
final class BenchCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    /** What the real one understands. */
    @Unmatched
    private List<String> ignored;

    @Override
    public Integer call()
    {
        spec.commandLine().getErr().println("mesh bench: is not in this jar: run ./mesh bench in a checkout, or " +
            "java -jar benchmarks/target/benchmarks.jar bench");
        spec.commandLine().getErr().flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
