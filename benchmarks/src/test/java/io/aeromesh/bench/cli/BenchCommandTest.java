package io.aeromesh.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.bench.cli.tech.Case;
import io.aeromesh.bench.cli.tech.Technologies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchCommandTest
{
    @Test
    void shouldNotUnderstandAnUnknownCase()
    {
        assertEquals(CommandLine.ExitCode.USAGE, Bench.execute(new BenchCommand(), "nothing"));
    }

    /** Of this command each line of the documents; what is in it to be filled in is in capitals. */
    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "docs/GUIDE.md", "docs/PERFORMANCE.md"})
    void shouldUnderstandWhatTheDocumentsSay(final String document) throws IOException
    {
        final Path here = Path.of("").toAbsolutePath();
        final Path root = Files.exists(here.resolve("benchmarks")) ? here : here.getParent();
        final Matcher line =
            Pattern.compile("\\./mesh bench ([^`#\n]+)").matcher(Files.readString(root.resolve(document)));
        while (line.find())
        {
            final String[] words = line.group(1).strip().split("\\s+");
            final boolean isReport = words[0].equals("report");
            new CommandLine(isReport ? new ReportCommand() : new BenchCommand())
                .parseArgs(Arrays.copyOfRange(words, isReport ? 1 : 0, words.length));
            assertTrue(isReport || words[0].equals("CASE") ||
                Arrays.stream(Case.values()).anyMatch(known -> known.text().equals(words[0])), line::group);
        }
    }

    /** Else they are broken anywhere, and can not be copied. */
    @Test
    void shouldShowExamplesInLinesThatFit()
    {
        for (final Object command : List.of(new BenchCommand(), new ReportCommand()))
        {
            final CommandLine line = new CommandLine(command);
            final String help = line.getUsageMessage(CommandLine.Help.Ansi.OFF);
            for (final String example : line.getCommandSpec().usageMessage().footer())
            {
                assertTrue(help.lines().anyMatch(example::equals), () -> example + " in " + help);
            }
        }
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
