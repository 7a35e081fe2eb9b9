package io.aeromesh.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.bench.cli.tech.Case;
import io.aeromesh.bench.cli.tech.Technologies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class BenchCommandTest
{
    @Test
    void shouldNotUnderstandAnUnknownCase()
    {
        assertEquals(CommandLine.ExitCode.USAGE, BenchCommand.execute("nothing"));
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void shouldNameEachCaseAndTechInTheHelp(final Case benchCase)
    {
        final String help = new CommandLine(new BenchCommand()).getUsageMessage();
        assertTrue(help.contains("  " + benchCase.text() + " "), help);
        if (benchCase != Case.THROUGHPUT)
        {
            Technologies.of(benchCase).forEach(tech -> assertTrue(help.contains(tech), tech));
        }
    }
}
