package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MeshTest
{
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine mesh = Mesh.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err));

    @Test
    void shouldShowHelpWithoutCommand()
    {
        assertEquals(CommandLine.ExitCode.OK, mesh.execute());
        assertTrue(out.toString().startsWith("Usage: mesh"), out::toString);
    }

    @Test
    void shouldNameBuildAndJava()
    {
        assertEquals(CommandLine.ExitCode.OK, mesh.execute("--version"));

        final String text = out.toString();
        assertTrue(text.startsWith("aeromesh "), text);
        assertTrue(text.contains("java " + Runtime.version().feature()), text);
        assertFalse(text.contains("$" + "{"), text);
    }

    @Test
    void shouldSayWhereCommandsOfOtherJarsAre()
    {
        assertEquals(CommandLine.ExitCode.SOFTWARE, mesh.execute("simulate", "--seeds", "3"));
        assertTrue(err.toString().contains("mesh-testkit/target/simulator.jar"), err::toString);
    }

    @Test
    void shouldRefuseUnknownOption()
    {
        assertEquals(CommandLine.ExitCode.USAGE, mesh.execute("--no-such-option"));
        assertTrue(err.toString().contains("--no-such-option"), err::toString);
    }
}
