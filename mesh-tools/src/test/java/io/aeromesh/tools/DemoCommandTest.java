package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * What is wrong with a command line is said before anything starts.
 */
class DemoCommandTest
{
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine mesh = Mesh.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err));

    @TempDir
    private Path directory;

    @Test
    void shouldRefuseUnknownOption()
    {
        assertEquals(CommandLine.ExitCode.USAGE, mesh.execute("demo", "--jsn", "x"));
        assertTrue(err.toString().contains("--jsn"), err::toString);
    }

    @Test
    void shouldRefuseUnwritableJsonFile()
    {
        final String file = directory.resolve("absent/demo.json").toString();

        assertEquals(CommandLine.ExitCode.USAGE, mesh.execute("demo", "--json", file));
        assertTrue(err.toString().contains(file), err::toString);
        assertTrue(err.toString().contains("--json"), err::toString);
    }

    @Test
    void shouldRefuseDirectoryAsJsonFile()
    {
        assertEquals(CommandLine.ExitCode.USAGE, mesh.execute("demo", "--json", directory.toString()));
        assertTrue(err.toString().contains("--json"), err::toString);
    }

    @Test
    void shouldRefuseAbsentDirectory()
    {
        assertEquals(CommandLine.ExitCode.USAGE, mesh.execute("demo", "--dir", directory.resolve("no").toString()));
        assertTrue(err.toString().contains("--dir"), err::toString);
    }

    @Test
    void shouldRefuseFileAsLogDirectory() throws Exception
    {
        final Path file = Files.createFile(directory.resolve("file"));

        assertEquals(CommandLine.ExitCode.USAGE, mesh.execute("demo", "--keep-logs", file.toString()));
        assertTrue(err.toString().contains("--keep-logs"), err::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--messages=0", "--messages=many", "--pause-seconds=-1"})
    void shouldRefuseBadNumber(final String option)
    {
        assertEquals(CommandLine.ExitCode.USAGE, mesh.execute("demo", option));
        assertFalse(err.toString().isBlank());
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "torture", "node", "driver", "ping", "topology"})
    void shouldShowHelpWithExample(final String command)
    {
        assertEquals(CommandLine.ExitCode.OK, mesh.execute(command, "--help"));
        assertTrue(out.toString().contains("Example"), out::toString);
        assertTrue(out.toString().contains("mesh " + command), out::toString);
        assertTrue(out.toString().contains("Exit codes"), out::toString);
    }

    @Test
    void shouldSayWhatIsWrongWithAnEdgeInOneLine()
    {
        final int exitCode = mesh.execute("node", "--name", "a", "--edge", "nowhere:x");

        assertEquals(CommandLine.ExitCode.SOFTWARE, exitCode);
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains("nowhere"), err::toString);
    }
}
