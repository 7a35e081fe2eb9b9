package io.aeromesh.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeromesh.error.ErrorCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
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
            assertTrue(err.toString().contains(ErrorCode.ADDRESS_IN_USE.name()), err::toString);
            assertTrue(err.toString().contains(":" + taken.getLocalPort()), err::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({"--port, 65536, need --port from 0 to 65535", "--port, -1, need --port", "--port, x, --port",
        "--unprotected-address, 'no such', need an address"})
    void shouldSayWhatIsNotUnderstood(final String option, final String value, final String expected)
    {
        assertEquals(CommandLine.ExitCode.USAGE, execute("page", option, value, "--dir", base.toString()));
        assertTrue(err.toString().contains(expected), err::toString);
    }
}
