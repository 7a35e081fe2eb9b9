package io.aeromesh.tools;

import picocli.CommandLine.Command;

/**
 * The benchmarks, which need what the mesh is measured beside.
 */
@Command(
    name = "bench",
    description = {"Measures the mesh beside its alternatives and the hardware, from a checkout.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = "1:not in this jar: ./mesh in a checkout finds the one that it is in",
    footer = {"", "Example:", "  ./mesh bench --help"})
final class BenchCommand extends ElsewhereCommand
{
    BenchCommand()
    {
        super("benchmarks/target/benchmarks.jar bench");
    }
}
