package io.aeromesh.tools;

import picocli.CommandLine.Command;

/**
 * The benchmarks, which need what the mesh is measured beside.
 */
@Command(
    name = "bench",
    description = {"Measures the mesh beside its alternatives and the hardware: ./mesh bench --help.", ""})
final class BenchCommand extends ElsewhereCommand
{
    BenchCommand()
    {
        super("benchmarks/target/benchmarks.jar bench");
    }
}
