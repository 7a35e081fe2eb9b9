package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.ErrorCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * A page that can not be served says why in one line.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PageCommandTest
{
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path base;

    private int execute(final String... args)
    {
        return Mesh.commandLine().setErr(new PrintWriter(err)).execute(args);
    }

    @Test
    void shouldSayThatThePortIsTaken() throws IOException
    {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            assertEquals(CommandLine.ExitCode.SOFTWARE,
                execute("page", "--port", Integer.toString(taken.getLocalPort()), "--dir", base.toString()));
            assertEquals(1, err.toString().lines().count(), err::toString);
            assertTrue(err.toString().contains(ErrorCode.ADDRESS_UNUSABLE.name()), err::toString);
            assertTrue(err.toString().contains("127.0.0.1:" + taken.getLocalPort()), err::toString);
            assertTrue(err.toString().contains("--port 0"), err::toString);
        }
    }

    /** One of those kept for documentation, which no machine has. */
    @Test
    void shouldSayThatTheAddressIsNotOfThisMachine()
    {
        assertEquals(CommandLine.ExitCode.SOFTWARE,
            execute("page", "--unprotected-address", "203.0.113.9", "--port", "0", "--dir", base.toString()));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains("203.0.113.9:0"), err::toString);
        assertTrue(err.toString().contains("an address of this machine"), err::toString);
    }

    /** Else it would show nothing for ever, with nothing said. */
    @ParameterizedTest
    @CsvSource({"page, missing, does not exist", "metrics, missing, does not exist", "page, file, is no directory",
        "metrics, file, is no directory", "page, other, is no directory where nodes meet",
        "metrics, other, is no directory where nodes meet"})
    void shouldSayThatNoNodesMeetThere(final String command, final String name, final String expected)
        throws IOException
    {
        Files.createFile(base.resolve("file"));
        Files.createFile(Files.createDirectory(base.resolve("other")).resolve("something"));
        final String directory = base.resolve(name).toString();

        assertEquals(CommandLine.ExitCode.SOFTWARE, execute(command, "--port", "0", "--dir", directory));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains(ErrorCode.DIRECTORY_UNUSABLE.name()), err::toString);
        assertTrue(err.toString().contains("--dir '" + directory + "' " + expected), err::toString);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"',
        value = {"--port, 65536, '65536' is no port", "--port, -1, '-1' is no port",
            "--port, x, 'x' is no port", "--unprotected-address, no such, need an address",
            "--unprotected-address, \"\", need an address"})
    void shouldSayWhatIsNotUnderstood(final String option, final String value, final String expected)
    {
        assertEquals(CommandLine.ExitCode.USAGE, execute("page", option, value, "--dir", base.toString()));
        assertTrue(err.toString().contains(expected), err::toString);
    }
}
