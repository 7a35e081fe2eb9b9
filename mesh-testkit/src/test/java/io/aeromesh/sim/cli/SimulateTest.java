package io.aeromesh.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimulateTest
{
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(final String... args)
    {
        return Simulate.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
    }

    @Test
    void shouldSayWhatWasDoneAndFound(@TempDir final Path directory) throws IOException
    {
        final Path json = directory.resolve("simulation.json");

        assertEquals(CommandLine.ExitCode.OK, run("--seeds", "3", "--from", "5", "--nodes", "4", "--json",
            json.toString()));

        assertTrue(out.toString().contains("3 worlds, 0 broke a rule"), out::toString);
        assertTrue(Files.readString(json).contains("\"violations\": []"), () -> "no violations in " + json);
    }

    /** Else they are broken anywhere, and can not be copied. */
    @Test
    void shouldShowExamplesInLinesThatFit()
    {
        final CommandLine line = Simulate.commandLine();
        final String help = line.getUsageMessage(CommandLine.Help.Ansi.OFF);
        for (final String example : line.getCommandSpec().usageMessage().footer())
        {
            assertTrue(help.lines().anyMatch(example::equals), () -> example + " in " + help);
        }
    }

    @Test
    void shouldReplayAWorldThatRanBefore()
    {
        assertEquals(CommandLine.ExitCode.OK, run("--seeds", "1", "--from", "7", "--hashes"));
        final String hash = out.toString().trim().split(" ")[1];

        assertEquals(CommandLine.ExitCode.OK, run("--seed", "7"));

        assertTrue(out.toString().contains("hash " + hash), out::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "'--nodes 1', '--nodes is 1, allowed is 2 to 64'",
        "'--nodes 65', '--nodes is 65, allowed is 2 to 64'",
        "'--seeds 0', '--seeds is 0, allowed is 1 to 1000000000'",
        "'--seed 3 --seeds 4', 'leave one out'",
        "'--seeds x', 'x'",
        "'--seeds 3 --from 9223372036854775807', '--from is 9223372036854775807'",
        "'--json /', '--json'"})
    void shouldRefuseWithValueAndLimit(final String args, final String expected)
    {
        assertEquals(CommandLine.ExitCode.USAGE, run(args.split(" ")));

        assertTrue(err.toString().contains(expected), err::toString);
    }
}
