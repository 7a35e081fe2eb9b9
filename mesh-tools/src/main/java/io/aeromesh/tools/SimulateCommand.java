package io.aeromesh.tools;

import picocli.CommandLine.Command;

/**
 * The simulator, which is part of the test kit.
 */
@Command(
    name = "simulate",
    description = {"Runs worlds of nodes under faults, and checks what is promised, from a checkout.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = "1:not in this jar: ./mesh in a checkout finds the one that it is in",
    footer = {"", "Example:", "  ./mesh simulate --help"})
final class SimulateCommand extends ElsewhereCommand
{
    SimulateCommand()
    {
        super("mesh-testkit/target/simulator.jar");
    }
}
