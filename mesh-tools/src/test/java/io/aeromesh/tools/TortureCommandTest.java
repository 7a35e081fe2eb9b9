package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TortureCommandTest
{
    private final StringWriter err = new StringWriter();
    private final CommandLine mesh = Mesh.commandLine().setErr(new PrintWriter(err));

    @ParameterizedTest
    @CsvSource({
        "--minutes=0, 0' is no number of minutes",
        "--minutes=-1, -1' is no number of minutes",
        "--minutes=1e9, 10080",
        "--minutes=many, many",
        "--seed=1, --minutes",
        "--minutes=1 --only=kill-all, kill-all",
        "--minutes=1 --only=kill-all, kill-writer",
        "--minutes=1 --json=/absent/x.json, /absent/x.json",
        "--minutes=1 --dir=/absent, /absent"})
    void shouldRefuseWithValueAndRemedy(final String options, final String named)
    {
        final String[] args = ("torture " + options).split(" ");

        assertEquals(CommandLine.ExitCode.USAGE, mesh.execute(args));
        assertTrue(err.toString().contains(named), err::toString);
        assertTrue(err.toString().lines().count() <= 2, err::toString);
    }
}
