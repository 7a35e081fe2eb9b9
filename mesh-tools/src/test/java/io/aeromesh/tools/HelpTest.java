package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Whoever asks a command for help is shown an example and what its exit codes mean.
 */
class HelpTest
{
    static Stream<CommandLine> commands()
    {
        return Mesh.commandLine().getSubcommands().values().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldShowAnExampleAndExitCodes(final CommandLine command)
    {
        final String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);

        assertTrue(help.contains("Exit codes:"), help);
        assertTrue(help.contains("Example"), help);
        assertTrue(help.contains("mesh " + command.getCommandName()), help);
        assertEquals(0, help.lines().filter(line -> line.length() > 120).count(), help);
    }
}
